// Where a part of a page is replaced (htmx): what was open stays open, the keyboard stays where it was, what is found is said.

const ARRIVAL = "[data-arrivee]";

let left = { focused: "", opened: [] };

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  left = {
    focused: document.activeElement?.id,
    opened: [...target.querySelectorAll("details[id][open]")].map(({ id }) => id),
  };
});

document.addEventListener("htmx:afterSettle", () => {
  for (const id of left.opened) document.getElementById(id)?.setAttribute("open", "");
  const arrival = document.querySelector(ARRIVAL);
  const kept = left.focused ? document.getElementById(left.focused) : null;
  (document.querySelector("main [aria-invalid=true]") ?? kept ?? arrival)?.focus();
  // The region is never replaced: a region that appears with its words is not read aloud.
  document.getElementById("annonce").textContent = arrival?.textContent ?? "";
});

// An answer that is no such page is shown as the page that it is.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));
}
