// Runs in every page that is measured, before its own scripts. Milliseconds are of performance.now().
// A frame counts as painted when the task after its animation callbacks runs.
(() => {
  const probe = { pressed: 0, pending: 0, saved: 0, firstScreen: 0 };
  window.ascribeProbe = probe;

  const painted = (note) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => note(performance.now());
    channel.port2.postMessage("");
  });

  // The whole first screen: paragraphs reach below its edge, or the page is complete.
  const look = () => {
    const blocks = document.querySelectorAll("#text p");
    const last = blocks[blocks.length - 1];
    const isFull = last && last.getBoundingClientRect().top > innerHeight;
    if (last && (isFull || document.readyState !== "loading")) {
      painted((now) => { probe.firstScreen = now; });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // The key press is when the browser received it, not when the page came round to it.
  document.addEventListener("keydown", (event) => {
    probe.pressed = event.timeStamp;
    probe.pending = probe.saved = 0;
    watchPending();
  }, true);

  // The pending mark stands in the registry by the frame that shows it; a save may be quicker still.
  const watchPending = () => {
    const mark = [...(CSS.highlights?.entries() ?? [])].some(([name, one]) => name === "pending" && one.size);
    if (mark || probe.saved) painted((now) => { probe.pending ||= now; });
    else setTimeout(watchPending);
  };

  document.addEventListener("DOMContentLoaded", () => {
    const text = document.querySelector("#text");
    if (!text) return;
    const isDrawn = (nodes) => [...nodes].some((node) => node instanceof Element && node.matches("p[data-o]"));
    new MutationObserver((records) => {
      if (records.some((record) => isDrawn(record.addedNodes))) painted((now) => { probe.saved ||= now; });
    }).observe(text, { childList: true, subtree: true });
  });
})();
