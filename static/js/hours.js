/* The bar below says which hour is chosen. Without this the page works as a form. */
(() => {
  "use strict";
  const bar = document.querySelector("[data-hourpick]");
  if (!bar) return;
  const say = () => {
    const chosen = document.querySelector('input[name="slot"]:checked');
    if (!chosen) return;
    bar.querySelector("[data-when]").textContent = chosen.dataset.when;
    bar.querySelector("[data-who]").textContent = chosen.dataset.who;
  };
  document.addEventListener("change", (event) => {
    if (event.target.name === "slot") say();
  });
  say();
})();
