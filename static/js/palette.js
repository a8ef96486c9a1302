/* The search that acts: the first hit is chosen, arrows choose another, Enter does it; what was used last comes first.
   Only addresses are remembered, in this browser and for this person until they sign out; what they are called comes from
   the site each time. */
(function () {
  "use strict";
  var KEPT = 12, dialog = document.getElementById("palette"), field, results, at = -1;
  var box = document.getElementById("waiting"), name = "palette." + (box ? box.dataset.whose : "");
  if (!dialog) { return; }
  field = dialog.querySelector("input[type=search]");
  results = document.getElementById("palette-results");

  function recent() {
    try { return JSON.parse(localStorage.getItem(name) || "[]"); } catch (e) { return []; }
  }
  function note(key) {
    try { localStorage.setItem(name, JSON.stringify([key].concat(recent().filter(function (each) { return each !== key; })).slice(0, KEPT))); }
    catch (e) { /* storage may be closed */ }
  }
  function options() { return Array.from(results.querySelectorAll("[data-act]")); }
  function mark(place) {
    var all = options();
    at = all.length ? Math.max(0, Math.min(place, all.length - 1)) : -1;
    all.forEach(function (option, index) { option.setAttribute("aria-selected", String(index === at)); });
    if (at < 0) { field.removeAttribute("aria-activedescendant"); return; }
    field.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  }
  /* without words what was used last becomes a group of its own, with words it moves up within its group */
  function sort() {
    var used = recent(), first = results.querySelector(".hits"), box, list, found;
    if (!used.length || !first) { return; }
    if (field.value.trim()) {
      results.querySelectorAll(".hits ul").forEach(function (group) {
        used.slice().reverse().forEach(function (key) {
          var option = group.querySelector('[data-act="' + CSS.escape(key) + '"]');
          if (option) { group.prepend(option.closest("li")); }
        });
      });
      return;
    }
    found = used.map(function (key) { return results.querySelector('[data-act="' + CSS.escape(key) + '"]'); }).filter(Boolean).slice(0, 4);
    if (!found.length) { return; }
    box = first.cloneNode(false);
    list = document.createElement("ul");
    box.setAttribute("aria-label", dialog.dataset.textRecent);
    box.append(document.createElement("h2"), list);
    box.firstChild.className = "xs quiet";
    box.firstChild.textContent = dialog.dataset.textRecent;
    found.forEach(function (option) { list.append(option.closest("li")); });
    results.prepend(box);
  }
  function prepare() {
    sort();
    results.querySelectorAll(".hits").forEach(function (group) { group.setAttribute("role", "group"); });
    results.querySelectorAll(".hits ul, .hits li, .hits form").forEach(function (part) { part.setAttribute("role", "presentation"); });
    options().forEach(function (option, index) {
      option.id = "palette-" + index;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
    });
    mark(0);
  }
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", results.id);
  field.setAttribute("aria-expanded", "true");
  field.setAttribute("aria-autocomplete", "list");
  results.setAttribute("role", "listbox");
  results.setAttribute("aria-label", dialog.getAttribute("aria-label"));
  results.addEventListener("htmx:afterSwap", prepare);
  results.addEventListener("click", function (event) {
    var option = event.target.closest("[data-act]");
    if (!option) { return; }
    note(option.dataset.act);
    if (option.dataset.act === "theme" || option.hash && option.pathname === location.pathname) { dialog.close(); }
  });
  results.addEventListener("pointermove", function (event) {
    var option = event.target.closest("[data-act]");
    if (option && options().indexOf(option) !== at) { mark(options().indexOf(option)); }
  });
  field.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step) { event.preventDefault(); mark(at + step); }
    else if (event.key === "Enter" && !event.isComposing && options()[at]) {
      event.preventDefault();
      options()[at].click();
    }
  });
})();
