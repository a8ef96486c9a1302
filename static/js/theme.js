/* Runs before the first paint: the chosen theme, or the device's, and the folded navigation. */
(function () {
  "use strict";
  var root = document.documentElement, theme = null, rail = null;
  try {
    theme = localStorage.getItem("theme");
    rail = localStorage.getItem("rail");
  } catch (e) { /* storage may be closed */ }
  var dark = theme ? theme === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  if (dark && !root.hasAttribute("data-bs-theme")) { root.setAttribute("data-bs-theme", "dark"); }
  if (rail === "folded") { root.classList.add("rail-folded"); }
})();
