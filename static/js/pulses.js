/* A digit answers the question one is at, and goes on to the next. Without this the page works as a form. */
(() => {
  "use strict";
  const form = document.querySelector("[data-pulse]");
  if (!form) return;
  const asks = [...form.querySelectorAll("[data-ask]")];
  const current = () => {
    const here = document.activeElement && document.activeElement.closest("[data-ask]");
    return here || asks.find((each) => !each.querySelector(":checked"));
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    if (event.target.matches("textarea, input:not([type=radio])")) return;
    const ask = current();
    const option = ask && ask.querySelector(`input[value="${event.key}"]`);
    if (!option) return;
    event.preventDefault();
    option.checked = true;
    const next = asks[asks.indexOf(ask) + 1];
    (next ? next.querySelector("input") : form.querySelector("button[value=answer]")).focus();
  });
})();
