// A choropleth of the table beside it: each row says its class, and choosing on one chooses on the other.
import { around, byClass, colour, fetched, moving, onNightfall, opened, surround } from "./canvas.js";

const METROPOLITAN = [-5.6, 41.2, 9.9, 51.3];
const HATCH = 8;

export async function draw(figure) {
  const parts = told(figure.dataset.tableau);
  const features = await placed(figure, parts);
  if (!features.length) throw new Error("nothing to draw");
  const home = near(features);
  const map = await opened(figure, {
    bounds: home,
    label: "Carte. Les territoires se choisissent dans la liste sous la carte ou dans le tableau.",
  });
  await surround(map, figure.dataset.fond);
  const shape = features[0].geometry.type === "Point" ? "circle" : "fill";
  map.addSource("territoires", { type: "geojson", data: { type: "FeatureCollection", features }, promoteId: "code" });
  addLayers(map, shape);
  paint(map, shape);
  onNightfall(map, () => paint(map, shape));
  synchronise({ map, figure, parts, features, home });
  await map.once("idle");
  return map;
}

// Return what the table says of each territory: in its rows, then in what it folds.
function told(table) {
  const rows = [...document.querySelectorAll(`#${table} tr[data-code]`)];
  const folded = document.getElementById(`${table}-suite`);
  return [...rows.map(written), ...(folded ? JSON.parse(folded.textContent) : [])];
}

function written(row) {
  const link = row.querySelector("a");
  return { ...row.dataset, nom: link.textContent.trim(), adresse: link.href, row };
}

// Return the contours of the territories, or their centres, with the class of each.
async function placed(figure, parts) {
  const said = new Map(parts.map((part) => [part.code, part]));
  const shapes = figure.dataset.contours
    ? (await fetched(figure.dataset.contours)).features
    : parts
        .filter(({ lon }) => lon)
        .map(({ code, lon, lat }) => ({
          type: "Feature",
          properties: { code },
          geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] },
        }));
  return shapes
    .filter((shape) => said.has(shape.properties.code))
    .map((shape) => ({
      ...shape,
      properties: { code: shape.properties.code, classe: said.get(shape.properties.code).classe },
    }));
}

// Return the box to open on: metropolitan France when the territories are all over the world.
function near(features) {
  const all = around(features);
  return all[2] - all[0] > 30 ? METROPOLITAN : all;
}

function addLayers(map, shape) {
  map.addLayer({ id: "territoires", type: shape, source: "territoires" });
  if (shape === "fill") {
    map.addLayer({ id: "secret", type: "fill", source: "territoires", filter: ["==", ["get", "classe"], "secret"] });
    map.addLayer({ id: "traits", type: "line", source: "territoires" });
    map.addLayer({ id: "choix", type: "line", source: "territoires", filter: ["==", ["get", "code"], ""] });
  } else {
    map.addLayer({ id: "choix", type: "circle", source: "territoires", filter: ["==", ["get", "code"], ""] });
  }
}

// Give every layer its colours: those of the style sheet, by day or by night.
function paint(map, shape) {
  map.setPaintProperty("territoires", `${shape}-color`, byClass());
  if (shape === "circle") {
    const radius = ["interpolate", ["linear"], ["zoom"], 5, 2.5, 9, 6, 12, 12];
    paintCircles(map, "territoires", { radius, "stroke-color": colour("trait"), "stroke-width": 0.7 });
    paintCircles(map, "choix", { radius: 13, opacity: 0, "stroke-color": colour("choix"), "stroke-width": 4 });
    return;
  }
  if (map.hasImage("hachures")) map.removeImage("hachures");
  map.addImage("hachures", hatching());
  map.setPaintProperty("secret", "fill-pattern", "hachures");
  map.setPaintProperty("traits", "line-color", colour("trait"));
  map.setPaintProperty("traits", "line-width", 0.8);
  map.setPaintProperty("choix", "line-color", colour("choix"));
  map.setPaintProperty("choix", "line-width", 4);
}

function paintCircles(map, layer, properties) {
  for (const [name, value] of Object.entries(properties)) map.setPaintProperty(layer, `circle-${name}`, value);
}

function hatching() {
  const canvas = Object.assign(document.createElement("canvas"), { width: HATCH, height: HATCH });
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour("inconnu");
  pen.fillRect(0, 0, HATCH, HATCH);
  pen.strokeStyle = colour("secret");
  pen.lineWidth = 2;
  for (const start of [-HATCH, 0, HATCH]) {
    pen.moveTo(start, HATCH);
    pen.lineTo(start + HATCH, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, HATCH, HATCH);
}

// Tie together the map, the list below it, the table.
function synchronise({ map, figure, parts, features, home }) {
  const shapes = new Map(features.map((feature) => [feature.properties.code, feature]));
  const { list, sentence } = chooser(figure, parts, shapes);

  function choose(code, { from } = {}) {
    map.setFilter("choix", ["==", ["get", "code"], code]);
    list.value = code;
    for (const part of parts) part.row?.classList.toggle("choisi", part.code === code);
    const chosen = parts.find((part) => part.code === code);
    sentence.replaceChildren(...(chosen ? words(chosen) : []));
    figure.dataset.choisi = code;
    if (!chosen) map.fitBounds(home, moving());
    else if (from !== "map") show(map, shapes.get(code));
  }

  list.addEventListener("change", () => choose(list.value));
  map.on("click", "territoires", ({ features: [hit] }) => choose(hit.properties.code, { from: "map" }));
  map.on("mouseenter", "territoires", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "territoires", () => (map.getCanvas().style.cursor = ""));
  for (const { code, row } of parts) {
    if (row && shapes.has(code)) row.addEventListener("focusin", () => choose(code));
  }
}

// Move to a territory only when it is out of sight or too small to be seen.
function show(map, shape) {
  const box = around([shape]);
  const view = map.getBounds();
  const isInside = view.contains([box[0], box[1]]) && view.contains([box[2], box[3]]);
  if (!isInside) map.fitBounds(box, moving({ maxZoom: 9 }));
}

function chooser(figure, parts, shapes) {
  const bar = Object.assign(document.createElement("div"), { className: "carte-choix" });
  const label = Object.assign(document.createElement("label"), { textContent: `Choisir\u00a0: ${figure.dataset.noms}`, className: "form-label mb-0" });
  const list = Object.assign(document.createElement("select"), { className: "form-select", id: "carte-liste" });
  const sentence = document.createElement("p");
  label.htmlFor = list.id;
  sentence.setAttribute("role", "status");
  list.append(new Option("Vue d’ensemble", ""));
  const known = parts.filter(({ code }) => shapes.has(code)).sort((a, b) => a.nom.localeCompare(b.nom, "fr"));
  list.append(...known.map(({ nom, code }) => new Option(nom, code)));
  bar.append(label, list, sentence);
  figure.querySelector(".carte-toile").after(bar);
  return { list, sentence };
}

function words({ dit, nom, adresse }) {
  const link = Object.assign(document.createElement("a"), { href: adresse, textContent: nom });
  return [Object.assign(document.createElement("strong"), { textContent: dit }), " · ", link];
}
