// The span in hand: taking one, what Enter and the other keys do to it, its toolbar. Loaded with the first one taken.
import { open, openAt } from "./cards.js";
import { bars, change, desk, drop, fill, give, leave, refresh, toSpan } from "./desk.js";
import { drawGrips, edges, stretchOf } from "./edges.js";
import { anchorOf, announce, bench, byId, cardsWith, focusOn, keysAt, letterOf, marksOf, nameOf, openCard, openClaim, show, spansOf, text, walkerFrom } from "./page.js";
import { send } from "./sending.js";
import { rangeOf } from "./textmap.js";

desk.drawHand = drawHand;

const isLinking = () => desk.mode === "link" || desk.mode === "relay";

/** Take a span in hand, or as the other end of a link. @param {string} key @param {HTMLElement | null} [mark] the one clicked */
function hold(key, mark = null) {
  const marks = marksOf(key);
  if (isLinking()) desk.target = key;
  else {
    Object.assign(desk, { current: key, touched: mark, isHeld: true, isNew: false, mode: "" });
    drop(stretchOf(marks)?.start);
  }
  refresh();
  focusOn(anchorOf(key));
  if (!mark) show(key);
  announce(`${nameOf(key)}: ${marks.map((one) => (one.matches(".part") ? " … " : "") + one.textContent).join("")}`);
}

/** A click on the words: the innermost span there; again, the next one around it. @param {HTMLElement | null} mark */
function touch(mark) {
  const keys = keysAt(mark).reverse().filter((key) => !isLinking() || key !== desk.current);
  const held = isLinking() ? desk.target : desk.isHeld && desk.current;
  const key = keys[(keys.indexOf(held) + 1) % keys.length];
  const card = openCard();
  const fills = !isLinking() && letterOf(key) === "s" && card?.querySelector("[data-slot=source]") && !spansOf(card).includes(key);
  if (key) hold(key, mark);
  if (fills) change("attach", { claim: openClaim() });
}

/** Go to the next or previous span. @param {number} by */
function walk(by) {
  const at = desk.target || desk.current;
  if (by < 0 && at && !desk.isHeld) return hold(at);
  const { caret } = desk;
  const walker = walkerFrom(anchorOf(at) ?? (caret === undefined ? text : rangeOf(text, caret, caret).startContainer), "[id][data-n]");
  const isAtTop = walker.currentNode === text;
  const next = by > 0 ? walker.nextNode() : isAtTop ? walker.lastChild() : walker.previousNode();
  if (next) hold(next.id.slice(1));
  else announce(bars.dataset.noFurther);
}

/** Ask for what a mode needs. @param {typeof desk.mode} mode @returns {boolean} whether it can be */
function enter(mode) {
  const why = !desk.current ? bars.dataset.noneHeld : mode === "relay" && letterOf(desk.current) !== "s" ? bars.dataset.noSource : "";
  if (!why) {
    Object.assign(desk, { mode, target: "", isHeld: true });
    refresh();
  }
  announce(why || bars.querySelector(`[data-when=${mode}]`).textContent);
  return !why;
}

/** What Enter means. */
function confirm() {
  const { chosen, current, mode } = desk;
  if (mode === "edges" && chosen.start === edges.old.start && chosen.end === edges.old.end) return leave();
  if (mode === "edges") return give((fields) => toSpan("resize", { ...fields, ...edges.part }, current));
  if (isLinking()) return join(0);
  const act = mainAct();
  if (act === "edit") openCard().querySelector(`[data-open$="=${current}"]`).click();
  if (act === "attach") change("attach", { claim: openClaim() });
  if (act === "open") letterOf(current) === "a" ? open(current) : openAt([current]);
}

/** What it does to a span: edit it on the open card, use it there, or open its claim. @returns {"edit" | "attach" | "open" | ""} */
function mainAct() {
  const { current } = desk;
  const card = openCard();
  const isAllegation = letterOf(current) === "a";
  if (spansOf(card).includes(current)) return card.querySelector(`[data-open$="=${current}"]`) ? "edit" : letterOf(current) === "c" ? "attach" : "";
  if (card && !isAllegation) return "attach";
  return isAllegation || cardsWith([current]).length ? "open" : "";
}

/** The links that fit the span in hand and its target, in both directions. */
function linksToBe() {
  const { current, target, mode } = desk;
  if (!target || target === current) return [];
  return [[current, target], [target, current]].flatMap(([from, to]) => JSON.parse(bench.dataset.linkTypes)
    .filter((one) => one.from.includes(letterOf(from)) && one.to.includes(letterOf(to)))
    .filter(({ type }) => mode !== "relay" || (type === "relayed_by" && from === current))
    .filter(({ same }) => !same || (from === current && letterOf(from) === letterOf(to)))
    .map(({ type, label }) => ({ words: `${nameOf(from)} ${label} ${nameOf(to)}`, type, from_span: from, to_span: to })));
}

/** Make a link. @param {number | string} at which of those that fit */
async function join(at) {
  const { words, ...values } = linksToBe()[at] ?? {};
  const answer = words && await send(() => [bench.dataset.linkUrl, values]);
  if (answer?.successful) leave();
}

/** A digit chooses among links, or sets a value of the span in hand, else of the open claim. @param {number} at */
function digit(at) {
  if (isLinking()) return join(at);
  const key = desk.current || openClaim();
  const [attribute, value, label] = JSON.parse(bench.dataset.values)[letterOf(key)]?.[at] ?? [];
  const tell = ({ successful }) => successful && announce(`${nameOf(key)}: ${label}`);
  if (attribute) send(() => toSpan("describe", { [attribute]: value }, key), tell);
}

/** What is done to the span in hand, by the names of the keymap and of the buttons. @type {Record<string, (value: any) => unknown>} */
export const acts = {
  next_span: () => walk(1),
  previous_span: () => walk(-1),
  main: confirm,
  edges: () => enter("edges") && edges.start(),
  link: () => enter("link"),
  relay: () => enter("relay"),
  retag: () => enter("retag"),
  remove() {
    desk.caret = stretchOf(marksOf(desk.current))?.start ?? desk.caret;
    change("remove");
  },
  // From the open claim; right after an allegation was made, what it took.
  detach() {
    const door = desk.current === openClaim() && openCard()?.querySelector(".took button");
    if (door) door.click();
    else change("detach", { claim: openClaim() });
  },
  zone: () => give((fields) => [bench.dataset.zoneUrl, fields]),
  touch,
  digit,
  pick: (key) => hold(key, desk.touched),
  option: join,
};

function drawHand() {
  const { mode, current, target, touched, isHeld } = desk;
  const bar = byId("spanbar");
  bar.hidden = !byId("tagbar").hidden || !isHeld;
  drawGrips();
  if (bar.hidden) return;
  const place = touched ?? marksOf(current)[0];
  const isInside = current !== openClaim() && spansOf(openCard()).includes(current);
  const opens = letterOf(current) === "a" ? current : cardsWith([current])[0]?.dataset.claim;
  const under = mode ? [] : keysAt(place);
  byId("picks").replaceChildren(
    ...(under.length > 1 ? under : []).map((key) => button("pick", key, nameOf(key))),
    ...linksToBe().map(({ words }, at) => button("option", at, `${at + 1} ${words}`)),
  );
  fill(bar, marksOf(target)[0] ?? place, [isLinking() && "linking", mainAct(), letterOf(current), isInside && "inside"], { opens });
}

/** @param {string} act @param {string | number} value @param {string} words */
function button(act, value, words) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  Object.assign(made.dataset, { act, value });
  if (act === "pick") {
    made.className = `tag ${letterOf(value)}`;
    made.ariaPressed = String(value === desk.current);
  }
  return made;
}
