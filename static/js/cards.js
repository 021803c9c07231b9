// Claim cards: one is open, every form goes through the queue; focus and unsaved words outlive a redrawing.
import { bench, byId, cardsWith, claims, focusOn, keysAt, marksOf, only, openCard, openClaim, show, spansOf, text } from "./page.js";
import { fetchInto, send } from "./sending.js";

const WORDS = ":is(textarea, input:not([type=hidden], [type=checkbox], [type=radio]))";

/** What was typed into a card and not saved, by the form's address and the field's name. @type {Map<string, string>} */
const drafts = new Map();

/** Puts the focus back after an answer. */
let goBack = () => {};
let shown = openClaim();
/** Buttons and forms that wait for an answer. */
const busy = new WeakSet();

bench.addEventListener("click", onClick);
bench.addEventListener("submit", onSubmit);
bench.addEventListener("input", ({ target }) => {
  if (target.matches(`.claim ${WORDS}`)) drafts[target.value === target.defaultValue ? "delete" : "set"](nameIn(target), target.value);
});
for (const side of ["mouseover", "focusin"]) bench.addEventListener(side, ({ target }) => lightUp(target));
addEventListener("beforeunload", (event) => { if (drafts.size) event.preventDefault(); });
document.body.addEventListener("ascribe:changed", ({ detail }) => onChanged(detail));
document.body.addEventListener("htmx:beforeSwap", () => { goBack = wayBackTo(document.activeElement); });
document.body.addEventListener("htmx:afterRequest", () => {
  settle();
  if (document.activeElement.matches("body, :disabled")) goBack();
});
light();
if (!location.hash.startsWith("#s")) show(openClaim());

/** Open the card of a claim; one that is not on this page comes with its own. @param {string} claim */
export async function open(claim) {
  const card = byId(`c${claim}`);
  const before = openClaim();
  if (!card) location.assign(`?claim=${claim}#s${claim}`);
  else if (before !== claim) await fetchInto(card.querySelector("[data-open]").dataset.open + (before && `?shut=${before}`));
}

/** Open the claim that uses one of these spans; again, the next that does. @param {string[]} keys */
export function openAt(keys) {
  const cards = cardsWith(keys);
  const next = cards[(cards.indexOf(openCard()) + 1) % cards.length];
  if (next) open(next.dataset.claim);
}

/** Open the editor of one of the open claim's spans. @param {HTMLElement} link */
export async function edit(link) {
  await fetchInto(link.dataset.open);
  claims.querySelector(`.editor :is(select, [type=radio]:checked, ${WORDS})`)?.focus();
}

/** @param {MouseEvent} event */
function onClick(event) {
  const { target } = event;
  const link = target.closest("[data-open]");
  const jump = target.closest("#missing a");
  const layer = target.closest("[data-layer]");
  if (layer) layer.ariaPressed = String(!text.classList.toggle(`hide-${layer.dataset.layer}`));
  if (jump) openAt([jump.hash.slice(2)]);
  if (link) {
    event.preventDefault();
    const { claim } = link.closest(".claim").dataset;
    if (claim === openClaim()) edit(link);
    else open(claim).then(() => show(claim));
  } else if (bench.dataset.mode !== "annotate" && getSelection().isCollapsed) {
    openAt(keysAt(target.closest("#text mark[data-a]")).reverse());
  }
}

/** @param {SubmitEvent} event */
async function onSubmit(event) {
  const { target: form, submitter } = event;
  const door = submitter ?? form;
  if (form.method !== "post" || form.hasAttribute("data-plain")) return;
  event.preventDefault();
  // Undo and redo may be pressed faster than they are answered: each waits for its turn, and for what lies on top then.
  if (busy.has(door) && !form.dataset.key) return;
  busy.add(door);
  const read = () => new FormData(form, submitter);
  const values = read();
  const url = door.getAttribute("formaction") ?? form.getAttribute("action");
  const { successful } = await send(() => [url, form.dataset.key ? read() : values]);
  busy.delete(door);
  if (!successful) return byId("missing-title")?.focus();
  for (const field of form.elements) drafts.delete(nameIn(field));
}

/** @param {{redrawn?: number[], undo?: number | null, redo?: number | null}} detail */
function onChanged({ redrawn = [], ...tops }) {
  for (const id of ["undo", "redo"]) {
    if (byId(id) && id in tops) Object.assign(byId(id), { disabled: !tops[id], value: tops[id] ?? "" });
  }
  for (const key of redrawn) for (const bar of [...byId("ribbon").getElementsByClassName(`r${key}`)]) bar.remove();
}

/** Hover or focus on a card lights its passages, on a passage its cards. @param {Element} target */
function lightUp(target) {
  const card = target.closest(".claim");
  only("lit", card ? spansOf(card).flatMap(marksOf) : cardsWith(keysAt(target.closest("#text :is(mark[data-a], i[id])"))));
}

/** Draw the spans of the open claim as open. */
function light() {
  only("on", spansOf(openCard()).flatMap(marksOf));
}

/** Bring the page in line with the card that is open now. */
function settle() {
  const card = openCard();
  light();
  if (!card) return;
  for (const field of card.querySelectorAll(WORDS)) field.value = drafts.get(nameIn(field)) ?? field.value;
  for (const field of claims.parentElement.querySelectorAll("[data-open-claim]")) field.value = card.dataset.claim;
  if (card.dataset.claim === shown) return;
  shown = card.dataset.claim;
  card.scrollIntoView({ block: "nearest", inline: "start" });
  history.replaceState(null, "", `?claim=${shown}`);
}

/** @param {HTMLInputElement} field */
const nameIn = ({ form, name }) => `${form.getAttribute("action")} ${name}`;

/** How to focus an element that will be drawn anew, or what is nearest to it. @param {HTMLElement} element */
function wayBackTo(element) {
  const card = element.closest("#claims > li")?.id;
  const like = (one) => one.outerHTML.replace(/ aria-pressed="\w+"/, "");
  return () => {
    const doors = [...(byId(card)?.querySelectorAll("a, button, select, input:not([type=hidden]), textarea") ?? [])];
    [byId(element.id), doors.find((one) => like(one) === like(element)), doors[0], text, claims].some(focusOn);
  };
}
