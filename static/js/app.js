/* Small habits of every page. Each page works without them; they only make it quicker. */
(function () {
  "use strict";
  var root = document.documentElement;
  var quietTime = 8000;

  function remember(key, value) {
    try { localStorage.setItem(key, value); } catch (e) { /* storage may be closed */ }
  }
  function each(selector, within, act) {
    (within || document).querySelectorAll(selector).forEach(act);
  }
  function text(name) { return document.body.dataset[name] || ""; }

  /* ---------------------------------------------------------------- toasts */
  /* the focus stays near what was pressed: the next message, else the page's own part; never at the top of the frame */
  function focusWord() {
    var place = document.querySelector("#toasts [data-toast]") || document.getElementById("content");
    if (!place) { return; }
    if (!place.hasAttribute("tabindex")) { place.tabIndex = -1; }
    place.focus({ preventScroll: true });
  }
  function shut(toast) {
    var held = toast.contains(document.activeElement);
    toast.remove();
    if (held) { focusWord(); }
  }
  /* undo is a plain form and loads the page anew: on it the focus goes to what was done, or back to the page */
  document.addEventListener("submit", function (event) {
    if (event.target.closest("#toasts")) { try { sessionStorage.setItem("toasted", "1"); } catch (e) { /* closed */ } }
  });
  function returnFocus() {
    try {
      if (!sessionStorage.getItem("toasted")) { return; }
      sessionStorage.removeItem("toasted");
    } catch (e) { return; }
    if (!document.activeElement || document.activeElement === document.body) { focusWord(); }
  }
  function watchToast(toast) {
    if (toast.dataset.watched) { return; }
    toast.dataset.watched = "1";
    /* what can be undone, or went wrong, stays until it is closed */
    if (toast.querySelector("form") || toast.classList.contains("is-late")) { return; }
    var timer = setTimeout(function () { shut(toast); }, quietTime);
    toast.addEventListener("pointerenter", function () { clearTimeout(timer); });
    toast.addEventListener("focusin", function () { clearTimeout(timer); });
  }
  function say(words, late) {
    var box = document.getElementById("toasts");
    if (!box || !words) { return; }
    var toast = document.createElement("div");
    toast.className = "toast-line" + (late ? " is-late" : "");
    toast.dataset.toast = "";
    var span = document.createElement("span");
    span.textContent = words;
    var close = document.createElement("button");
    close.type = "button";
    close.className = "shut";
    close.dataset.toastClose = "";
    close.setAttribute("aria-label", text("textClose"));
    close.textContent = "×";
    toast.append(span, close);
    box.append(toast);
    watchToast(toast);
  }

  /* --------------------------------------------------------------- palette */
  function openPalette() {
    var dialog = document.getElementById("palette");
    if (!dialog || dialog.open) { return !!dialog; }
    dialog.showModal();
    var field = dialog.querySelector("input");
    field.select();
    if (window.htmx) { window.htmx.trigger(field, "palette-open"); }
    return true;
  }
  /* A sheet over the phone's page is put away: nothing is chosen any more, what was typed stays until it is opened again. */
  function closeSheet(link) {
    var sheet = link.closest("form"), place = document.getElementById("content");
    each("[name=kind]:checked", sheet, function (kind) { kind.checked = false; });
    sheet.classList.add("is-shut");
    if (sheet.contains(document.activeElement)) { place.focus({ preventScroll: true }); }
  }
  ["input", "change", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var sheet = event.target.closest && event.target.closest(".is-shut");
      if (sheet && (kind !== "focusin" || event.target.name === "url")) { sheet.classList.remove("is-shut"); }
    });
  });
  /* ---------------------------------------------------------------- clicks */
  function toggleTheme() {
    var dark = root.getAttribute("data-bs-theme") === "dark";
    if (dark) { root.removeAttribute("data-bs-theme"); } else { root.setAttribute("data-bs-theme", "dark"); }
    remember("theme", dark ? "light" : "dark");
  }
  function showRail() {
    var folded = root.classList.contains("rail-folded");
    each("[data-rail-toggle]", document, function (button) { button.setAttribute("aria-pressed", String(folded)); });
  }
  function copy(button) {
    var source = button.dataset.copyFrom ? document.querySelector(button.dataset.copyFrom) : null;
    var words = source ? source.value || source.textContent : button.dataset.copy;
    if (navigator.clipboard) {
      navigator.clipboard.writeText(words.trim()).then(function () { say(text("textCopied")); });
    } else if (source && source.select) {
      source.select();
    }
  }
  document.addEventListener("click", function (event) {
    var at = event.target.closest.bind(event.target), found;
    each("details.menu[open]", document, function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
    found = at("[data-sheet-close]");
    if (found) { event.preventDefault(); closeSheet(found); }
    if (at("[data-toast-close]")) { shut(at("[data-toast]")); }
    if (at("[data-theme-toggle]")) { toggleTheme(); }
    if (at("[data-rail-toggle]")) {
      root.classList.toggle("rail-folded");
      remember("rail", root.classList.contains("rail-folded") ? "folded" : "open");
      showRail();
      window.dispatchEvent(new Event("resize"));
    }
    if (at("[data-palette]") && openPalette()) { event.preventDefault(); }
    found = at("[data-dialog]");
    if (found) {
      var dialog = document.getElementById(found.dataset.dialog);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
    }
    found = at("[data-close]");
    if (found && found.closest("dialog")) { event.preventDefault(); found.closest("dialog").close(); }
    if (event.target.nodeName === "DIALOG") { event.target.close(); }
    found = at("[data-copy], [data-copy-from]");
    if (found) { copy(found); }
    if (at("[data-print]")) { (window.charts ? window.charts.all() : Promise.resolve()).then(function () { window.print(); }); }
  });

  /* the page for when there is no connection; it keeps no page of anybody */
  if ("serviceWorker" in navigator && window.isSecureContext) {
    window.addEventListener("load", function () { navigator.serviceWorker.register("/worker.js").catch(function () {}); });
  }

  /* nobody looks at a hidden page: its bell need not ask */
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (document.hidden && event.target.id === "bell") { event.preventDefault(); }
  });

  /* ------------------------------------------------------------------ keys */
  function writing(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName);
  }
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      if (openPalette()) { event.preventDefault(); }
      return;
    }
    if (event.key === "Escape") {
      each("[data-sheet-close]", document, function (link) { if (link.getClientRects().length) { closeSheet(link); } });
      each("details.menu[open]", document, function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
        event.preventDefault(); /* it is what this press was for: a list keeps its selection until the next one */
      });
    }
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) { return; }
    if (event.key === "/" && openPalette()) { event.preventDefault(); return; }
    each("[data-shortcut]", document, function (control) {
      if (control.dataset.shortcut === event.key) { event.preventDefault(); control.focus(); control.click(); }
    });
  });

  /* ----------------------------------------------------------------- forms */
  function countCharacters(area) {
    var place = document.querySelector(area.dataset.count);
    if (place) { place.textContent = area.maxLength > 0 ? area.value.length + " / " + area.maxLength : String(area.value.length); }
  }
  function nameFiles(input) {
    var place = input.closest("[data-drop]").querySelector("[data-drop-name]");
    var names = Array.from(input.files).map(function (file) { return file.name; });
    if (place && names.length) { place.textContent = names.join(", "); }
  }
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.type === "file" && field.closest("[data-drop]")) { nameFiles(field); }
    if ("submit" in field.dataset && field.form) { field.form.requestSubmit(); }
  });
  document.addEventListener("input", function (event) {
    if (event.target.dataset && event.target.dataset.count) { countCharacters(event.target); }
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!("once" in form.dataset)) { return; }
    /* what a form saves by itself must not replace it while it is on its way to another page */
    setTimeout(function () { if (!event.defaultPrevented) { form.dataset.leaving = "1"; } }, 0);
    each("button[type=submit]", event.target, function (button) {
      /* after the browser has read the button's value */
      setTimeout(function () { button.disabled = true; }, 0);
    });
  });
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) { return; }
    each("form[data-once] button[type=submit]", document, function (button) { button.disabled = false; });
    each("form[data-leaving]", document, function (form) { delete form.dataset.leaving; });
    try { sessionStorage.removeItem("typed"); } catch (e) { /* storage may be closed */ }
  });
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var area = event.target.closest && event.target.closest("[data-drop]");
      if (!area) { return; }
      area.classList.toggle("is-over", kind === "dragover");
      if (kind === "dragover") { event.preventDefault(); }
      if (kind === "drop" && event.dataTransfer.files.length) {
        event.preventDefault();
        var input = area.querySelector("input[type=file]");
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  });

  /* Another language is another page: what was typed and ticked comes along, once, in this tab only. No passwords. */
  function typed() {
    var seen = {}, found = {};
    each("form [name]", document, function (field) {
      var box = field.type === "checkbox" || field.type === "radio", name = field.name + (box ? "=" + field.value : "");
      if (field.closest(".languages, .menu, .filterbar") || /^(hidden|password|file|submit|button)$/.test(field.type)) { return; }
      seen[name] = (seen[name] || 0) + 1;
      found[name + " " + seen[name]] = { field: field, as: box ? "checked" : "value" };
    });
    return found;
  }
  document.addEventListener("submit", function (event) {
    if (!event.target.classList.contains("languages")) { return; }
    var found = typed(), values = {};
    Object.keys(found).forEach(function (name) { values[name] = found[name].field[found[name].as]; });
    values = { from: location.href.split("#")[0], typed: values };
    try { sessionStorage.setItem("typed", JSON.stringify(values)); } catch (e) { /* storage may be closed */ }
  });
  function bringBack() {
    var values = sessionStorage.getItem("typed"), found = typed();
    if (!values) { return; }
    sessionStorage.removeItem("typed");
    values = JSON.parse(values);
    /* not from where it was typed: the answer never came, and a field of that name asks for something else here */
    if (values.from !== document.referrer) { return; }
    values = values.typed;
    Object.keys(values).forEach(function (name) {
      if (found[name] && found[name].field[found[name].as] !== values[name]) {
        found[name].field[found[name].as] = values[name];
        found[name].field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }
  try { bringBack(); } catch (e) { /* what cannot be read is not brought */ }

  /* The answer of a form gets the address of the form: the way back and "reload" ask for that page and send nothing twice.
     The browser fills in again what stood in the fields. */
  function answeredAt() {
    var from = document.referrer, here = location.href;
    if (!from.startsWith(location.origin + "/")) { from = here; }
    each("form:not([action])", document, function (form) { form.setAttribute("action", here); });
    history.replaceState(history.state, "", from);
  }
  if ("answer" in document.body.dataset) { answeredAt(); }

  /* Who signs out leaves nothing in this browser, from whatever page: no text, nothing that was looked for, no line that the
     device shows, and no address under which another could still come. Other windows keep nothing any more (js/offline.js). */
  function leave(whose) {
    try {
      Object.keys(localStorage).filter(function (name) {
        return name === "palette" || /^(draft|arrival|palette)$/.test(name.split(".")[0]) && name.split(".")[1] === whose;
      }).forEach(function (name) { localStorage.removeItem(name); });
      ["whose", "sign-in"].forEach(function (name) { localStorage.removeItem(name); });
      sessionStorage.removeItem("typed");
    } catch (e) { /* storage is closed: nothing is in it */ }
    tellWorker("leaves");
  }
  function tellWorker(word) {
    var worker = navigator.serviceWorker && navigator.serviceWorker.controller;
    if (worker) { worker.postMessage(word); }
  }
  document.addEventListener("submit", function (event) {
    var form = event.target, box = document.getElementById("waiting"), whose = form.dataset.signsOut;
    if (box && new URL(form.action, location.href).pathname === box.dataset.leaves) { whose = box.dataset.whose; }
    if (!whose) { return; }
    document.dispatchEvent(new CustomEvent("botschaft:leaves", { detail: whose }));
    leave(whose);
    if (window.BroadcastChannel) { new BroadcastChannel("botschaft-leaves").postMessage(whose); }
  });

  /* A form beside another one takes along what is typed there: what it does is done with what one sees. */
  document.addEventListener("formdata", function (event) {
    var other = document.getElementById(event.target.dataset.with || "");
    if (!other) { return; }
    new FormData(other).forEach(function (value, name) { if (!event.formData.has(name)) { event.formData.append(name, value); } });
  });

  /* On the phone the page gets its room: what stands above and below goes while one reads on, and is back at once when one
     looks back, comes to an end or uses the keyboard. A finger that presses something does not bring it: it would come
     between the finger and the button. */
  var seenAt = 0, isPressed = false;
  document.addEventListener("pointerdown", function () { isPressed = true; }, true);
  document.addEventListener("keydown", function () { isPressed = false; }, true);
  window.addEventListener("scroll", function () {
    var now = window.scrollY, left = root.scrollHeight - window.innerHeight - now;
    if (Math.abs(now - seenAt) < 12) { return; }
    root.classList.toggle("is-reading", now > seenAt && now > 80 && left > 80);
    seenAt = now;
  }, { passive: true });
  document.addEventListener("focusin", function () { if (!isPressed) { root.classList.remove("is-reading"); } });

  /* ----------------------------------------------------------------- start */
  function prepare(within) {
    each("[data-indeterminate]", within, function (box) { box.indeterminate = true; });
    each("[data-toast]", within, watchToast);
    each("[data-count]", within, countCharacters);
    each(".tabs-line [aria-current]", within, function (tab) { tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 40; });
    each("[data-focus]", within, function (place) { place.focus(); });
    each("dialog[data-open]", within, function (dialog) { if (!dialog.open) { dialog.showModal(); } });
  }
  each("[data-key]", document, function (key) {
    if (/Mac|iPhone|iPad/.test(navigator.platform)) { key.textContent = "⌘ K"; }
  });
  returnFocus();
  prepare(document);
  showRail();
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
  document.addEventListener("htmx:oobAfterSwap", function () { prepare(document); });
  document.addEventListener("htmx:afterSettle", function (event) {
    /* the control that was pressed is gone: stay near it instead of at the top of the page */
    var near = event.detail.elt.closest("[data-keep-focus]") || document.querySelector("[data-keep-focus]");
    if (near && (!document.activeElement || document.activeElement === document.body)) { near.focus({ preventScroll: true }); }
  });
  /* an address says only what was chosen */
  document.addEventListener("htmx:configRequest", function (event) {
    var asked = event.detail;
    if (asked.verb !== "get" || !event.target.matches(".filterbar")) { return; }
    Array.from(asked.formData.keys()).forEach(function (name) { if (!asked.formData.get(name)) { asked.formData.delete(name); } });
  });
  document.addEventListener("htmx:responseError", function () { say(text("textFailed"), true); });
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (event.target.matches("form[data-leaving]")) { event.detail.shouldSwap = false; }
  });
  /* it was not taken: the form can be sent again */
  ["htmx:sendError", "htmx:responseError"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      if (event.target.matches("form[data-once]")) {
        each("button[type=submit]", event.target, function (button) { button.disabled = false; });
      }
    });
  });
  /* a person closed the device's question, or it has no passkey for this site */
  document.addEventListener("allauth.error", function (event) { event.preventDefault(); say(text("textPasskey"), true); });
  document.addEventListener("htmx:sendError", function (event) {
    /* what the page asks by itself, such as the bell, comes again: only what somebody pressed is worth a word */
    if (event.detail.requestConfig && event.detail.requestConfig.triggeringEvent) { say(text("textOffline"), true); }
  });
  /* the strict policy refuses <style>; the program's own classes do the same */
  window.botschaft = { say: say, leave: leave, tellWorker: tellWorker };
})();
