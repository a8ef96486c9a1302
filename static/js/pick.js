/* A list of choices below a field, for whoever has some: names after "@", parts after "/", people in a form.
   botschaftPick.offer(field, [{label, hint}], choose) shows it; arrows, Enter, Tab, Escape and the pointer work. */
(function () {
  "use strict";
  if (window.botschaftPick) { return; }
  var list = document.createElement("ul"), field = null, at = -1, choices = [], chosen = null;
  list.className = "pickfrom";
  list.id = "pick-from";
  list.setAttribute("role", "listbox");

  function shut() {
    list.remove();
    if (field) {
      field.removeAttribute("aria-activedescendant");
      field.removeAttribute("aria-controls");
      if (field.getAttribute("role") === "combobox") { field.setAttribute("aria-expanded", "false"); }
    }
    field = null;
    at = -1;
  }
  function mark(place) {
    var all = Array.from(list.children);
    at = (place + all.length) % all.length;
    all.forEach(function (option, index) { option.setAttribute("aria-selected", String(index === at)); });
    all[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[at].id);
  }
  function choose(place) {
    var area = field, act = chosen, choice = choices[place];
    shut();
    area.focus();
    act(choice);
  }
  /* Where the cursor stands in a text: the same words in a block of the same shape, measured. */
  function cursor(area) {
    var copy = document.createElement("div"), end = document.createElement("span"), own = getComputedStyle(area), found;
    ["fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing", "paddingTop", "paddingLeft", "paddingRight",
      "borderTopWidth", "borderLeftWidth", "borderRightWidth", "boxSizing", "width"].forEach(function (name) {
      copy.style[name] = own[name];
    });
    copy.style.position = "absolute";
    copy.style.visibility = "hidden";
    copy.style.borderStyle = "solid";
    copy.style.whiteSpace = "pre-wrap";
    copy.style.overflowWrap = "break-word";
    copy.textContent = area.value.slice(0, area.selectionStart);
    end.textContent = "|";
    copy.append(end);
    document.body.append(copy);
    found = { left: end.offsetLeft, top: end.offsetTop + end.offsetHeight - area.scrollTop };
    copy.remove();
    return found;
  }
  /* Below the cursor of a text, below a one-line field; never out of sight, and above the rest of a dialog. */
  function put(area) {
    var box = area.getBoundingClientRect(), at = area.nodeName === "TEXTAREA" ? cursor(area) : { left: 0, top: area.offsetHeight };
    var home = area.closest("dialog, main") || document.body, from, below, room;
    home.append(list);
    from = (list.offsetParent || document.body).getBoundingClientRect();
    room = document.documentElement.clientWidth - list.offsetWidth - 8;
    below = Math.min(box.top + at.top, box.bottom) + 4;
    if (below + list.offsetHeight > window.innerHeight - 72 && below > list.offsetHeight + 90) {
      below -= list.offsetHeight + (area.nodeName === "TEXTAREA" ? 32 : area.offsetHeight + 8);
    }
    list.style.left = Math.max(8, Math.min(box.left + at.left, room)) - from.left + "px";
    list.style.top = below - from.top + (home.nodeName === "DIALOG" ? home.scrollTop : 0) + "px";
  }
  function offer(area, found, act, name) {
    shut();
    if (!found.length) { return; }
    field = area;
    choices = found;
    chosen = act;
    list.setAttribute("aria-label", name || document.body.dataset.textChoices || "");
    list.replaceChildren.apply(list, found.map(function (choice, index) {
      var option = document.createElement("li"), hint;
      option.setAttribute("role", "option");
      option.id = "pick-from-" + index;
      option.textContent = choice.label;
      if (choice.hint) {
        hint = document.createElement("small");
        hint.textContent = choice.hint;
        option.append(hint);
      }
      return option;
    }));
    put(area);
    area.setAttribute("aria-controls", list.id);
    area.setAttribute("aria-autocomplete", "list");
    if (area.getAttribute("role") === "combobox") { area.setAttribute("aria-expanded", "true"); }
    mark(0);
  }
  document.addEventListener("keydown", function (event) {
    if (!field || event.target !== field || event.isComposing) { return; }
    if (event.key === "ArrowDown") { mark(at + 1); }
    else if (event.key === "ArrowUp") { mark(at - 1); }
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) { choose(at); }
    else if (event.key === "Escape") { shut(); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  }, true);
  list.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var option = event.target.closest("li");
    if (option) { choose(Array.from(list.children).indexOf(option)); }
  });
  document.addEventListener("focusout", function (event) { if (event.target === field) { shut(); } });
  window.botschaftPick = { offer: offer, shut: shut };
})();
