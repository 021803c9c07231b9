// The annotator's bench: what is selected, and tagging it.
import { settle, show, startCards } from "./cards.js";
import { openCard } from "./layers.js";
import { startKeys } from "./keys.js";
import { announce, send } from "./sending.js";
import { rangeOf, spanOf } from "./textmap.js";

/** @typedef {{start: number, end: number, quote: string}} Span  code points of the article's text */

const ROOM = 8; // pixels between the selection and the toolbar

/** @param {HTMLElement} bench */
export function startWorkspace(bench) {
  startCards(bench);
  const first = openCard(bench)?.dataset.claim;
  if (first && !location.hash) show(bench, first);
  if (bench.dataset.mode !== "annotate") return;
  const desk = new Desk(bench);
  if (!location.hash && document.activeElement === document.body) desk.text.focus({ preventScroll: true });
  startKeys(desk);
}

/** What the annotator holds: the selection, and passages on their way to the server. */
export class Desk {
  /** @param {HTMLElement} bench */
  constructor(bench) {
    this.bench = bench;
    this.text = /** @type {HTMLElement} */ (bench.querySelector("#text"));
    this.bar = /** @type {HTMLElement} */ (bench.querySelector("#tagbar"));
    /** @type {Span | null} */
    this.chosen = null;
    this.isExact = false;
    /** @type {number | undefined} where the last selection ended */
    this.caret = undefined;
    /** @type {{start: number, end: number, tag: string, uid: string} | null} a tag of which no answer came */
    this.failed = null;
    this.pending = window.Highlight ? new Highlight() : null;
    if (this.pending) CSS.highlights.set("pending", this.pending);
    this.watch();
  }

  /** Follow the selection and the toolbar. */
  watch() {
    let frame = 0;
    document.addEventListener("selectionchange", () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => this.read());
    });
    this.text.addEventListener("pointerdown", (event) => { this.isExact = event.altKey; });
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault());
    this.bar.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-tag]");
      if (button) this.tag(button.getAttribute("data-tag") ?? "");
    });
  }

  /** Take over what is selected in the article now. */
  read() {
    const selection = document.getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(selection.rangeCount - 1) : null;
    this.chosen = range && spanOf(this.text, range, { exact: this.isExact });
    this.placeBar();
  }

  /** Select a stretch of the article. @param {number} start @param {number} end */
  choose(start, end) {
    const range = rangeOf(this.text, start, end);
    document.getSelection()?.setBaseAndExtent(
      range.startContainer, range.startOffset, range.endContainer, range.endOffset,
    );
    this.isExact = true;
    this.read();
  }

  /** Drop the selection, leaving the caret at an offset. @param {number} [at] */
  drop(at) {
    document.getSelection()?.removeAllRanges();
    this.chosen = null;
    this.placeBar();
    this.caret = at ?? this.caret;
  }

  /** Tag the selection; it shows as pending until the server has answered. @param {string} tag */
  async tag(tag) {
    const span = this.chosen;
    if (!span) return announce(this.text.dataset.noneChosen ?? "");
    const range = rangeOf(this.text, span.start, span.end);
    this.pending?.add(range);
    this.drop(span.end);
    const uid = this.idFor(span, tag);
    const answer = await send(this.bench, this.bench.dataset.tagUrl ?? "", () => this.values(span, tag, uid));
    this.pending?.delete(range);
    if (answer.ok) settle(this.bench, answer.claim);
    else this.keep(span, tag, uid, answer.status);
  }

  /** After a failure: select the words again; a save that may have happened keeps its id for the retry. */
  keep(span, tag, uid, status) {
    this.failed = status === 0 || status >= 500 ? { start: span.start, end: span.end, tag, uid } : null;
    this.choose(span.start, span.end);
  }

  /** The id of a new span: the same as before when the same one is tried again. @param {Span} span @param {string} tag */
  idFor(span, tag) {
    const { failed } = this;
    const isRetry = failed?.start === span.start && failed.end === span.end && failed.tag === tag;
    this.failed = null;
    return isRetry ? failed.uid : newId();
  }

  /** @param {Span} span @param {string} tag @param {string} uid */
  values(span, tag, uid) {
    return {
      start: String(span.start),
      end: String(span.end),
      quote: span.quote,
      text_rev: this.bench.dataset.textRev ?? "",
      tag,
      uid,
      claim: openCard(this.bench)?.dataset.claim ?? "",
    };
  }

  /** Put the toolbar above the selection, below it where there is no room. */
  placeBar() {
    this.bar.hidden = !this.chosen;
    if (!this.chosen) return;
    this.nameClaim();
    const host = /** @type {HTMLElement} */ (this.bar.offsetParent ?? this.bench).getBoundingClientRect();
    const box = rangeOf(this.text, this.chosen.start, this.chosen.end).getBoundingClientRect();
    const head = this.bench.querySelector(".bench-head")?.getBoundingClientRect().bottom ?? 0;
    const above = box.top - this.bar.offsetHeight - ROOM;
    const top = above > head ? above : box.bottom + ROOM;
    const left = Math.min(box.left, host.right - this.bar.offsetWidth - ROOM);
    this.bar.style.top = `${Math.round(top - host.top)}px`;
    this.bar.style.left = `${Math.round(Math.max(left - host.left, ROOM))}px`;
  }

  /** Say which claim a source, evidence or cue would join. */
  nameClaim() {
    const joins = /** @type {HTMLElement} */ (this.bar.querySelector("#joins"));
    const name = openCard(this.bench)?.querySelector(".claim-no .tag")?.lastChild?.textContent;
    joins.textContent = name ? `${joins.dataset.words} ${name}` : "";
  }
}

/** A random id, also where the page is not a secure context. @returns {string} */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((id, at) => `${id.slice(0, at)}-${id.slice(at)}`, hex);
}
