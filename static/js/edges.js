// New edges for the span in hand: by the keys that move a selection, by selecting anew, or by two grips.
import { choose, desk, putAt } from "./desk.js";
import { byId, marksOf, text } from "./page.js";
import { rangeOf, spanOf } from "./textmap.js";

const grips = byId("grips");
for (const grip of grips.children) follow(grip, grip.dataset.edge === "end");

export const edges = {
  /** The part as it is. @type {import("./textmap.js").Span | null} */
  old: null,
  /** Where it begins, if the span has several. @type {{part?: number}} */
  part: {},
  /** Select the part that was touched, else the first. */
  start() {
    const parts = partsOf(marksOf(desk.current));
    const stretch = stretchOf(parts.find((marks) => marks.includes(desk.touched)) ?? parts[0]);
    edges.old = stretch;
    edges.part = parts.length > 1 ? { part: stretch.start } : {};
    choose(stretch);
  },
};

/** From the first to the last of some marks. @param {HTMLElement[]} marks @returns {import("./textmap.js").Span | null} */
export function stretchOf(marks) {
  if (!marks.length) return null;
  const range = document.createRange();
  range.setStartBefore(marks[0]);
  range.setEndAfter(marks.at(-1));
  return spanOf(text, range, { exact: true });
}

/** Marks in stretches without words between. @param {HTMLElement[]} marks @returns {HTMLElement[][]} */
function partsOf(marks) {
  const parts = [];
  const between = document.createRange();
  for (const mark of marks) {
    between.setEndBefore(mark);
    if (!parts.length || between.toString().trim()) parts.push([]);
    parts.at(-1).push(mark);
    between.setStartAfter(mark);
  }
  return parts;
}

/** Show the grips at the edges, while there are new ones. */
export function drawGrips() {
  grips.hidden = desk.mode !== "edges" || !desk.chosen;
  if (!grips.hidden) for (const grip of grips.children) {
    const { bottom, left } = boxOf(grip.dataset.edge === "end");
    putAt(grip, bottom, left);
  }
}

/** Where an edge is. @param {boolean} isEnd @returns {DOMRect} */
function boxOf(isEnd) {
  const range = rangeOf(text, desk.chosen.start, desk.chosen.end);
  range.collapse(!isEnd);
  return range.getBoundingClientRect();
}

/** A grip follows mouse, pen or finger: by whole words, with Alt by letters. @param {HTMLElement} grip @param {boolean} isEnd */
function follow(grip, isEnd) {
  let off = 0; // how far below the middle of its line it was taken
  grip.addEventListener("pointerdown", ({ pointerId, clientY }) => {
    const { top, bottom } = boxOf(isEnd);
    grip.setPointerCapture(pointerId);
    off = clientY - (top + bottom) / 2;
  });
  grip.addEventListener("pointermove", ({ pointerId, clientX, clientY, altKey }) => {
    if (!grip.hasPointerCapture(pointerId)) return;
    const { start, end } = desk.chosen;
    const range = rangeOf(text, start, end);
    grips.style.pointerEvents = "none"; // what lies under it is asked for
    const { offsetNode, offset } = document.caretPositionFromPoint(clientX, clientY - off) ?? {};
    grips.style.pointerEvents = "";
    if (offsetNode) range[isEnd ? "setEnd" : "setStart"](offsetNode, offset);
    const span = spanOf(text, range, { exact: altKey });
    const stretch = isEnd ? { start, end: span?.end } : { start: span?.start, end };
    if (stretch.start < stretch.end) choose(stretch);
  });
}
