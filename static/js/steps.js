// Steps through the article by sentence, word and grapheme. Offsets are code points; nothing here
// touches the selection.
import { codePointLength } from "./textmap.js";

/** @typedef {{start: number, end: number}} Stretch */
/** @typedef {"sentence" | "word" | "grapheme"} Size */

/**
 * The next or previous sentence or word, seen from an offset.
 * @param {HTMLElement} text
 * @param {number} from
 * @param {boolean} isForward
 * @param {Size} size
 * @returns {Stretch | null}
 */
export function pieceFrom(text, from, isForward, size) {
  for (const block of blocksFrom(text, from, isForward)) {
    const pieces = piecesOf(block, size);
    const piece = isForward
      ? pieces.find((one) => one.start >= from)
      : pieces.findLast((one) => one.end <= from);
    if (piece) return piece;
  }
  return null;
}

/**
 * Where an edge of the selection lands when it moves by a word or a grapheme; where it is at the end.
 * @param {HTMLElement} text
 * @param {number} from
 * @param {{isEnd: boolean, isForward: boolean, size: Size}} how
 * @returns {number}
 */
export function edgeFrom(text, from, { isEnd, isForward, size }) {
  for (const block of blocksFrom(text, from, isForward)) {
    const edges = piecesOf(block, size).map((one) => (isEnd ? one.end : one.start));
    const edge = isForward ? edges.find((at) => at > from) : edges.findLast((at) => at < from);
    if (edge !== undefined) return edge;
  }
  return from;
}

/** The blocks from an offset on, nearest first. @param {HTMLElement} text @param {number} from @param {boolean} isForward */
function* blocksFrom(text, from, isForward) {
  const blocks = /** @type {HTMLElement[]} */ ([...text.querySelectorAll("[data-o]")]);
  const after = blocks.findIndex((block) => Number(block.dataset.o) > from);
  const at = after < 0 ? blocks.length : after;
  if (isForward) yield* blocks.slice(Math.max(0, at - 1));
  else yield* blocks.slice(0, at).reverse();
}

/** @param {HTMLElement} block @param {Size} size @returns {Stretch[]} */
function piecesOf(block, size) {
  const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: size });
  const pieces = [];
  let start = Number(block.dataset.o);
  for (const { segment, isWordLike } of segmenter.segment(block.textContent ?? "")) {
    const end = start + codePointLength(segment);
    const trail = size === "sentence" ? codePointLength(segment) - codePointLength(segment.trimEnd()) : 0;
    if (size !== "word" || isWordLike) pieces.push({ start, end: end - trail });
    start = end;
  }
  return pieces;
}
