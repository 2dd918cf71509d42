// Write into ../static/essor what pages load: one style sheet, two fonts, our own images and scripts, two libraries, each beside its compressed forms.
// Their folder is named after what they hold, so that a browser may keep them for ever; `version` says its name.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const room = join(here, "..", "static", "essor");
const target = join(room, "under-way");
const fonts = [
  ["source-sans-3", "source-sans-3-latin-wght-normal.woff2"],
  ["source-serif-4", "source-serif-4-latin-wght-normal.woff2"],
];
const scripts = ["maps", "replacing"];
// Under the names that every server knows for scripts; their licences go with them.
const libraries = [
  ["maplibre-gl/dist/maplibre-gl.mjs", "maps/maplibre-gl.js"],
  ["maplibre-gl/dist/maplibre-gl-worker.mjs", "maps/maplibre-gl-worker.js"],
  ["maplibre-gl/dist/maplibre-gl.css", "maps/maplibre-gl.css"],
  ["maplibre-gl/LICENSE.txt", "maps/maplibre-gl-licence.txt"],
  ["htmx.org/dist/htmx.min.js", "replacing/htmx.js"],
  ["htmx.org/LICENSE", "replacing/htmx-licence.txt"],
];
const compressible = /\.(css|js|json|svg)$/;

rmSync(room, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });
// Bootstrap 5.3 is written with @import, which Sass 3 will drop.
const { css } = compile(join(here, "essor.scss"), {
  loadPaths: [join(here, "node_modules")],
  style: "compressed",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions"],
});
writeFileSync(join(target, "essor.css"), css);
for (const [family, file] of fonts) {
  cpSync(join(here, "node_modules", "@fontsource-variable", family, "files", file), join(target, "fonts", file));
}
cpSync(join(here, "images"), target, { recursive: true });
for (const folder of scripts) {
  cpSync(join(here, folder), join(target, folder), { recursive: true });
}
for (const [from, to] of libraries) {
  cpSync(join(here, "node_modules", from), join(target, to));
}

const written = readdirSync(target, { recursive: true })
  .map(String)
  .sort()
  .filter((name) => statSync(join(target, name)).isFile());
const sum = createHash("sha256");
for (const name of written) {
  const held = readFileSync(join(target, name));
  sum.update(name).update(held);
  if (compressible.test(name)) {
    writeFileSync(join(target, `${name}.gz`), gzipSync(held, { level: 9 }));
    writeFileSync(join(target, `${name}.br`), brotliCompressSync(held));
  }
}
const version = sum.digest("hex").slice(0, 12);
renameSync(target, join(room, version));
writeFileSync(join(room, "version"), version);
