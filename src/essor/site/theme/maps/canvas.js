// A MapLibre map that asks nothing of anybody else: no tile, no glyph, no image; colours are those of the page.
import { Map as MapLibre, NavigationControl, setWorkerUrl } from "./maplibre-gl.js";

const LOCALE = {
  "CooperativeGesturesHandler.WindowsHelpText": "Ctrl + molette pour agrandir la carte",
  "CooperativeGesturesHandler.MacHelpText": "⌘ + molette pour agrandir la carte",
  "CooperativeGesturesHandler.MobileHelpText": "Deux doigts pour déplacer la carte",
  "Map.Title": "Carte",
  "NavigationControl.ResetBearing": "Remettre le nord en haut",
  "NavigationControl.ZoomIn": "Agrandir",
  "NavigationControl.ZoomOut": "Réduire",
};
const CLASSES = ["1", "2", "3", "4", "5", "inconnu"];
const still = matchMedia("(prefers-reduced-motion: reduce)");
const night = matchMedia("(prefers-color-scheme: dark)");

setWorkerUrl(new URL("maplibre-gl-worker.js", import.meta.url).href);

// Return the colour that the style sheet gives a name.
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--carte-${name}`).trim();
}

// Return the expression that gives a feature the colour of its class.
export function byClass() {
  const steps = CLASSES.flatMap((name) => [name, colour(name)]);
  return ["match", ["get", "classe"], ...steps, colour("inconnu")];
}

// Return how a map moves: at once for whoever wants no motion.
export function moving(options) {
  return { padding: 28, maxZoom: 11, duration: still.matches ? 0 : 500, ...options };
}

// Call back when the page goes from day to night, or back, as long as the map is there.
export function onNightfall(map, repaint) {
  night.addEventListener("change", repaint);
  map.once("remove", () => night.removeEventListener("change", repaint));
}

// Return a map, once it is ready, in a place that the figure makes for it.
export async function opened(figure, { bounds, label, before }) {
  await styleSheet();
  const canvas = document.createElement("div");
  canvas.className = "carte-toile";
  figure.insertBefore(canvas, before ?? figure.firstChild);
  figure.classList.add("vivante");
  const map = new MapLibre({
    container: canvas,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: "fond", type: "background", paint: { "background-color": "rgba(0,0,0,0)" } }],
    },
    bounds,
    fitBoundsOptions: moving({ duration: 0 }),
    attributionControl: false,
    cooperativeGestures: true,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: still.matches ? 0 : 300,
    locale: { ...LOCALE, "Map.Title": label },
    maxZoom: 14,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  await new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("error", ({ error }) => reject(error));
  });
  return map;
}

// Draw the country around, in quiet lines.
export async function surround(map, address) {
  if (!address) return;
  map.addSource("alentour", { type: "geojson", data: await fetched(address) });
  map.addLayer({ id: "alentour", type: "fill", source: "alentour" });
  map.addLayer({ id: "alentour-traits", type: "line", source: "alentour" });
  const paint = () => {
    map.setPaintProperty("alentour", "fill-color", colour("fond"));
    map.setPaintProperty("alentour-traits", "line-color", colour("trait"));
    map.setPaintProperty("alentour-traits", "line-opacity", 0.4);
  };
  paint();
  onNightfall(map, paint);
}

// Return the GeoJSON of an address of ours, whose points and contours the map may hold.
export async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// Return the box [west, south, east, north] around the points of features.
export function around(features) {
  const box = [180, 90, -180, -90];
  const add = (point) => {
    if (typeof point[0] === "number") {
      box[0] = Math.min(box[0], point[0]);
      box[1] = Math.min(box[1], point[1]);
      box[2] = Math.max(box[2], point[0]);
      box[3] = Math.max(box[3], point[1]);
    } else {
      point.forEach(add);
    }
  };
  features.forEach((feature) => add(feature.geometry.coordinates));
  return box;
}

function styleSheet() {
  const address = new URL("maplibre-gl.css", import.meta.url).href;
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  document.head.append(link);
  return new Promise((resolve, reject) => Object.assign(link, { onload: resolve, onerror: reject }));
}
