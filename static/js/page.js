// The bench's page: where passages and cards stand, and what is lit. No search grows with the article: what
// is lit is remembered, and a span is followed from its anchor on.

const HEAD = 140; // pixels that the sticky head takes
const EDGE = 80; // and what is docked to the lower edge
const NARROW = 700; // below this the claims are a sheet over the text

/** What carries a class of its kind now. @type {Record<string, Element[]>} */
const lit = {};

/** @param {string} id @returns {HTMLElement | null} */
export const byId = (id) => document.getElementById(id);

export const bench = /** @type {HTMLElement} */ (byId("main"));
export const text = /** @type {HTMLElement} */ (byId("text"));
export const claims = /** @type {HTMLElement} */ (byId("claims"));

/** Every span has one anchor, where it starts. @param {string} key @returns {HTMLElement | null} */
export const anchorOf = (key) => byId(`s${key}`);

/** A span's short name, such as S8. @param {string} key */
export const nameOf = (key) => anchorOf(key)?.dataset.n.split(" ")[0] ?? "";

/** @param {string} key */
export const letterOf = (key) => nameOf(key).charAt(0).toLowerCase();

/** The spans at a mark or anchor, outermost first. @param {HTMLElement | null} mark */
export const keysAt = (mark) => (mark ? (mark.dataset.a ?? mark.id.slice(1)).split(" ") : []);

/** The card of the claim that is open. @returns {HTMLElement | null} */
export const openCard = () => claims.querySelector(".claim.active");

export const openClaim = () => openCard()?.dataset.claim ?? "";

/** The spans of a claim. @param {HTMLElement | null} card */
export const spansOf = (card) => (card ? card.dataset.spans.split(" ") : []);

/** The cards that use one of these spans. @param {string[]} keys @returns {HTMLElement[]} */
export const cardsWith = (keys) =>
  [...claims.querySelectorAll(".claim")].filter((card) => spansOf(card).some((key) => keys.includes(key)));

/** Goes through the article's elements of a kind. @param {Node} from @param {string} selector */
export function walkerFrom(from, selector) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_ELEMENT, (one) => (one.matches(selector) ? 1 : 3)); // accept, skip
  walker.currentNode = from;
  return walker;
}

/** The marks of a span through all its parts; data-e says where the last one ends. @param {string} key */
export function marksOf(key) {
  /** @type {HTMLElement[]} */
  const marks = [];
  const anchor = anchorOf(key);
  if (!anchor) return marks;
  const walker = walkerFrom(anchor, "mark[data-a]");
  for (let mark = anchor.dataset.a ? anchor : walker.nextNode(); mark; mark = walker.nextNode()) {
    if (keysAt(mark).includes(key)) marks.push(mark);
    else if (!(mark.closest("[data-o]").dataset.o < Number(anchor.dataset.e))) break;
  }
  return marks;
}

/** Give a class to these elements only. @param {string} name @param {Element[]} elements */
export function only(name, elements) {
  for (const one of lit[name] ?? []) one.classList.remove(name);
  for (const one of elements) one.classList.add(name);
  lit[name] = elements;
}

/** Scroll a place into sight, unless it is. @param {DOMRect} [box] */
export function reveal(box) {
  const edge = (innerWidth < NARROW && claims.getBoundingClientRect().top) || innerHeight;
  if (box?.height && (box.top < HEAD || box.bottom > edge - EDGE)) scrollBy({ top: box.top - edge / 3 });
}

/** Scroll a passage into sight. @param {string | number} key */
export const show = (key) => reveal(anchorOf(key)?.getBoundingClientRect());

/** Focus what else could not have it, such as a mark. @param {HTMLElement | null} [element] @returns {boolean} whether it has it */
export function focusOn(element) {
  if (element?.tabIndex < 0) element.tabIndex = -1;
  element?.focus({ preventScroll: true });
  return document.activeElement === element && !element.disabled;
}

/** Say it in the live region. @param {string} [words] @param {boolean} [isBad] */
export function announce(words = "", isBad = false) {
  const status = byId("status");
  status.classList.toggle("bad", isBad);
  status.textContent = words;
}
