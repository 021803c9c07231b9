// Selection ↔ offsets of the article text. Pure: reads the document, never writes to it.
//
// The contract with the renderer: every block of text inside the root carries data-o, the code point at which
// it starts; its text nodes, put together, are the stored text from there on, letter for letter; elements with
// data-skip are not text. What stands between a block and the next is never empty and not in the document: two
// line feeds, or what data-gap of the former block says.
//
// An offset counts Unicode code points, as the server does; JavaScript's own UTF-16 index never leaves this file.

/** @typedef {{start: number, end: number, quote: string}} Span  code points, end exclusive, and the text between */

const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;
const LOW_SURROGATE = /[\udc00-\udfff]/;
const GAP = "\n\n";
/** White space, and the joiners and marks without width that no one means to select. */
const BLANKS = "[\\s\\u200b\\u2060\\ufeff]+";
const LEADING = new RegExp(`^${BLANKS}`);
const TRAILING = new RegExp(`${BLANKS}$`);
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const WORDS = new Intl.Segmenter(undefined, { granularity: "word" });
/** The blocks of the root asked for last, until it gets other children. @type {{root: Element | null, blocks: HTMLElement[]}} */
let known = { root: null, blocks: [] };
const watcher = new MutationObserver(() => { known.root = null; });

/**
 * Counts code points; a lone surrogate is one.
 * @param {string} s
 * @returns {number}
 */
export function codePointLength(s) {
  return s.length - (s.match(PAIRS)?.length ?? 0);
}

/**
 * Turns a point of the document, in the article or outside it, into an offset. A start outside the blocks or on
 * the brink of one moves on to the next block, an end back to the one before.
 * @param {Element} root
 * @param {Node} node
 * @param {number} offset  as in a Range: UTF-16 units of a text node, children of an element
 * @param {boolean} isEnd
 * @returns {number}
 */
export function offsetOf(root, node, offset, isEnd) {
  return offsetAmong(blocksOf(root), node, offset, isEnd);
}

/**
 * Reads a range as a span of the article: what of it lies in the blocks, without blanks at the edges, in whole
 * graphemes, and in whole words unless exact.
 * @param {Element} root
 * @param {Range} range
 * @param {{exact?: boolean}} [options]
 * @returns {Span | null}  null where no text of the article is chosen
 */
export function spanOf(root, range, { exact = false } = {}) {
  const blocks = blocksOf(root);
  let start = offsetAmong(blocks, range.startContainer, range.startOffset, false);
  let end = offsetAmong(blocks, range.endContainer, range.endOffset, true);
  const chosen = textBetween(blocks, start, end);
  start += codePointLength(chosen.match(LEADING)?.[0] ?? "");
  end -= codePointLength(chosen.match(TRAILING)?.[0] ?? "");
  if (end <= start) return null;
  for (const segmenter of exact ? [GRAPHEMES] : [GRAPHEMES, WORDS]) {
    start = snapped(blocks, segmenter, start, false);
    end = snapped(blocks, segmenter, end, true);
  }
  return { start, end, quote: textBetween(blocks, start, end) };
}

/**
 * Finds the place of a span in the document. A start prefers the node it opens, an end the node it closes.
 * @param {Element} root  with at least one block
 * @param {number} start
 * @param {number} end
 * @returns {Range}
 */
export function rangeOf(root, start, end) {
  const blocks = blocksOf(root);
  const range = document.createRange();
  range.setStart(...pointOf(blocks, start, false));
  range.setEnd(...pointOf(blocks, end, true));
  return range;
}

/**
 * Rebuilds the stored text between two offsets, with what stands between the blocks.
 * @param {Element} root
 * @param {number} start
 * @param {number} end
 * @returns {string}
 */
export function textOf(root, start, end) {
  return textBetween(blocksOf(root), start, end);
}

/**
 * The nearest sentence, word or grapheme whose edge lies beyond an offset.
 * @param {HTMLElement} root
 * @param {number} from
 * @param {{isForward: boolean, size: "sentence" | "word" | "grapheme", edge: "start" | "end"}} how
 * @returns {{start: number, end: number} | undefined}
 */
export function pieceBeyond(root, from, { isForward, size, edge }) {
  const blocks = blocksOf(root);
  const isBeyond = (piece) => (isForward ? piece[edge] > from : piece[edge] < from);
  for (let i = indexAt(blocks, from); blocks[i]; i += isForward ? 1 : -1) {
    const pieces = piecesOf(blocks[i], size);
    const piece = isForward ? pieces.find(isBeyond) : pieces.findLast(isBeyond);
    if (piece) return piece;
  }
}

/** @param {HTMLElement} block @param {"sentence" | "word" | "grapheme"} size @returns {{start: number, end: number}[]} */
function piecesOf(block, size) {
  const pieces = [];
  let start = startOf(block);
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: size }).segment(textIn(block))) {
    const trail = size === "sentence" ? segment.match(TRAILING)?.[0] ?? "" : "";
    const end = start + codePointLength(segment);
    if (size !== "word" || isWordLike) pieces.push({ start, end: end - codePointLength(trail) });
    start = end;
  }
  return pieces;
}

/** The blocks of text; all are children of the root. Asking for them anew takes milliseconds in a long article. @param {Element} root @returns {HTMLElement[]} */
function blocksOf(root) {
  if (known.root !== root || watcher.takeRecords().length) {
    watcher.observe(root, { childList: true });
    known = { root, blocks: [...root.children].filter((child) => child.hasAttribute("data-o")) };
  }
  return known.blocks;
}

/** @param {HTMLElement} block @returns {number} */
const startOf = (block) => Number(block.dataset.o);

/** @param {HTMLElement} block @returns {string} */
const textIn = (block) => textsOf(block).map((text) => text.data).join("");

/** @param {HTMLElement} block @returns {number} */
const endOf = (block) => startOf(block) + codePointLength(textIn(block));

/** @param {HTMLElement} block @returns {Text[]} */
function textsOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
    return node.hasAttribute("data-skip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  return texts;
}

/** @param {HTMLElement[]} blocks @param {number} start @param {number} end @returns {string} */
function textBetween(blocks, start, end) {
  let text = "";
  for (let i = indexAt(blocks, start); i < blocks.length && startOf(blocks[i]) < end; i += 1) {
    const from = startOf(blocks[i]);
    const piece = textIn(blocks[i]) + (blocks[i].dataset.gap ?? (i + 1 < blocks.length ? GAP : ""));
    text += piece.slice(unitsTo(piece, start - from), unitsTo(piece, end - from));
  }
  return text;
}

/**
 * The index of the first block that passes a test which all later ones pass too; their number where none does.
 * @param {HTMLElement[]} blocks @param {(block: HTMLElement) => boolean} test @returns {number}
 */
function firstWhere(blocks, test) {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (test(blocks[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The index of the block an offset lies in. @param {HTMLElement[]} blocks @param {number} offset @returns {number} */
const indexAt = (blocks, offset) => Math.max(0, firstWhere(blocks, (block) => startOf(block) > offset) - 1);

/**
 * The UTF-16 units that a number of code points takes from the start of a string, within its length.
 * @param {string} s @param {number} count @returns {number}
 */
function unitsTo(s, count) {
  let units = 0;
  for (let left = count; left > 0 && units < s.length; left -= 1) {
    units += s.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

/** @param {HTMLElement[]} blocks @param {Node} node @param {number} offset @param {boolean} isEnd @returns {number} */
function offsetAmong(blocks, node, offset, isEnd) {
  const point = document.createRange();
  point.setStart(node, offset);
  const i = firstWhere(blocks, (block) => point.comparePoint(block, block.childNodes.length) >= 0);
  if (i === blocks.length) return i > 0 ? endOf(blocks[i - 1]) : 0;
  const found = offsetInside(blocks[i], point, isEnd);
  if (isEnd && i > 0 && found === startOf(blocks[i])) return endOf(blocks[i - 1]);
  if (!isEnd && i + 1 < blocks.length && found === endOf(blocks[i])) return startOf(blocks[i + 1]);
  return found;
}

/** @param {HTMLElement} block  the point lies in it or before it @param {Range} point @param {boolean} isEnd @returns {number} */
function offsetInside(block, point, isEnd) {
  const { startContainer: node, startOffset: offset } = point;
  let count = startOf(block);
  for (const text of textsOf(block)) {
    if (text === node) {
      const splitsPair = LOW_SURROGATE.test(text.data.charAt(offset));
      return count + codePointLength(text.data.slice(0, offset)) - (splitsPair && !isEnd ? 1 : 0);
    }
    if (point.comparePoint(text, 0) >= 0) return count;
    count += codePointLength(text.data);
  }
  return count;
}

/**
 * Moves an offset outward to the edge of the grapheme or word it cuts.
 * @param {HTMLElement[]} blocks @param {Intl.Segmenter} segmenter @param {number} offset @param {boolean} isEnd
 * @returns {number}
 */
function snapped(blocks, segmenter, offset, isEnd) {
  const block = blocks[indexAt(blocks, offset)];
  const text = textIn(block);
  const units = unitsTo(text, offset - startOf(block));
  const piece = segmenter.segment(text).containing(units);
  if (!piece || piece.index === units) return offset;
  const edge = isEnd ? piece.index + piece.segment.length : piece.index;
  return startOf(block) + codePointLength(text.slice(0, edge));
}

/**
 * @param {HTMLElement[]} blocks @param {number} offset @param {boolean} isEnd
 * @returns {[Node, number]}
 */
function pointOf(blocks, offset, isEnd) {
  const block = blocks[indexAt(blocks, offset)];
  const texts = textsOf(block);
  let left = offset - startOf(block);
  for (const text of texts) {
    const length = codePointLength(text.data);
    if (isEnd ? left <= length : left < length) return [text, unitsTo(text.data, left)];
    left -= length;
  }
  const last = texts.at(-1);
  return last ? [last, last.data.length] : [block, 0];
}
