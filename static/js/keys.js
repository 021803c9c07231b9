// Keys of the workspace. They act only while the article has the focus (WCAG 2.1.4).
import { openAt } from "./cards.js";
import { openCard } from "./layers.js";
import { announce, send } from "./sending.js";
import { edgeFrom, pieceFrom } from "./steps.js";

/** @typedef {import("./workspace.js").Desk} Desk */

const PREFIX_LASTS = 1000; // milliseconds in which s after g submits

/** @param {Desk} desk */
export function startKeys(desk) {
  let isEnd = true; // which edge of the selection the arrows move
  let prefixed = -Infinity; // when g was pressed last
  const acts = {
    j: () => step(desk, true),
    k: () => step(desk, false),
    o: () => { isEnd = !isEnd; },
    a: () => desk.tag("allegation"),
    e: () => desk.tag("evidence"),
    s: () => (performance.now() - prefixed < PREFIX_LASTS ? submit(desk) : desk.tag("source")),
    c: () => desk.tag("cue"),
    n: () => walk(desk, 1),
    p: () => walk(desk, -1),
    z: () => press(desk, "undo"),
    Z: () => press(desk, "redo"),
    g: () => {},
    "?": () => help(desk),
    Enter: () => openFocused(desk),
    Delete: () => removeFocused(desk),
    Escape: () => desk.drop(),
    ArrowRight: (event) => move(desk, { isEnd, isForward: true, isFine: event.shiftKey }),
    ArrowLeft: (event) => move(desk, { isEnd, isForward: false, isFine: event.shiftKey }),
  };
  desk.text.addEventListener("keydown", (event) => {
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    const act = acts[isUndo && event.shiftKey ? "Z" : event.key];
    if (!act || event.altKey || ((event.ctrlKey || event.metaKey) && !isUndo)) return;
    if (event.key.startsWith("Arrow") && !desk.chosen && desk.caret === undefined) return;
    event.preventDefault();
    if (event.key === "j" || event.key === "k") isEnd = true;
    act(event);
    prefixed = event.key === "g" ? performance.now() : -Infinity;
  });
  desk.bench.addEventListener("pointerdown", () => { prefixed = -Infinity; });
  desk.bench.querySelector("[data-act=help]")?.addEventListener("click", () => help(desk));
}

/** @param {Desk} desk @param {boolean} isForward */
function step(desk, isForward) {
  const { chosen, caret = 0 } = desk;
  const from = chosen ? (isForward ? chosen.end : chosen.start) : caret;
  const next = pieceFrom(desk.text, from, isForward, "sentence");
  if (!next) return announce(desk.text.dataset.atEnd ?? "");
  desk.choose(next.start, next.end);
  const box = document.getSelection()?.getRangeAt(0).getBoundingClientRect();
  if (box && (box.top < 140 || box.bottom > window.innerHeight - 80)) {
    window.scrollBy({ top: box.top - window.innerHeight / 3 });
  }
  announce(desk.chosen?.quote ?? "");
}

/** @param {Desk} desk @param {{isEnd: boolean, isForward: boolean, isFine: boolean}} how */
function move(desk, { isEnd, isForward, isFine }) {
  const { chosen } = desk;
  if (!chosen) return begin(desk, isForward);
  const how = { isEnd, isForward, size: isFine ? "grapheme" : "word" };
  const edge = edgeFrom(desk.text, isEnd ? chosen.end : chosen.start, how);
  const start = isEnd ? chosen.start : edge;
  const end = isEnd ? edge : chosen.end;
  if (start >= end) return;
  desk.choose(start, end);
  announce(desk.chosen?.quote ?? "");
}

/** Select the word beside the place where the last selection ended. @param {Desk} desk @param {boolean} isForward */
function begin(desk, isForward) {
  const word = pieceFrom(desk.text, desk.caret ?? 0, isForward, "word");
  if (word) desk.choose(word.start, word.end);
  announce(desk.chosen?.quote ?? "");
}

/** Go to the next or previous passage. @param {Desk} desk @param {number} by */
function walk(desk, by) {
  const marks = /** @type {HTMLElement[]} */ ([...desk.text.querySelectorAll("mark[id]")]);
  const at = marks.findIndex((mark) => mark === document.activeElement);
  const mark = marks[at < 0 && by < 0 ? marks.length - 1 : at + by];
  if (!mark) return;
  mark.tabIndex = -1;
  mark.focus();
  announce(`${mark.dataset.n}: ${mark.textContent}`);
}

/** @param {Desk} desk */
function openFocused(desk) {
  const mark = document.activeElement?.closest("#text mark[data-a]");
  if (mark) openAt(desk.bench, mark);
}

/** @param {Desk} desk */
function removeFocused(desk) {
  const mark = /** @type {HTMLElement | null} */ (document.activeElement?.closest("#text mark[id]") ?? null);
  const url = mark && (desk.bench.dataset.removeUrl ?? "").replace("/0/", `/${mark.id.slice(1)}/`);
  if (!url) return;
  desk.text.focus({ preventScroll: true });
  send(desk.bench, url, () => ({ ...claimNow(desk), version: mark.dataset.v ?? "", span: mark.id.slice(1) }));
}

/** The open claim, which stays open. @param {Desk} desk */
function claimNow(desk) {
  const claim = openCard(desk.bench)?.dataset.claim;
  return claim ? { claim } : {};
}

/** @param {Desk} desk @param {string} id */
function press(desk, id) {
  const button = /** @type {HTMLButtonElement | null} */ (desk.bench.querySelector(`#${id}`));
  if (button && !button.disabled) button.click();
}

/** @param {Desk} desk */
function submit(desk) {
  /** @type {HTMLFormElement | null} */ (desk.bench.querySelector("#submit"))?.requestSubmit();
}

/** @param {Desk} desk */
function help(desk) {
  /** @type {HTMLDialogElement | null} */ (desk.bench.querySelector("#help"))?.showModal();
}
