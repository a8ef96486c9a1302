/* Choosing people by typing: a field in front of a plain list of choices, or of boxes to tick where there are many of
   them; the list keeps what is chosen and is what is sent. */
(function () {
  "use strict";
  if (window.botschaftPeople) { return; }
  window.botschaftPeople = true;

  function plain(text) { return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); }
  function fits(words, text) {
    var parts = plain(text).split(/[\s(),.@-]+/);
    return plain(words).split(/\s+/).every(function (word) {
      return parts.some(function (part) { return part.startsWith(word); });
    });
  }
  function named(select) {
    var chosen = select.options[select.selectedIndex];
    return chosen && chosen.value ? chosen.textContent.trim() : "";
  }
  function finder(id, placeholder) {
    var field = document.createElement("input");
    field.type = "text";
    field.className = "form-control";
    field.id = id + "-find";
    field.autocomplete = "off";
    field.placeholder = placeholder;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
    return field;
  }
  function onDown(field, act) {
    field.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" && field.getAttribute("aria-expanded") !== "true") { event.preventDefault(); act(); }
    });
  }
  function prepare(select) {
    var label = document.querySelector('label[for="' + CSS.escape(select.id) + '"]'), field;
    var nobody = Array.from(select.options).find(function (option) { return !option.value; });
    if (select.dataset.ready) { return; }
    select.dataset.ready = "1";
    field = finder(select.id, nobody ? nobody.textContent.trim() : "");
    field.value = named(select);
    ["aria-describedby", "aria-invalid", "aria-label"].forEach(function (name) {
      if (select.hasAttribute(name)) { field.setAttribute(name, select.getAttribute(name)); }
    });
    if (label) { label.htmlFor = field.id; }
    select.hidden = true;
    select.after(field);

    function choose(choice) {
      select.value = choice.value;
      field.value = named(select);
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    function offer(words) {
      var found = Array.from(select.options).filter(function (option) {
        return !words ? true : option.value && fits(words, option.textContent);
      });
      window.botschaftPick.offer(field, found.slice(0, 40).map(function (option) {
        return { label: option.textContent.trim(), value: option.value };
      }), choose, label ? label.textContent.trim() : "");
    }
    field.addEventListener("focus", function () { field.select(); });
    field.addEventListener("click", function () { offer(""); });
    field.addEventListener("input", function () { offer(field.value.trim()); });
    onDown(field, function () { offer(""); });
    /* what was typed and not chosen: nobody when it was emptied, else who stood there */
    field.addEventListener("blur", function () {
      if (!field.value.trim() && nobody && select.value) { choose({ value: "" }); }
      field.value = named(select);
    });
  }
  /* Several: those that are ticked, and a field that ticks more. */
  var MANY = 8, SHOWN = 40;
  function prepareSeveral(group) {
    var options = Array.from(group.querySelectorAll(".option")), texts = group.dataset, live = document.createElement("p"), field;
    if (group.dataset.ready || options.length < MANY) { return; }
    group.dataset.ready = "1";
    field = finder(box(options[0]).id, texts.textFind);
    field.setAttribute("aria-label", texts.textFind);
    live.className = "vh";
    live.setAttribute("role", "status");
    group.classList.add("is-found");
    group.before(live, field);

    function box(option) { return option.querySelector("input"); }
    function show() { options.forEach(function (option) { option.hidden = !box(option).checked; }); }
    /* the box after one that is gone, else the one before */
    function near(gone) {
      var all = options.filter(function (option) { return option === gone || !option.hidden; }), at = all.indexOf(gone);
      return all.length > 1 ? box(all[at + 1] || all[at - 1]) : null;
    }
    function say(text, option) { live.textContent = option.textContent.trim() + ": " + text; }
    function choose(choice) {
      box(choice.option).checked = true;
      box(choice.option).dispatchEvent(new Event("change", { bubbles: true }));
    }
    function offer(words) {
      var found = options.filter(function (option) { return !box(option).checked && (!words || fits(words, option.textContent)); });
      window.botschaftPick.offer(field, found.slice(0, SHOWN).map(function (option) {
        return { label: option.textContent.trim(), option: option };
      }), choose, texts.peopleOf);
    }
    group.addEventListener("change", function (event) {
      var option = event.target.closest(".option"), had = document.activeElement === event.target;
      show();
      say(event.target.checked ? texts.textAdded : texts.textRemoved, option);
      field.value = "";
      if (had && option.hidden) { (near(option) || field).focus(); }
    });
    field.addEventListener("click", function () { offer(field.value.trim()); });
    field.addEventListener("input", function () { offer(field.value.trim()); });
    field.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); } });
    field.addEventListener("blur", function () { field.value = ""; });
    onDown(field, function () { offer(field.value.trim()); });
    show();
  }
  function all(within) {
    within.querySelectorAll("[data-people-of]").forEach(prepareSeveral);
    if (within.matches && within.matches("select[data-people]")) { prepare(within); }
    within.querySelectorAll("select[data-people]").forEach(prepare);
  }
  all(document);
  document.addEventListener("htmx:load", function (event) { all(event.detail.elt); });
})();
