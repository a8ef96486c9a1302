/* A newsletter is saved while it is typed. Without a connection what is not saved yet stays on this device, also when the
   window is closed, and is sent again by itself. What another writer has changed comes into a field that was left as it was;
   where something was typed in between, the field stays, and the next saving shows both texts. */
(function () {
  "use strict";
  var form = document.getElementById("issue-form"), sender = form && form.querySelector("[data-autosave]");
  if (!sender) { return; }
  var NOWHERE = { put: function () { return false; }, get: function () { return null; }, drop: function () { return null; } };
  var here = window.botschaftHere || NOWHERE, key = sender.dataset.autosave, SOON = 500, AGAIN = 5000, PATIENCE = 25000;
  var version = function () { return document.getElementById("id_version"); };
  var ground, onItsWay, timer, isSent = false, isSaved = false;

  function fields() { return Array.from(form.querySelectorAll("[name^=subject_], [name^=body_]")); }
  function seen(name) { return document.getElementById("id_seen_" + name); }
  function values() { return new Map(fields().map(function (field) { return [field.name, field.value]; })); }
  function same(one, other) { return one.trim() === other.trim(); }

  /* ------------------------------------------------------------------ kept on this device */
  function keepHere() {
    var texts = {};
    fields().forEach(function (field) {
      if (field.value !== ground.get(field.name)) { texts[field.name] = { text: field.value, seen: seen(field.name).value }; }
    });
    if (!Object.keys(texts).length) { here.drop(key); return false; }
    return here.put(key, { version: version().value, texts: texts });
  }
  function bringBack() {
    var kept = here.get(key), found;
    if (!kept || !kept.texts) { return; }
    found = fields().filter(function (field) { return kept.texts[field.name] && !same(kept.texts[field.name].text, field.value); });
    if (!found.length || form.dataset.conflict) { here.drop(key); return; }
    found.forEach(function (field) {
      field.value = kept.texts[field.name].text;
      seen(field.name).value = kept.texts[field.name].seen;
    });
    version().value = kept.version; /* the site finds out what others have changed since */
    failed(true);
    later(SOON); /* htmx is about to look at the page */
  }

  /* ------------------------------------------------------------------ sent again */
  function failed(isTried) {
    var state = document.getElementById("save-state"), isKept = keepHere();
    sender.dataset.unkept = "1";
    state.classList.add("late");
    state.textContent = isTried ? sender.dataset.textAgain : sender.dataset.textRefused;
    if (isKept) { state.textContent += " " + sender.dataset.textHere; }
  }
  function again() {
    later(PATIENCE); /* should no answer come at all */
    window.htmx.trigger(sender, "again");
  }
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(again, wait);
  }
  ["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var answer = event.detail.xhr ? event.detail.xhr.status : 0, isTried = answer < 400 || answer >= 500;
      if (event.target !== sender) { return; }
      event.stopImmediatePropagation(); /* the line says it */
      failed(isTried);
      clearTimeout(timer);
      if (isTried) { later(AGAIN); }
    }, true);
  });
  window.addEventListener("online", function () { if (sender.dataset.unkept) { again(); } });
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target === sender || event.target.closest("#outline")) { onItsWay = values(); } /* both save all that is typed */
  });
  document.body.addEventListener("issue-saved", function () {
    clearTimeout(timer);
    ground = onItsWay;
    delete sender.dataset.unkept;
    isSaved = true;
  });

  /* ------------------------------------------------------------------ the other writer's texts */
  function take(found) {
    var name = found.dataset.theirs, field = document.getElementById("id_" + name), texts = found.querySelectorAll("pre"), start, end;
    if (field && field.value === texts[1].textContent) {
      start = field.selectionStart;
      end = field.selectionEnd;
      field.value = texts[0].textContent;
      if (field === document.activeElement) { field.setSelectionRange(start, end); }
      seen(name).value = found.dataset.mark;
      ground.set(name, field.value);
      field.dispatchEvent(new CustomEvent("botschaft:theirs", { bubbles: true }));
    }
    found.remove();
  }
  document.addEventListener("htmx:afterSettle", function () {
    document.querySelectorAll("#theirs [data-theirs]").forEach(take);
    if (isSaved) { isSaved = false; keepHere(); }
  });

  /* ------------------------------------------------------------------ the window goes */
  function keepWhatIsTyped() { if (!isSent) { keepHere(); } }
  window.addEventListener("pagehide", keepWhatIsTyped);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { keepWhatIsTyped(); } });
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented || (event.target !== form && event.target.dataset.with !== form.id)) { return; }
    isSent = true;
    here.drop(key);
  });
  form.addEventListener("input", function () { isSent = false; });

  ground = new Map(fields().map(function (field) { return [field.name, field.defaultValue]; }));
  bringBack();
})();
