// Write into ../static what pages load: one style sheet, two fonts, our own images.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "static", "essor");
const fonts = [
  ["source-sans-3", "source-sans-3-latin-wght-normal.woff2"],
  ["source-serif-4", "source-serif-4-latin-wght-normal.woff2"],
];

rmSync(target, { recursive: true, force: true });
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
