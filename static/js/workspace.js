// The workspace: keys, buttons and the pointer. Single keys act only while the article or a toolbar of it has
// the focus (WCAG 2.1.4), and are the person's own.
import "./cards.js";
import { bars, choose, desk, focusDesk, give, leave, read, refresh, tag, take, toSpan } from "./desk.js";
import { announce, bench, byId, claims, reveal, text } from "./page.js";
import { inTurn } from "./sending.js";
import { pieceBeyond } from "./textmap.js";

const PREFIX_LASTS = 1000; // milliseconds in which the second of two keys counts

/** What can be done to words and to the whole set, by the names of the keymap. @type {Record<string, (event: KeyboardEvent) => unknown>} */
const acts = {
  allegation: () => tag("allegation"),
  evidence: () => tag("evidence"),
  source: () => tag("source"),
  cue: () => tag("cue"),
  next_sentence: () => step(true),
  previous_sentence: () => step(false),
  right: (event) => move(event, true),
  left: (event) => move(event, false),
  other_end: () => { isEnd = !isEnd; },
  part() {
    const { current } = desk;
    return give((fields) => toSpan("extend", fields, current || desk.current));
  },
  leave,
  undo: () => byId("undo").click(),
  redo: () => byId("redo").click(),
  submit: () => byId("submit").requestSubmit(),
  help: () => byId("help").showModal(),
};
/** What each key does: these for everybody, the others as the person has it. @type {Record<string, string>} */
const names = { Enter: "main", Escape: "leave", Delete: "remove", Backspace: "remove", ArrowRight: "right", ArrowLeft: "left" };
for (const [name, key] of Object.entries(JSON.parse(bench.dataset.keys))) names[key] ??= name;

let isEnd = true; // which edge the arrows move
let [before, since] = ["", 0]; // the key pressed last, and when
let frame = 0;
let addsPart = false;
/** @type {typeof acts | undefined} what can be done to a span, once there was one in hand */
let more;
/** @type {Promise<{acts: typeof acts}> | undefined} */
let loading;

/** What is done to a span comes with the first one in hand. @param {string} name @param {string | number | HTMLElement} [value] */
async function onSpan(name, value) {
  if (!more) {
    loading = import("./hand.js");
    more = (await loading).acts;
    loading = undefined;
  }
  const act = () => { more[name]?.(value); };
  // The span just made may be on its way.
  await (desk.current || !desk.isNew ? act() : inTurn(act));
}

text.parentElement.addEventListener("keydown", onKey);
bench.addEventListener("click", onButton);
bench.addEventListener("pointerdown", () => { since = 0; });
claims.addEventListener("keydown", ({ key }) => { if (key === "Escape") focusDesk(); });
bars.addEventListener("pointerdown", (event) => event.preventDefault());
document.body.addEventListener("htmx:afterRequest", () => {
  const { anchorNode, focusNode } = getSelection();
  // A selection whose paragraph has been drawn anew has fallen back on the article.
  if (desk.chosen && [anchorNode, focusNode].includes(text)) choose(desk.chosen);
  refresh();
});
document.addEventListener("selectionchange", () => {
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(read);
});
text.addEventListener("pointerdown", ({ altKey }) => {
  // With Alt a selection is a further part of the span just made, else it keeps its letters.
  desk.isNew &&= altKey;
  addsPart = desk.isNew;
  desk.isExact = altKey && !addsPart;
});
document.addEventListener("pointerup", () => {
  if (!addsPart) return;
  addsPart = false;
  read();
  if (desk.chosen) acts.part();
});
text.addEventListener("click", ({ target }) => {
  const mark = target.closest("mark[data-a]");
  if (desk.mode === "edges") choose(desk.chosen);
  else if (!getSelection().isCollapsed) return;
  else if (mark) onSpan("touch", mark);
  else if (!desk.mode && !desk.isNew) leave();
});
if (!location.hash && document.activeElement === document.body) focusDesk();

/** @param {KeyboardEvent} event */
async function onKey(event) {
  const { key, altKey, ctrlKey, metaKey, shiftKey, target, timeStamp } = event;
  const isUndo = (ctrlKey || metaKey) && key.toLowerCase() === "z";
  if (altKey || ((ctrlKey || metaKey) && !isUndo) || (target.closest("button, summary") && key !== "Escape")) return;
  take(); // the selection may be newer than the last frame
  const first = timeStamp - since < PREFIX_LASTS ? before : "";
  const isDigit = key > "0" && key <= "9";
  const name = isUndo ? (shiftKey ? "redo" : "undo") : isDigit ? "digit" : names[`${first} ${key}`] ?? names[key];
  [before, since] = [key, timeStamp];
  if (!name || (name === "main" && desk.chosen && desk.mode !== "edges")) return;
  if (key.startsWith("Arrow") && !desk.chosen && !desk.isHeld && desk.caret === undefined) return;
  event.preventDefault();
  if (loading) await loading; // or this key would overtake the one before
  if (acts[name]) acts[name](event);
  else onSpan(name, key - 1);
}

/** @param {MouseEvent} event */
async function onButton({ target }) {
  const { act, tag: name = act, value } = target.closest("[data-act][type=button], [data-tag]")?.dataset ?? {};
  if (!name) return;
  await (acts[name] ? acts[name]({}) : onSpan(name, value));
  // A button that is gone must not take the focus with it.
  if (bars.contains(document.activeElement)) focusDesk();
}

/** Select the next or previous sentence. @param {boolean} isForward */
function step(isForward) {
  isEnd = true;
  if (!select(pieceBeside(isForward, "sentence"))) return announce(text.dataset.atEnd);
  const range = getSelection().getRangeAt(0);
  requestAnimationFrame(() => reveal(range.getBoundingClientRect()));
}

/** What lies beside the selection, or the caret. @param {boolean} isForward @param {"sentence" | "word"} size */
function pieceBeside(isForward, size) {
  const edge = isForward ? "start" : "end";
  const from = desk.chosen?.[isForward ? "end" : "start"] ?? desk.caret ?? 0;
  return pieceBeyond(text, isForward ? from - 1 : from + 1, { isForward, size, edge });
}

/** Move an edge of the selection, or of the span in hand; without either, select a word. @param {{shiftKey: boolean}} event @param {boolean} isRight */
async function move({ shiftKey }, isRight) {
  if (desk.isHeld && !desk.chosen) await onSpan("edges");
  const { chosen } = desk;
  const isForward = isRight === (getComputedStyle(getSelection().anchorNode?.parentElement ?? text).direction === "ltr");
  if (!chosen) return select(pieceBeside(isForward, "word"));
  const edge = isEnd ? "end" : "start";
  const piece = pieceBeyond(text, chosen[edge], { isForward, size: shiftKey ? "grapheme" : "word", edge });
  select(piece && { ...chosen, [edge]: piece[edge] });
}

/** @param {{start: number, end: number}} [stretch] @returns {boolean} whether there was something to select */
function select(stretch) {
  if (!stretch || stretch.start >= stretch.end) return false;
  choose(stretch);
  announce(desk.chosen?.quote);
  return true;
}
