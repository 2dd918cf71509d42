// The places of a list: each item says where it is; those at one place are counted there.
import { Marker } from "./maplibre-gl.js";
import { around, colour, onNightfall, opened, surround } from "./canvas.js";

const STEPS = 64;
const KM_A_DEGREE = 111.32;

export async function draw(figure) {
  const items = [...document.querySelectorAll(`${figure.dataset.liste} [data-lon]`)];
  const places = gathered(items);
  const circle = ring(figure.dataset);
  const features = [...places.values()].map(({ point }) => ({ geometry: { coordinates: point } }));
  if (!features.length) throw new Error("nothing to draw");
  const bounds = around(circle ? [circle] : features);
  const map = await opened(figure, { bounds, label: figure.dataset.titre });
  await surround(map, figure.dataset.fond);
  if (circle) drawn(map, circle);
  const told = note(figure);
  for (const place of places.values()) mark(map, place, told);
  await map.once("idle");
  return map;
}

// Return the items by the point where they are.
function gathered(items) {
  const places = new Map();
  for (const item of items) {
    const { lon, lat } = item.dataset;
    const key = `${lon} ${lat}`;
    if (!places.has(key)) places.set(key, { point: [Number(lon), Number(lat)], items: [] });
    places.get(key).items.push(item);
  }
  return places;
}

// Return the circle searched, or nothing when none was.
function ring({ lon, lat, rayon }) {
  if (!rayon) return null;
  const across = Number(rayon) / KM_A_DEGREE / Math.cos((Number(lat) * Math.PI) / 180);
  const along = Number(rayon) / KM_A_DEGREE;
  const points = Array.from({ length: STEPS + 1 }, (_, step) => {
    const angle = (2 * Math.PI * step) / STEPS;
    return [Number(lon) + across * Math.cos(angle), Number(lat) + along * Math.sin(angle)];
  });
  return { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: points } };
}

function drawn(map, circle) {
  map.addSource("rayon", { type: "geojson", data: circle });
  map.addLayer({ id: "rayon", type: "line", source: "rayon", paint: { "line-width": 2, "line-dasharray": [3, 2] } });
  const paint = () => map.setPaintProperty("rayon", "line-color", colour("choix"));
  paint();
  onNightfall(map, paint);
}

function note(figure) {
  const told = Object.assign(document.createElement("p"), { className: "carte-choix" });
  told.setAttribute("role", "status");
  figure.querySelector(".carte-toile").after(told);
  return told;
}

// A marker is a button: it says who is there, and leads to them.
function mark(map, { point, items }, told) {
  const button = Object.assign(document.createElement("button"), {
    type: "button",
    className: "repere",
    textContent: items.length > 1 ? String(items.length) : (items[0].dataset.rang ?? "•"),
  });
  button.classList.toggle("approche", items.every((item) => item.dataset.precision === "commune"));
  const marker = new Marker({ element: button }).setLngLat(point).addTo(map);
  const names = items.map((item) => item.dataset.nom).join(", ");
  const said = items.length > 1 ? `${items.length} ici\u00a0: ${names}` : [items[0].dataset.rang, names].filter(Boolean).join(", ");
  // What is said begins with what is seen: somebody who speaks to the screen reads it.
  button.setAttribute("aria-label", said);
  button.addEventListener("click", () => {
    for (const other of map.getContainer().querySelectorAll(".repere.choisi")) other.classList.remove("choisi");
    button.classList.add("choisi");
    told.replaceChildren(...items.flatMap((item, rank) => [rank ? ", " : "", entry(item)]));
  });
  return marker;
}

function entry(item) {
  const link = item.querySelector("a");
  if (!link) return item.dataset.nom;
  const copy = document.createElement("a");
  copy.href = link.href;
  copy.textContent = item.dataset.nom;
  return copy;
}
