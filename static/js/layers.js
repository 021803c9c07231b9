// Which tags the text shows: the buttons above the claims, and the open claim's own marks.

/** @param {HTMLElement} bench */
export function startLayers(bench) {
  const text = /** @type {HTMLElement} */ (bench.querySelector("#text"));
  for (const button of bench.querySelectorAll("[data-layer]")) {
    const layer = /** @type {HTMLElement} */ (button).dataset.layer;
    const apply = () => text.classList.toggle(`hide-${layer}`, button.getAttribute("aria-pressed") !== "true");
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
    apply();
  }
  for (const side of ["mouseover", "focusin"]) bench.addEventListener(side, (event) => lightUp(bench, event.target));
  light(bench);
}

/** The open claim's card, if one is open. @param {HTMLElement} bench @returns {HTMLElement | null} */
export function openCard(bench) {
  return bench.querySelector(".claim.active");
}

/** Draw the spans of the open claim as open. @param {HTMLElement} bench */
export function light(bench) {
  const open = new Set((openCard(bench)?.dataset.spans ?? "").split(" "));
  for (const mark of bench.querySelectorAll("#text mark[data-a]")) {
    const keys = /** @type {HTMLElement} */ (mark).dataset.a?.split(" ") ?? [];
    mark.classList.toggle("on", keys.some((key) => open.has(key)));
  }
}

/** Hover or focus on a card lights its passages, on a passage its cards. @param {HTMLElement} bench @param {EventTarget | null} target */
function lightUp(bench, target) {
  const element = target instanceof Element ? target : null;
  const card = element?.closest(".claim");
  const mark = element?.closest("#text mark[data-a]");
  for (const lit of bench.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (card) for (const key of (/** @type {HTMLElement} */ (card).dataset.spans ?? "").split(" ")) lightSpan(bench, key);
  if (mark) for (const key of (/** @type {HTMLElement} */ (mark).dataset.a ?? "").split(" ")) lightCards(bench, key);
}

/** @param {HTMLElement} bench @param {string} key */
function lightSpan(bench, key) {
  for (const mark of bench.querySelectorAll(`#text mark[data-a~="${key}"]`)) mark.classList.add("lit");
}

/** @param {HTMLElement} bench @param {string} key */
function lightCards(bench, key) {
  for (const card of bench.querySelectorAll(`.claim[data-spans~="${key}"]`)) card.classList.add("lit");
}
