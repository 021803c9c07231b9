// The reviewer's keys: one key, one decision.
import { goOn, open, show, startCards } from "./cards.js";
import { openCard } from "./layers.js";

/** @param {HTMLElement} bench */
export function startReview(bench) {
  startCards(bench);
  const first = openCard(bench)?.dataset.claim;
  if (first) show(bench, first);
  const acts = {
    j: () => step(bench, 1),
    k: () => step(bench, -1),
    a: () => /** @type {HTMLFormElement | null} */ (bench.querySelector("form[data-verdict=approve]"))?.requestSubmit(),
    r: () => ask(bench, "return"),
    x: () => ask(bench, "reject"),
  };
  // Single keys act only while the text or the claims have the focus (WCAG 2.1.4), so they get it.
  /** @type {HTMLElement} */ (bench.querySelector("#claims")).focus({ preventScroll: true });
  bench.querySelector(".bench-grid")?.addEventListener("keydown", (event) => {
    const isField = /** @type {Element} */ (event.target).closest("input, textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || isField || !acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  });
}

/** @param {HTMLElement} bench @param {number} by */
function step(bench, by) {
  const cards = [...bench.querySelectorAll(".claim[data-claim]")];
  const at = cards.findIndex((card) => card === openCard(bench));
  const claim = cards[Math.max(0, at + by)]?.getAttribute("data-claim");
  if (claim) open(bench, claim).then(() => goOn(bench, claim));
}

/** Open the reasons of a verdict and go to the first. @param {HTMLElement} bench @param {string} verdict */
function ask(bench, verdict) {
  const panel = /** @type {HTMLDetailsElement | null} */ (bench.querySelector(`details[data-verdict=${verdict}]`));
  if (!panel) return;
  panel.open = true;
  panel.querySelector(".reasons")?.scrollIntoView({ block: "nearest" });
  /** @type {HTMLElement | null} */ (panel.querySelector("input[type=checkbox]"))?.focus({ preventScroll: true });
}
