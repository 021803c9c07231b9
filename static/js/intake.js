// The import page: dropped files go into its real file input, and work in progress is looked at again.

const LOOK_AGAIN = 700; // milliseconds
const QUIET = { slower: 1.5, longest: 5_000 }; // while nothing changes
const UNHEARD = { slower: 2, longest: 30_000 }; // while nobody answers
const BYTES = 2 ** 20; // in a MiB

/** Let files be dropped anywhere on the page; what is chosen is sent at once. @param {HTMLFormElement} form */
function startDropping(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]"));
  const button = /** @type {HTMLButtonElement} */ (input.parentElement?.querySelector("button"));
  const zone = input.closest(".drop");
  button.hidden = true;
  input.addEventListener("change", () => sendWhatFits(form, input, button));
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone?.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone?.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    zone?.classList.remove("over");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    sendWhatFits(form, input, button);
  });
}

/**
 * Send the chosen files; of too much, those that fit stay chosen and a person sends them.
 * @param {HTMLFormElement} form @param {HTMLInputElement} input @param {HTMLButtonElement} button
 */
function sendWhatFits(form, input, button) {
  const files = [...(input.files ?? [])];
  const limit = Number(form.dataset.limit) * BYTES;
  const { fitting, left } = divided(files, limit);
  const news = input.closest(".drop")?.querySelector(".drop-news");
  const names = left.map((file) => file.name).join(", ");
  const words = left.length ? form.dataset.tooLarge : form.dataset.sending;
  const facts = left.length ? [form.dataset.limit ?? "", names] : [files.map((file) => file.name).join(", ")];
  if (news) news.textContent = filled(words ?? "", facts);
  news?.classList.toggle("bad-text", left.length > 0);
  if (left.length) {
    const kept = new DataTransfer();
    for (const file of fitting) kept.items.add(file);
    input.files = kept.files;
  }
  button.hidden = !(left.length && fitting.length);
  if (files.length && !left.length) form.requestSubmit(button);
}

/** The files that go into one request, in order, and those that do not. @param {File[]} files @param {number} limit */
function divided(files, limit) {
  /** @type {{fitting: File[], left: File[]}} */
  const parts = { fitting: [], left: [] };
  let sum = 0;
  for (const file of files) {
    const fits = sum + file.size <= limit;
    if (fits) sum += file.size;
    parts[fits ? "fitting" : "left"].push(file);
  }
  return parts;
}

/** Words with %1 and %2 replaced. @param {string} words @param {string[]} facts */
function filled(words, facts) {
  return words.replace(/%(\d)/g, (_, number) => facts[Number(number) - 1] ?? "");
}

/**
 * Show how far the work is until it is over; then the page has something else to say. It is looked at
 * ever more seldom while nothing changes or nobody answers.
 * @param {HTMLElement} watch @param {number} wait milliseconds before the next look
 */
async function look(watch, wait) {
  const shown = /** @type {HTMLElement} */ (watch.querySelector("#progress"));
  if (shown.dataset.state?.includes("interrupted")) return;
  const answer = await fetch(watch.dataset.watch ?? "", { redirect: "manual" }).catch(() => null);
  const fresh = answer?.ok ? progressIn(await answer.text().catch(() => "")) : null;
  if (answer && (!answer.ok || (fresh && fresh.dataset.state !== shown.dataset.state))) {
    location.reload(); // it is over, or the page says what is wrong, such as to sign in
    return;
  }
  const moved = fresh !== null && fresh.textContent !== shown.textContent;
  if (fresh && moved) shown.replaceWith(document.adoptNode(fresh));
  const { slower, longest } = answer ? QUIET : UNHEARD;
  const next = moved ? LOOK_AGAIN : Math.min(wait * slower, longest);
  setTimeout(() => look(watch, next), next);
}

/** The progress in an answer, if it has any. @param {string} html @returns {HTMLElement | null} */
function progressIn(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector("#progress");
}

/** Begin looking; after a reload with some patience, or one that does not help would loop. @param {HTMLElement} watch */
function startLooking(watch) {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (visit?.type === "reload") setTimeout(() => look(watch, 4 * LOOK_AGAIN), 4 * LOOK_AGAIN);
  else look(watch, LOOK_AGAIN);
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-limit]"));
if (form) startDropping(form);
const watch = /** @type {HTMLElement | null} */ (document.querySelector("[data-watch]"));
if (watch) startLooking(watch);
