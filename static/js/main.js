// Wires the page: what needs script is shown, double submits are stopped, the bench is started.
import { startLayers } from "./layers.js";
import { startReview } from "./review.js";
import { tellAfterReload } from "./sending.js";
import { startWorkspace } from "./workspace.js";

/** A plain form is sent once; the bench sends its own forms through a queue. */
function stopDoubleSubmits() {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (event.defaultPrevented || form.method === "dialog") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  // A page from the browser's back-forward cache can be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
  });
}

/** Choices of a filter show their result at once. */
function sendFilters() {
  document.querySelector("form.build")?.addEventListener("change", (event) => {
    /** @type {HTMLFormElement} */ (event.currentTarget).requestSubmit();
  });
}

for (const element of document.querySelectorAll("[data-js]")) element.removeAttribute("hidden");
stopDoubleSubmits();
sendFilters();
const bench = /** @type {HTMLElement | null} */ (document.querySelector(".bench"));
if (bench) {
  startLayers(bench);
  tellAfterReload();
  if (bench.dataset.mode === "review") startReview(bench);
  else startWorkspace(bench);
}
