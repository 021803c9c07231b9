// One queue for all that a bench asks of the server: in order, each with its own values.
import { anchorOf, announce, bench, byId, openClaim } from "./page.js";

/** @typedef {Record<string, string> | FormData} Values */
/** @typedef {{successful?: boolean, xhr?: XMLHttpRequest, reason?: string, conflict?: boolean, claim?: number, span?: number}} Answer */

const TOLD = "ascribe:told";
const NEWS_EVERY = 20_000; // milliseconds

/** @type {Promise<unknown>} */
let queue = Promise.resolve();
let waiting = 0;

/** Do something when all that was sent before has been answered. @template T @param {() => T} act @returns {Promise<Awaited<T>>} */
export const inTurn = (act) => (queue = queue.then(act, act));

/**
 * Post values; the fragments that come back are swapped in.
 * @param {() => [string, Values] | string} turn  address and values, asked for when their turn comes so that they
 *   know what went before; or why there is nothing to send
 * @param {(answer: Answer) => void} [then]  runs before the next in the queue
 * @returns {Promise<Answer>}  never rejects; xhr.status is 0 when nothing came back
 */
export function send(turn, then) {
  waiting += 1;
  showState(bench.dataset.saving);
  return inTurn(async () => {
    const what = turn();
    const answer = typeof what === "string" ? { reason: what } : await ask("POST", what[0], valuesOf(...what));
    waiting -= 1;
    if (!waiting) showState(answer.successful ? bench.dataset.saved : "");
    if (!answer.successful) explain(answer);
    then?.(answer);
    return answer;
  });
}

/** Fetch fragments in turn, after all writes before. @param {string} url */
export const fetchInto = (url) => inTurn(() => ask("GET", url));

/** What every write says, and the version of its span as the page shows it now. @param {string} url @param {Values} values */
function valuesOf(url, values) {
  const key = url.match(/spans\/(\d+)\//)?.[1] ?? "";
  const data = values instanceof FormData ? values : new FormData();
  const about = { ...values, annotation_set: bench.dataset.set ?? "", claim: openClaim() };
  for (const name in about) if (!data.has(name)) data.set(name, about[name]);
  if (anchorOf(key)) data.set("version", anchorOf(key).dataset.v);
  return data;
}

/** Say why something was not saved. @param {Answer} answer */
function explain({ xhr, reason, conflict }) {
  const isLost = [403, 404].includes(xhr?.status);
  const words = reason || (isLost ? bench.dataset.lost : bench.dataset.notSaved);
  announce(words, true);
  if (conflict) byId("conflict-title").focus();
  if (!isLost || reason) return;
  // What is not there any more has gone in another tab: show how things are now.
  sessionStorage.setItem(TOLD, words);
  location.reload();
}

/** @param {string} verb @param {string} url @param {FormData} [values] @returns {Promise<Answer>} */
async function ask(verb, url, values) {
  const answer = {};
  const take = ({ detail }) => Object.assign(answer, detail);
  const names = ["ascribe:changed", "ascribe:refused", "htmx:afterRequest"];
  byId("status").classList.remove("bad");
  for (const name of names) document.body.addEventListener(name, take);
  // The bench is no form: as a form the source of a GET would put its CSRF token into the address.
  // It rejects when nothing comes back: offline, time out.
  await htmx.ajax(verb, url, { source: values ? byId("tagging") : bench, swap: "none", values }).catch(() => {});
  for (const name of names) document.body.removeEventListener(name, take);
  return answer;
}

/** @param {string} [words] */
function showState(words = "") {
  if (byId("saved")) byId("saved").textContent = words;
}

/** Whether somebody else has changed this set. */
async function lookForNews() {
  const { newsUrl, version } = bench.dataset;
  if (!newsUrl || waiting || document.hidden) return;
  const answer = await fetch(`${newsUrl}?version=${version}`).catch(() => null);
  const words = answer?.status === 200 && !answer.redirected ? await answer.text() : "";
  // What this page has sent meanwhile is no news to it.
  if (!words || waiting || version !== bench.dataset.version) return;
  byId("news").replaceChildren(...new DOMParser().parseFromString(words, "text/html").getElementById("news").childNodes);
}

setInterval(lookForNews, NEWS_EVERY);
document.addEventListener("visibilitychange", lookForNews);
// Also on a page that was fetched ahead or comes back from the browser's cache.
addEventListener("pageshow", lookForNews);
document.body.addEventListener("ascribe:changed", ({ detail: { version } }) => { bench.dataset.version = version; });
// What the page before this one had to say when it gave way.
if (sessionStorage[TOLD]) announce(sessionStorage[TOLD], true);
delete sessionStorage[TOLD];
