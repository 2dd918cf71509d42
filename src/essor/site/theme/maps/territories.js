// A choropleth of the table beside it: each row says its class, and choosing on one chooses on the other.
import { around, byClass, colour, fetched, moving, onNightfall, opened, surround } from "./canvas.js";

const METROPOLITAN = [-5.6, 41.2, 9.9, 51.3];
const HATCH = 8;

export async function draw(figure) {
  const rows = [...document.querySelectorAll(`#${figure.dataset.tableau} tr[data-code]`)];
  const features = await placed(figure, rows);
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
  onNightfall(() => paint(map, shape));
  synchronise({ map, figure, rows, features, home });
  await map.once("idle");
}

// Return the contours of the rows, or their centres, with the class that each row says.
async function placed(figure, rows) {
  const said = new Map(rows.map((row) => [row.dataset.code, row]));
  const shapes = figure.dataset.contours
    ? (await fetched(figure.dataset.contours)).features
    : rows
        .filter((row) => row.dataset.lon)
        .map((row) => ({
          type: "Feature",
          properties: { code: row.dataset.code },
          geometry: { type: "Point", coordinates: [Number(row.dataset.lon), Number(row.dataset.lat)] },
        }));
  return shapes
    .filter((shape) => said.has(shape.properties.code))
    .map((shape) => ({
      ...shape,
      properties: { code: shape.properties.code, classe: said.get(shape.properties.code).dataset.classe },
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
function synchronise({ map, figure, rows, features, home }) {
  const shapes = new Map(features.map((feature) => [feature.properties.code, feature]));
  const { list, told } = chooser(figure, rows, shapes);

  function choose(code, { from } = {}) {
    map.setFilter("choix", ["==", ["get", "code"], code]);
    list.value = code;
    for (const row of rows) row.classList.toggle("choisi", row.dataset.code === code);
    const row = rows.find((each) => each.dataset.code === code);
    told.replaceChildren(...(row ? sentence(row) : []));
    figure.dataset.choisi = code;
    if (!row) map.fitBounds(home, moving());
    else if (from !== "map") show(map, shapes.get(code));
  }

  list.addEventListener("change", () => choose(list.value));
  map.on("click", "territoires", ({ features: [hit] }) => choose(hit.properties.code, { from: "map" }));
  map.on("mouseenter", "territoires", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "territoires", () => (map.getCanvas().style.cursor = ""));
  for (const row of rows) {
    if (shapes.has(row.dataset.code)) row.addEventListener("focusin", () => choose(row.dataset.code));
  }
}

// Move to a territory only when it is out of sight or too small to be seen.
function show(map, shape) {
  const box = around([shape]);
  const view = map.getBounds();
  const isInside = view.contains([box[0], box[1]]) && view.contains([box[2], box[3]]);
  if (!isInside) map.fitBounds(box, moving({ maxZoom: 9 }));
}

function chooser(figure, rows, shapes) {
  const bar = Object.assign(document.createElement("div"), { className: "carte-choix" });
  const label = Object.assign(document.createElement("label"), { textContent: `Choisir\u00a0: ${figure.dataset.noms}`, className: "form-label mb-0" });
  const list = Object.assign(document.createElement("select"), { className: "form-select", id: "carte-liste" });
  const told = document.createElement("p");
  label.htmlFor = list.id;
  told.setAttribute("role", "status");
  list.append(new Option("Vue d’ensemble", ""));
  const known = rows.filter((row) => shapes.has(row.dataset.code));
  const named = known.map((row) => [name(row), row.dataset.code]).sort((a, b) => a[0].localeCompare(b[0], "fr"));
  list.append(...named.map(([text, code]) => new Option(text, code)));
  bar.append(label, list, told);
  figure.querySelector(".carte-toile").after(bar);
  return { list, told };
}

function sentence(row) {
  const link = row.querySelector("a").cloneNode(true);
  return [Object.assign(document.createElement("strong"), { textContent: row.dataset.dit }), " · ", link];
}

function name(row) {
  return row.querySelector("a").textContent.trim();
}
