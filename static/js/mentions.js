/* Naming people in a text: "@" and a few letters offer names below the field. Without this, a full name after "@" is
   understood just as well. */
(function () {
  "use strict";
  if (window.botschaftMentions) { return; }
  window.botschaftMentions = true;
  var BEGUN = /(^|[\s(])@([\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]*)?)$/u;
  var list = document.createElement("ul");
  list.className = "pickfrom";
  list.id = "people-to-name";
  list.setAttribute("role", "listbox");
  var field = null, at = -1, asked = 0, timer = 0;

  function options() { return Array.from(list.children); }
  function shut() {
    list.remove();
    if (field) { field.removeAttribute("aria-activedescendant"); field.removeAttribute("aria-controls"); }
    field = null;
    at = -1;
  }
  function mark(place) {
    var all = options();
    at = (place + all.length) % all.length;
    all.forEach(function (option, index) { option.setAttribute("aria-selected", String(index === at)); });
    field.setAttribute("aria-activedescendant", all[at].id);
  }
  function choose(option) {
    var area = field, head = area.value.slice(0, area.selectionStart), rest = area.value.slice(area.selectionStart);
    head = head.replace(BEGUN, function (all, before) { return before + "@" + option.dataset.name + " "; });
    area.value = head + rest.replace(/^ /, "");
    shut();
    area.focus();
    area.setSelectionRange(head.length, head.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function offer(area, people) {
    shut();
    if (!people.length) { return; }
    field = area;
    list.setAttribute("aria-label", document.body.dataset.textPeople || "");
    list.replaceChildren.apply(list, people.map(function (person, index) {
      var option = document.createElement("li");
      option.setAttribute("role", "option");
      option.id = "person-to-name-" + index;
      option.dataset.name = person.name;
      option.textContent = person.name;
      return option;
    }));
    area.insertAdjacentElement("afterend", list);
    area.setAttribute("aria-controls", list.id);
    area.setAttribute("aria-autocomplete", "list");
    mark(0);
  }
  function ask(area) {
    var found = BEGUN.exec(area.value.slice(0, area.selectionStart)), mine = ++asked;
    clearTimeout(timer);
    if (!found || area.selectionStart !== area.selectionEnd) { shut(); return; }
    timer = setTimeout(function () {
      fetch(area.dataset.mentions + "?q=" + encodeURIComponent(found[2]), { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : { people: [] }; })
        .then(function (answer) { if (mine === asked && document.activeElement === area) { offer(area, answer.people); } })
        .catch(shut);
    }, 120);
  }
  document.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.mentions) { ask(event.target); }
  });
  document.addEventListener("keydown", function (event) {
    if (!field || event.target !== field || event.isComposing) { return; }
    if (event.key === "ArrowDown") { mark(at + 1); }
    else if (event.key === "ArrowUp") { mark(at - 1); }
    else if (event.key === "Enter" || event.key === "Tab") { choose(options()[at]); }
    else if (event.key === "Escape") { shut(); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  }, true);
  list.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) { if (event.target.closest("li")) { choose(event.target.closest("li")); } });
  document.addEventListener("focusout", function (event) { if (event.target === field) { asked += 1; shut(); } });
})();
