/* Keys, choosing and cells of declared lists (ui/_list.html). Without this file boxes, links and forms still work. */
(function () {
  "use strict";
  if (window.botschaftLists) { return; }
  window.botschaftLists = true;
  var kept = [], back = "", before = {}, lastChosen = "";

  function list() { return document.getElementById("list"); }
  function all(selector, within) { return Array.from((within || list() || document).querySelectorAll(selector)); }
  function rows() { return all("[data-row]"); }
  function boxes() { return all("[data-choose]"); }
  function rowAt() {
    var at = document.activeElement && document.activeElement.closest("[data-row]");
    return at && list() && list().contains(at) ? at : null;
  }
  function main(row) { return row.querySelector("[data-row-main]") || row.querySelector("a, button"); }

  /* ------------------------------------------------------------------ choosing */
  function count() {
    var n = boxes().filter(function (box) { return box.checked; }).length;
    all("[data-chosen]").forEach(function (place) { place.textContent = String(n); });
    all("[data-choose-all]").forEach(function (box) {
      box.checked = n > 0 && n === boxes().length;
      box.indeterminate = n > 0 && n < boxes().length;
    });
    return n;
  }
  function choose(row, upTo) {
    var box = row && row.querySelector("[data-choose]"), every = boxes(), from, to;
    if (!box) { return; }
    box.checked = upTo ? true : !box.checked;
    from = every.findIndex(function (each) { return each.id === lastChosen; });
    if (upTo && from >= 0) {
      to = every.indexOf(box);
      every.slice(Math.min(from, to), Math.max(from, to) + 1).forEach(function (each) { each.checked = true; });
    }
    lastChosen = box.id;
    tell();
  }
  function tell() {
    var n = count(), live = document.getElementById("list-live"), words = list() && list().querySelector(".bulk-n");
    if (live && words) { live.textContent = n ? words.textContent.trim() : ""; }
  }
  function none() {
    var last = document.getElementById(lastChosen), row = last && last.closest("[data-row]");
    var hides = document.activeElement && document.activeElement.closest(".bulk");
    boxes().forEach(function (box) { box.checked = false; });
    tell();
    if (hides && row) { main(row).focus(); }
  }
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-choose-all]")) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
      tell();
    } else if (event.target.matches("[data-cellform] select[data-people]")) {
      event.target.form.requestSubmit();
    } else if (event.target.matches("[data-choose]")) {
      lastChosen = event.target.id;
      tell();
    }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-choose-none]")) { none(); }
  });
  /* what a verb of the bar asks for must be said; the other verbs' fields do not count */
  document.addEventListener("click", function (event) {
    var send = event.target.closest(".bulk .sheet [type=submit]"), empty;
    if (!send) { return; }
    empty = all("[data-must]", send.closest(".sheet")).find(function (field) { return !field.value.trim(); });
    if (empty) {
      event.preventDefault();
      empty.setCustomValidity(empty.dataset.must);
      empty.reportValidity();
      empty.addEventListener("input", function () { empty.setCustomValidity(""); }, { once: true });
    }
  });

  /* ---------------------------------------------------------------------- keys */
  function move(step) {
    var every = rows(), at = every.indexOf(rowAt()), next = every[Math.max(0, Math.min(every.length - 1, at + step))];
    if (next) { main(next).focus(); next.scrollIntoView({ block: "nearest" }); }
  }
  function press(control) {
    if (!control) { return false; }
    control.focus();
    control.click();
    if (control.nodeName === "SUMMARY") {
      var field = control.parentElement.querySelector(".sheet summary, .sheet input:not([type=hidden]), .sheet select:not([hidden]), .sheet textarea");
      if (control.parentElement.open && field) { field.focus(); }
    }
    return true;
  }
  document.addEventListener("keydown", function (event) {
    var key = event.key, row = rowAt(), target = event.target, open;
    if (!list() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) { return; }
    if (key === "Escape") {
      open = target.closest && target.closest("[data-cellform]");
      if (open) { event.preventDefault(); cancel(open); return; }
      if (!document.querySelector("dialog[open], details.menu[open]")) { none(); }
      return;
    }
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName) && target.type !== "checkbox") {
      if (key === "Enter" && target.nodeName === "SELECT" && target.form && target.form.matches("[data-cellform]")) {
        event.preventDefault();
        target.form.requestSubmit();
      }
      return;
    }
    if (document.querySelector("dialog[open]")) { return; }
    if (key === "j") { move(1); }
    else if (key === "k") { move(row ? -1 : 0); }
    else if (key === "?" && document.getElementById("list-keys")) { document.getElementById("list-keys").showModal(); }
    else if (key === "x" || key === "X") { choose(row, key === "X"); }
    else if (count() && press(list().querySelector('[data-bulkkey="' + CSS.escape(key) + '"]'))) { /* for all chosen */ }
    else if (row && press(row.querySelector('[data-rowkey="' + CSS.escape(key) + '"]'))) { /* for this row */ }
    else { return; }
    event.preventDefault();
  });

  /* --------------------------------------------------------------------- cells */
  function cancel(form, leaving) {
    var id = form.dataset.cellform, cell = form.closest("td"), was = before[cell && cell.id];
    if (!was) { return; }
    form.dataset.over = "1";
    cell.replaceChildren.apply(cell, was);
    delete before[cell.id];
    if (window.htmx) { window.htmx.process(cell); }
    if (!leaving && document.getElementById(id)) { document.getElementById(id).focus(); }
  }
  function values(form) { return new URLSearchParams(new FormData(form)).toString(); }
  document.addEventListener("htmx:beforeSwap", function (event) {
    var cell = event.detail.target;
    if (cell && cell.matches && cell.matches("td[id^=cell-]") && !cell.querySelector("form")) { before[cell.id] = Array.from(cell.childNodes); }
    kept = event.detail.requestConfig.elt.matches(".bulk") ? [] :
      boxes().filter(function (box) { return box.checked; }).map(function (box) { return box.id; });
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    var form = event.detail.elt;
    if (form.matches("[data-cellform]")) { form.dataset.over = "1"; back = form.dataset.cellform; }
    else if (form.matches("[data-row] form, .bulk")) { back = form.closest("[data-row]") ? "#" + form.closest("[data-row]").id : ""; }
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    var form = event.target.querySelector && event.target.querySelector("[data-cellform]"), place, live, words, field;
    if (form && !form.dataset.first) {
      form.dataset.first = values(form);
      field = form.querySelector("input:not([type=hidden]), select:not([hidden]), textarea");
      field.focus();
      if (field.select) { field.select(); }
      return;
    }
    if (!list()) { return; }
    kept.forEach(function (id) { var box = document.getElementById(id); if (box && box.matches("[data-choose]")) { box.checked = true; } });
    count();
    if (back && (document.activeElement === document.body || document.activeElement === list())) {
      place = back[0] === "#" ? document.getElementById(back.slice(1)) && main(document.getElementById(back.slice(1))) : document.getElementById(back);
      if (place) { place.focus({ preventScroll: true }); }
    }
    back = "";
    live = document.getElementById("list-live");
    words = list().querySelector("[data-list-count]");
    if (live && words && event.detail.elt === list()) { live.textContent = words.textContent; }
  });
  /* a cell saves when it is left */
  document.addEventListener("focusout", function (event) {
    var form = event.target.closest && event.target.closest("[data-cellform]");
    if (!form) { return; }
    setTimeout(function () {
      if (form.dataset.over || !form.isConnected || form.contains(document.activeElement) || !document.hasFocus()) { return; }
      if (values(form) === form.dataset.first) { cancel(form, true); } else { form.requestSubmit(); }
    }, 0);
  });
  count();
})();
