// The annotator's desk: the selected words, tagging them, and which span is in hand.
import { anchorOf, announce, bench, byId, focusOn, marksOf, nameOf, only, openClaim, text } from "./page.js";
import { send } from "./sending.js";
import { rangeOf, spanOf } from "./textmap.js";

/** @typedef {import("./textmap.js").Span} Span */
/** @typedef {import("./sending.js").Values} Values */
/** @typedef {import("./sending.js").Answer} Answer */

const ROOM = 8; // pixels between words and toolbar

export const desk = {
  /** @type {Span | null} the selected words */
  chosen: null,
  isExact: false,
  /** @type {number | undefined} where the last selection ended */
  caret: undefined,
  /** The span that keys act on: the one just made, or the one that is held. */
  current: "",
  isHeld: false,
  isNew: false,
  /** @type {HTMLElement | null} the mark of it that was clicked */
  touched: null,
  /** @type {"" | "link" | "relay" | "retag" | "edges"} what the next key or click is for */
  mode: "",
  /** The other end of a link to be. */
  target: "",
  /** Draws the toolbar of the span in hand, once there was one. */
  drawHand: () => {},
};
export const bars = byId("bars");

/** Selections that were not saved, why, and the id each was sent with. @type {Map<string, Span & {uid: string, why: string}>} */
const failed = new Map();
const pending = new (window.Highlight ?? Set)();
CSS.highlights?.set("pending", pending);

/** Take over what is selected in the article now. */
export function take() {
  const selection = getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(selection.rangeCount - 1) : null;
  const span = range && spanOf(text, range, { exact: desk.isExact });
  // New edges stay where they are until they are saved or left.
  if (span || desk.mode !== "edges") desk.chosen = span;
}

/** Take over the selection, and show what can be done with it. */
export function read() {
  take();
  draw();
}

/** Select a stretch of the article; the bars follow with the next frame. @param {{start: number, end: number}} stretch */
export function choose({ start, end }) {
  const range = rangeOf(text, start, end);
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  desk.isExact = true;
  take();
}

/** Drop the selection, leaving the caret at an offset. @param {number} [at] */
export function drop(at = desk.caret) {
  getSelection().removeAllRanges();
  desk.chosen = null;
  desk.caret = at;
}

/** Leave what one is in: a mode, else the selection, else the span in hand. */
export function leave() {
  const { mode, chosen } = desk;
  if (!mode || mode === "edges") drop();
  if (!mode && !chosen) desk.current = "";
  desk.mode = desk.target = "";
  failed.clear();
  refresh();
  if (mode) focusDesk();
}

/** Draw the span in hand anew, wherever it is now. */
export function refresh() {
  if (!anchorOf(desk.current)) Object.assign(desk, { current: "", isHeld: false, mode: "" });
  if (!text.contains(desk.touched)) desk.touched = null;
  only("cur", marksOf(desk.current));
  text.classList.toggle("holding", desk.isHeld);
  only("aim", marksOf(desk.target));
  draw();
}

/** Put the focus where the keys act. */
export const focusDesk = () => focusOn(anchorOf(desk.current)) || focusOn(text);

/** Tag the selection, or the span in hand anew. @param {string} tag */
export function tag(tag) {
  if (desk.mode === "retag") return change("retag", { tag });
  const span = desk.chosen;
  if (!span) return announce(text.dataset.noneChosen);
  const name = [tag, span.start, span.end].join();
  const again = failed.get(name);
  const uid = again?.uid || newId();
  failed.delete(name);
  // Who goes on with other words once all is answered has seen what became of these.
  if (!again && !pending.size) failed.clear();
  Object.assign(desk, { current: "", isHeld: false, isNew: true });
  return give((fields) => [bench.dataset.tagUrl, { ...fields, tag, uid }], ({ successful, xhr, span: key, reason }) => {
    // A save that may have happened keeps its id for the retry.
    if (!successful) failed.set(name, { ...span, uid: xhr.status % 500 > 399 ? "" : uid, why: reason || bench.dataset.notSaved });
    else if (!desk.isHeld) desk.current = String(key);
    desk.isNew &&= successful;
    refresh();
  });
}

/**
 * Send the selection; it shows as pending until the server has answered. After a failure it is selected again.
 * @param {(fields: Values) => [string, Values] | string} turn
 * @param {(answer: Answer) => void} [then]
 */
export async function give(turn, then) {
  const { chosen: span, mode } = desk;
  if (!span) return announce(text.dataset.noneChosen);
  const range = rangeOf(text, span.start, span.end);
  pending.add(range);
  desk.mode = "";
  drop(span.end);
  draw();
  const fields = { ...span, text_rev: bench.dataset.textRev };
  const { successful } = await send(() => turn(fields), then);
  pending.delete(range);
  const next = successful ? failed.values().next().value : span;
  if (!next) return;
  if (!desk.chosen) {
    if (!successful) desk.mode = mode;
    choose(next);
  }
  if (!successful) return;
  // This one is stored, an earlier one is not: the last word is not that all is well.
  byId("saved").textContent = "";
  announce(next.why, true);
}

/** Change the span in hand. @param {string} verb @param {Values} [values] */
export function change(verb, values = {}) {
  const { current } = desk;
  desk.mode = "";
  return send(() => toSpan(verb, values, current));
}

/** What to send for a verb on a span; why not, where there is none. @param {string} verb @param {Values} values @param {string} [key] @returns {[string, Values] | string} */
export const toSpan = (verb, values, key = desk.current) =>
  key ? [`${bench.dataset.spanUrl.replace("/0/", `/${key}/`)}${verb}/`, values] : bars.dataset.noneHeld;

/** Show the tags while there are words to tag, else what can be done to the span in hand. */
function draw() {
  const bar = byId("tagbar");
  bar.hidden = desk.mode !== "retag" && (!desk.chosen || desk.mode === "edges");
  desk.drawHand();
  if (!bar.hidden) fill(bar, desk.chosen ? rangeOf(text, desk.chosen.start, desk.chosen.end) : marksOf(desk.current)[0]);
}

/**
 * Show what fits, at its place: data-when names what has to be so, data-say what is to be named.
 * @param {HTMLElement} bar @param {Range | HTMLElement} place @param {string[]} [isSo] @param {Record<string, string>} [names]
 */
export function fill(bar, place, isSo = [], names = {}) {
  const claim = openClaim();
  const { current } = desk;
  isSo.push(desk.mode || "free", current && "held", claim && "claim");
  for (const one of bar.querySelectorAll("[data-when]")) one.hidden = !one.dataset.when.split(" ").every((word) => isSo.includes(word));
  for (const one of bar.querySelectorAll("[data-say]")) one.textContent = nameOf({ current, claim, ...names }[one.dataset.say]);
  bench.style.setProperty("--dock", `${bar.offsetHeight}px`); // what it takes where it is docked to the lower edge
  const { top, bottom, left } = place.getBoundingClientRect();
  const above = top - bar.offsetHeight - ROOM;
  putAt(bar, above > bench.querySelector(".bench-head").getBoundingClientRect().bottom ? above : bottom + ROOM, left);
}

/** Place an element by points of the window. @param {HTMLElement} element @param {number} top @param {number} left */
export function putAt({ style, offsetWidth }, top, left) {
  const host = text.parentElement.getBoundingClientRect();
  style.setProperty("--y", `${top - host.top}px`);
  style.setProperty("--x", `${Math.max(Math.min(left, host.right - offsetWidth) - host.left, 0)}px`);
}

/** A random id of version 4, also where the page is not a secure context. @returns {string} */
function newId() {
  const digit = () => (crypto.getRandomValues(new Uint8Array(1))[0] % 16).toString(16);
  return "00000000-0000-4000-8000-000000000000".replace(/0/g, digit);
}
