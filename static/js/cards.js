// Claim cards: opening one closes the other, and every form on the bench goes through the queue.
import { light, openCard } from "./layers.js";
import { fetchInto, send, valuesOf } from "./sending.js";

/** @param {HTMLElement} bench */
export function startCards(bench) {
  bench.addEventListener("click", (event) => onClick(bench, event));
  bench.addEventListener("submit", (event) => onSubmit(bench, event));
  document.body.addEventListener("ascribe:changed", (event) => {
    const { redrawn = [], undo, redo } = /** @type {CustomEvent} */ (event).detail;
    for (const [id, top] of [["undo", undo], ["redo", redo]]) {
      const button = /** @type {HTMLButtonElement | null} */ (bench.querySelector(`#${id}`));
      if (!button || top === undefined) continue;
      button.disabled = top === null;
      button.value = top ?? "";
    }
    for (const key of redrawn) for (const bar of bench.querySelectorAll(`.ribbon .r${key}`)) bar.remove();
  });
}

/** Open the card of a claim. @param {HTMLElement} bench @param {string} claim */
export async function open(bench, claim) {
  const link = /** @type {HTMLElement | null} */ (bench.querySelector(`#c${claim} [data-open]`));
  const before = openCard(bench)?.dataset.claim;
  if (!link || before === claim) return settle(bench, claim);
  await fetchInto(bench, `${link.dataset.open}${before ? `?shut=${before}` : ""}`);
  settle(bench, claim);
}

/** Open the editor of one of the open claim's spans. @param {HTMLElement} bench @param {Element} link @param {string} claim */
async function edit(bench, link, claim) {
  await fetchInto(bench, link.getAttribute("data-open") ?? "");
  settle(bench, claim);
  /** @type {HTMLElement | null} */ (bench.querySelector(".editor select, .editor input:not([type=hidden])"))?.focus();
}

/** Bring the page in line with the card that is open now. @param {HTMLElement} bench @param {string | number | null} claim */
export function settle(bench, claim) {
  light(bench);
  const card = openCard(bench);
  if (!claim || !card) return;
  card.scrollIntoView({ block: "nearest", inline: "start" });
  for (const input of bench.querySelectorAll("[data-open-claim]")) {
    /** @type {HTMLInputElement} */ (input).value = String(claim);
  }
  history.replaceState(null, "", `?claim=${claim}`);
}

/** Scroll a passage into sight. @param {HTMLElement} bench @param {string | number} key */
export function show(bench, key) {
  const place = bench.querySelector(`#s${key}`);
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 140 || bottom > window.innerHeight - 80) place.scrollIntoView({ block: "center" });
}

/** @param {HTMLElement} bench @param {MouseEvent} event */
function onClick(bench, event) {
  const target = /** @type {Element} */ (event.target);
  const link = target.closest("[data-open]");
  const jump = target.closest("#missing a");
  const mark = target.closest("#text mark[data-a]");
  if (jump) openAt(bench, bench.querySelector(jump.getAttribute("href")?.replace(/.*#/, "#") ?? "") ?? jump);
  if (link) {
    event.preventDefault();
    const claim = link.closest(".claim")?.getAttribute("data-claim") ?? "";
    if (link.closest(".claim.active")) edit(bench, link, claim);
    else open(bench, claim).then(() => show(bench, claim));
  } else if (mark && document.getSelection()?.isCollapsed) openAt(bench, mark);
}

/** Open the claim that uses a passage; clicking again goes on to the next that does. @param {HTMLElement} bench @param {Element} mark */
export function openAt(bench, mark) {
  const keys = (mark.getAttribute("data-a") ?? "").split(" ").reverse();
  const cards = [...bench.querySelectorAll(".claim[data-spans]")].filter((card) => {
    const spans = (card.getAttribute("data-spans") ?? "").split(" ");
    return keys.some((key) => spans.includes(key));
  });
  const at = cards.findIndex((card) => card.classList.contains("active"));
  const next = cards[(at + 1) % cards.length];
  if (next) open(bench, next.getAttribute("data-claim") ?? "");
}

/** After a decision: the next claim in sight, and the focus where the keys act. @param {HTMLElement} bench @param {number | null} claim */
export function goOn(bench, claim) {
  if (claim) show(bench, claim);
  /** @type {HTMLElement} */ (bench.querySelector("#claims")).focus({ preventScroll: true });
}

/** @param {HTMLElement} bench @param {SubmitEvent} event */
async function onSubmit(bench, event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || form.hasAttribute("data-plain")) return;
  event.preventDefault();
  // Undo and redo may be pressed faster than they are answered: each waits for its turn.
  if (form.dataset.sent && !form.dataset.key) return;
  form.dataset.sent = "yes";
  const claim = openCard(bench)?.dataset.claim;
  const answer = await send(bench, form.action, () => ({ ...(claim ? { claim } : {}), ...valuesOf(form, event.submitter) }));
  form.removeAttribute("data-sent");
  settle(bench, answer.claim ?? claim ?? null);
  if (bench.dataset.mode === "review" && answer.ok) goOn(bench, answer.claim);
  if (!answer.ok) /** @type {HTMLElement | null} */ (bench.querySelector("#missing-title"))?.focus();
}
