/* A list of choices below a field, for whoever has some: names after "@", parts after "/", people in a form.
   botschaftPick.offer(field, [{label}], choose) shows it; arrows, Enter, Tab, Escape and the pointer work. A choice
   may have an icon, a sentence (says) and a group, and the list a line that names its keys. */
(function () {
  "use strict";
  if (window.botschaftPick) { return; }
  var box = document.createElement("div"), list = document.createElement("div"), keys = document.createElement("p");
  var field = null, at = -1, choices = [], options = [], chosen = null, SVG = "http://www.w3.org/2000/svg";
  box.className = "pickfrom";
  list.id = "pick-from";
  list.setAttribute("role", "listbox");
  list.tabIndex = 0; /* it scrolls; the keys go to the field */

  function shut() {
    box.remove();
    if (field) {
      field.removeAttribute("aria-activedescendant");
      field.removeAttribute("aria-controls");
      if (field.getAttribute("role") === "combobox") { field.setAttribute("aria-expanded", "false"); }
    }
    field = null;
    at = -1;
  }
  function mark(place) {
    at = (place + options.length) % options.length;
    options.forEach(function (option, index) { option.setAttribute("aria-selected", String(index === at)); });
    if (at) { options[at].scrollIntoView({ block: "nearest" }); } else { list.scrollTop = 0; }
    field.setAttribute("aria-activedescendant", options[at].id);
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
    var edge = area.getBoundingClientRect(), at = area.nodeName === "TEXTAREA" ? cursor(area) : { left: 0, top: area.offsetHeight };
    var home = area.closest("dialog, main") || document.body, from, below, room;
    home.append(box);
    from = (box.offsetParent || document.body).getBoundingClientRect();
    room = document.documentElement.clientWidth - box.offsetWidth - 8;
    below = Math.min(edge.top + at.top, edge.bottom) + 4;
    if (below + box.offsetHeight > window.innerHeight - 72 && below > box.offsetHeight + 90) {
      below -= box.offsetHeight + (area.nodeName === "TEXTAREA" ? 32 : area.offsetHeight + 8);
    }
    box.style.left = Math.max(8, Math.min(edge.left + at.left, room)) - from.left + "px";
    box.style.top = below - from.top + (home.nodeName === "DIALOG" ? home.scrollTop : 0) + "px";
  }
  function drawn(choice, index) {
    var option = document.createElement("div"), says, sign, use;
    option.setAttribute("role", "option");
    option.id = "pick-from-" + index;
    if (choice.icon) {
      sign = document.createElementNS(SVG, "svg");
      use = document.createElementNS(SVG, "use");
      sign.setAttribute("class", "icon");
      sign.setAttribute("aria-hidden", "true");
      use.setAttribute("href", choice.icon);
      sign.append(use);
      option.append(sign);
    }
    option.append(choice.label);
    if (choice.says) {
      says = document.createElement("small");
      says.textContent = choice.says;
      option.append(" ", says);
    }
    return option;
  }
  /* Those of a group under its name. */
  function grouped(found) {
    var names = [];
    found.forEach(function (choice) { if (!names.includes(choice.group)) { names.push(choice.group); } });
    return names.map(function (name, index) {
      var group = document.createElement("div"), title = document.createElement("p");
      group.setAttribute("role", "group");
      title.id = "pick-group-" + index;
      title.textContent = name;
      group.setAttribute("aria-labelledby", title.id);
      group.append.apply(group, [title].concat(options.filter(function (_option, place) { return found[place].group === name; })));
      return group;
    });
  }
  function offer(area, found, act, name, ofKeys) {
    shut();
    if (!found.length) { return; }
    field = area;
    choices = found;
    chosen = act;
    options = found.map(drawn);
    list.setAttribute("aria-label", name || document.body.dataset.textChoices || "");
    list.replaceChildren.apply(list, found[0].group ? grouped(found) : options);
    keys.textContent = ofKeys || "";
    box.classList.toggle("has-signs", Boolean(found[0].icon));
    box.replaceChildren.apply(box, ofKeys ? [list, keys] : [list]);
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
  box.addEventListener("pointerdown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var option = event.target.closest("[role=option]");
    if (option) { choose(options.indexOf(option)); }
  });
  document.addEventListener("focusout", function (event) { if (event.target === field) { shut(); } });
  window.botschaftPick = { offer: offer, shut: shut };
})();
