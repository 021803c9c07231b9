// For every page: what needs script is shown, and a form is sent once; a bench sends its own through a queue.
for (const element of document.querySelectorAll("[data-js]")) element.hidden = false;

document.addEventListener("submit", (event) => {
  const { dataset, method } = event.target;
  if (event.defaultPrevented || method === "dialog") return;
  if (dataset.sent) event.preventDefault();
  dataset.sent = "yes";
});

// A page from the browser's back-forward cache can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Choices of a filter show their result at once.
document.querySelector("form.build")?.addEventListener("change", ({ currentTarget }) => currentTarget.requestSubmit());
