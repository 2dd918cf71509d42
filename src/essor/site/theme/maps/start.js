// Bring a map to life when it comes into view; whatever fails, the page says all without it.

const kinds = {
  territoires: () => import("./territories.js"),
  points: () => import("./points.js"),
};

const watched = new WeakSet();
const alive = new WeakMap();

const soon = new IntersectionObserver(
  (seen) => {
    for (const { isIntersecting, target } of seen) {
      if (isIntersecting) {
        soon.unobserve(target);
        live(target);
      }
    }
  },
  { rootMargin: "200px" },
);

async function live(figure) {
  try {
    const { draw } = await kinds[figure.dataset.carte]();
    alive.set(figure, await draw(figure));
    figure.dataset.etat = "vivante";
  } catch {
    figure.classList.remove("vivante");
    figure.querySelector(".carte-toile")?.remove();
    figure.querySelector(".carte-choix")?.remove();
    figure.dataset.etat = "fixe";
  }
}

function watch() {
  for (const figure of document.querySelectorAll("[data-carte]")) {
    if (watched.has(figure)) continue;
    watched.add(figure);
    soon.observe(figure);
  }
}

watch();
// A part of the page may be replaced: its maps go with it, others come.
document.addEventListener("htmx:beforeCleanupElement", ({ target }) => alive.get(target)?.remove());
document.addEventListener("htmx:afterSettle", watch);
