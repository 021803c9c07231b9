// One queue for all that a bench asks of the server: in order, each with its own values.

/** @typedef {Record<string, string | string[]>} Values */
/** @typedef {{ok: boolean, status: number, reason: string, claim: number | null, span: number | null}} Answer */

/** @type {Promise<unknown>} */
let queue = Promise.resolve();
let waiting = 0;
const TOLD = "ascribe:told";

/**
 * Post values; the fragments that come back are swapped in.
 * @param {HTMLElement} bench
 * @param {string} url
 * @param {() => Values} valuesNow  read when its turn comes, so that it knows what went before
 * @returns {Promise<Answer>}  never rejects; status 0 when nothing came back
 */
export function send(bench, url, valuesNow) {
  waiting += 1;
  showState(bench, bench.dataset.saving);
  const source = /** @type {HTMLElement} */ (bench.querySelector("#tagging"));
  const sent = queue.then(() => ask("POST", url, { source, values: valuesNow() }));
  queue = sent;
  return sent.then((answer) => {
    waiting -= 1;
    if (!waiting) showState(bench, answer.ok ? bench.dataset.saved : "");
    const isLost = answer.status === 403 || answer.status === 404;
    const words = isLost ? bench.dataset.lost : bench.dataset.notSaved;
    if (!answer.ok) announce(answer.reason || words || "", true);
    if (isLost && !answer.reason) reloadTelling(words ?? "");
    return answer;
  });
}

/** Fetch fragments in turn, after all writes before. @param {HTMLElement} bench @param {string} url @returns {Promise<Answer>} */
export function fetchInto(bench, url) {
  // The bench is no form: as a form the source would put its CSRF token into the address.
  const fetched = queue.then(() => ask("GET", url, { source: bench, values: {} }));
  queue = fetched;
  return fetched;
}

/** What a form would send, the pressed button included. @param {HTMLFormElement} form @param {HTMLElement | null} button @returns {Values} */
export function valuesOf(form, button) {
  /** @type {Values} */
  const values = {};
  const data = new FormData(form, button);
  for (const name of new Set(data.keys())) {
    const all = data.getAll(name).map(String);
    values[name] = all.length > 1 ? all : all[0];
  }
  return values;
}

/** What the page before this one had to say when it gave way. */
export function tellAfterReload() {
  const words = sessionStorage.getItem(TOLD);
  sessionStorage.removeItem(TOLD);
  if (words) announce(words, true);
}

/** What is not there any more has gone in another tab: show how things are now. @param {string} words */
function reloadTelling(words) {
  sessionStorage.setItem(TOLD, words);
  location.reload();
}

/** Say it in the live region. @param {string} words @param {boolean} [isBad] */
export function announce(words, isBad = false) {
  const status = document.querySelector("#status");
  status?.classList.toggle("bad", isBad);
  if (status) status.textContent = words;
}

/** @param {string} method @param {string} url @param {{source: HTMLElement, values: Values}} what @returns {Promise<Answer>} */
async function ask(method, url, { source, values }) {
  const answer = { ok: false, status: 0, reason: "", claim: null, span: null };
  document.querySelector("#status")?.classList.remove("bad");
  const stops = [
    listen("ascribe:changed", ({ detail }) => { answer.claim = detail.claim; answer.span = detail.span; }),
    listen("ascribe:refused", ({ detail }) => { answer.reason = detail.reason; }),
    listen("htmx:afterRequest", ({ detail }) => { answer.status = detail.xhr.status; }),
  ];
  // It rejects when nothing comes back (offline, time out); the status then stays 0.
  await window.htmx.ajax(method, url, { source, target: source, swap: "none", values }).catch(() => {});
  for (const stop of stops) stop();
  answer.ok = answer.status >= 200 && answer.status < 300;
  return answer;
}

/** @param {string} name @param {(event: CustomEvent) => void} act @returns {() => void} */
function listen(name, act) {
  const handler = /** @type {EventListener} */ (act);
  document.body.addEventListener(name, handler);
  return () => document.body.removeEventListener(name, handler);
}

/** @param {HTMLElement} bench @param {string | undefined} words */
function showState(bench, words) {
  const saved = bench.querySelector("#saved");
  if (saved) saved.textContent = words ?? "";
}
