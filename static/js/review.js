// The reviewer's keys: one key, one decision; which key, the person says.
import { open } from "./cards.js";
import { bench, claims, openCard, openClaim, show } from "./page.js";

/** @type {Record<string, () => void>} by the names of the keymap */
const acts = {
  next_claim: () => step(1),
  previous_claim: () => step(-1),
  approve: () => claims.querySelector("form[data-verdict=approve]")?.requestSubmit(),
  return: () => ask("return"),
  reject: () => ask("reject"),
};
const names = new Map(Object.entries(JSON.parse(bench.dataset.keys)).map(([name, key]) => [key, name]));

// Single keys act only while the text or the claims have the focus (WCAG 2.1.4), so they get it.
claims.focus({ preventScroll: true });
claims.closest(".bench-grid").addEventListener("keydown", (event) => {
  const act = acts[names.get(event.key)];
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select") || !act) return;
  event.preventDefault();
  act();
});
document.body.addEventListener("htmx:afterRequest", ({ detail: { successful, requestConfig } }) => {
  if (successful && requestConfig.verb === "post") goOn();
});

/** The open claim in sight, and the focus where the keys act. */
function goOn() {
  show(openClaim());
  claims.focus({ preventScroll: true });
}

/** @param {number} by */
function step(by) {
  const cards = [...claims.querySelectorAll(".claim")];
  const next = cards[Math.max(0, cards.indexOf(openCard()) + by)];
  if (next) open(next.dataset.claim).then(goOn);
}

/** Open the reasons of a verdict and go to the first. @param {string} verdict */
function ask(verdict) {
  const panel = claims.querySelector(`details[data-verdict=${verdict}]`);
  if (!panel) return;
  panel.open = true;
  panel.querySelector(".reasons").scrollIntoView({ block: "nearest" });
  panel.querySelector("input[type=checkbox]").focus({ preventScroll: true });
}
