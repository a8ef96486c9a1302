/* Choosing a person by typing: a field in front of a plain list of choices, which keeps the value and is what is sent. */
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
  function prepare(select) {
    var field = document.createElement("input"), label = document.querySelector('label[for="' + CSS.escape(select.id) + '"]');
    var nobody = Array.from(select.options).find(function (option) { return !option.value; });
    if (select.dataset.ready) { return; }
    select.dataset.ready = "1";
    field.type = "text";
    field.className = "form-control";
    field.id = select.id + "-find";
    field.autocomplete = "off";
    field.placeholder = nobody ? nobody.textContent.trim() : "";
    field.value = named(select);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
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
    field.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" && field.getAttribute("aria-expanded") !== "true") { event.preventDefault(); offer(""); }
    });
    /* what was typed and not chosen: nobody when it was emptied, else who stood there */
    field.addEventListener("blur", function () {
      if (!field.value.trim() && nobody && select.value) { choose({ value: "" }); }
      field.value = named(select);
    });
  }
  function all(within) {
    if (within.matches && within.matches("select[data-people]")) { prepare(within); }
    within.querySelectorAll("select[data-people]").forEach(prepare);
  }
  all(document);
  document.addEventListener("htmx:load", function (event) { all(event.detail.elt); });
})();
