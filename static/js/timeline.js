/* Moving bars of the timeline (programs/checklists): dragging and arrow keys fill in a form, which the server judges.
   Without this, the form on the phase's page does the same. */
(function () {
  "use strict";
  if (window.botschaftTimeline) { return; }
  window.botschaftTimeline = true;
  var DAY = 86400000, PAUSE = 900, GRIP = 12, LONG = 400, STILL = 8, held = null, waiting = null, pressed = null;

  function day(text) { return Date.parse(text + "T00:00:00Z"); }
  function iso(moment) { return new Date(moment).toISOString().slice(0, 10); }
  function perDay(bar) {
    var picture = bar.closest("svg.gantt");
    return picture.getBoundingClientRect().width / Number(picture.dataset.days);
  }
  function shift(bar) { return bar.shift || (bar.shift = { start: 0, end: 0 }); }
  function show(bar) {
    var by = shift(bar), pixels = perDay(bar), status = document.getElementById("gantt-said");
    bar.querySelectorAll("rect.ph, rect.done").forEach(function (rect) {
      var width = rect.getBBox().width;
      if (!rect.dataset.width) { rect.dataset.width = width; }
      rect.setAttribute("transform", "translate(" + by.start * pixels + " 0)");
      if (!rect.classList.contains("done")) {
        rect.setAttribute("width", Math.max(2, Number(rect.dataset.width) + (by.end - by.start) * pixels));
      }
    });
    status.textContent = [day(bar.dataset.start) + by.start * DAY, day(bar.dataset.end) + by.end * DAY].map(function (moment) {
      return new Date(moment).toLocaleDateString(document.documentElement.lang, { timeZone: "UTC" });
    }).join(" – ");
  }
  function send(bar) {
    var form = document.getElementById("gantt-move"), by = shift(bar);
    clearTimeout(waiting);
    waiting = null;
    if (!by.start && !by.end) { return; }
    form.action = bar.dataset.move;
    form.elements.was_start.value = bar.dataset.start;
    form.elements.was_end.value = bar.dataset.end;
    form.elements.start_on.value = iso(day(bar.dataset.start) + by.start * DAY);
    form.elements.end_on.value = iso(day(bar.dataset.end) + by.end * DAY);
    form.elements.next.value = location.pathname + location.search + "#" + bar.id;
    form.submit();
  }
  function reset(bar) {
    bar.shift = { start: 0, end: 0 };
    show(bar);
    document.getElementById("gantt-said").textContent = "";
  }
  function fits(bar, start, end) { return day(bar.dataset.end) + end * DAY >= day(bar.dataset.start) + start * DAY; }

  function take(rect, x) {
    var box = rect.getBoundingClientRect();
    held = { bar: rect.closest("[data-move]"), from: x, isEnd: box.right - x < Math.min(GRIP, box.width / 3) };
  }
  function letGo() {
    clearTimeout(pressed && pressed.timer);
    pressed = null;
    if (held) { held.bar.classList.remove("is-held"); }
  }
  /* a finger scrolls the picture, and after a long press it holds the bar */
  function press(rect, x, y) {
    letGo();
    pressed = { x: x, y: y, timer: setTimeout(function () {
      take(rect, x);
      held.bar.classList.add("is-held");
      if (navigator.vibrate) { navigator.vibrate(10); }
    }, LONG) };
  }
  document.addEventListener("pointerdown", function (event) {
    var rect = event.target.closest && event.target.closest("[data-move] rect.ph");
    if (!rect || event.button) { return; }
    if (event.pointerType === "touch") { press(rect, event.clientX, event.clientY); return; }
    take(rect, event.clientX);
    event.preventDefault();
  });
  document.addEventListener("touchmove", function (event) { if (held) { event.preventDefault(); } }, { passive: false });
  document.addEventListener("contextmenu", function (event) { if (held) { event.preventDefault(); } });
  document.addEventListener("pointercancel", function () {
    if (held) { reset(held.bar); }
    letGo();
    held = null;
  });
  document.addEventListener("pointermove", function (event) {
    var days;
    if (pressed && !held && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL) { letGo(); }
    if (!held) { return; }
    days = Math.round((event.clientX - held.from) / perDay(held.bar));
    if (!fits(held.bar, held.isEnd ? 0 : days, days)) { return; }
    held.bar.shift = { start: held.isEnd ? 0 : days, end: days };
    held.moved = held.moved || days !== 0;
    show(held.bar);
  });
  document.addEventListener("pointerup", function () {
    var was = held, byFinger = pressed !== null;
    letGo();
    held = null;
    if (was && byFinger && !was.moved) { // a long press that moved nothing opens nothing
      document.addEventListener("click", function (click) { click.preventDefault(); }, { capture: true, once: true });
    }
    if (was && was.moved) {
      document.addEventListener("click", function (click) { click.preventDefault(); }, { capture: true, once: true });
      send(was.bar);
    }
  });
  document.addEventListener("dragstart", function (event) { if (held) { event.preventDefault(); } });

  document.addEventListener("keydown", function (event) {
    var bar = event.target.closest && event.target.closest("[data-move]"), step = { ArrowRight: 7, ArrowLeft: -7 }[event.key], by;
    if (!bar || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.key === "Escape" && waiting) { clearTimeout(waiting); waiting = null; reset(bar); }
    if (event.key === "Enter") { event.preventDefault(); clearTimeout(waiting); location.assign(bar.dataset.edit); }
    if (!step) { return; }
    event.preventDefault();
    by = shift(bar);
    if (!fits(bar, by.start + (event.shiftKey ? 0 : step), by.end + step)) { return; }
    bar.shift = { start: by.start + (event.shiftKey ? 0 : step), end: by.end + step };
    show(bar);
    clearTimeout(waiting);
    waiting = setTimeout(function () { send(bar); }, PAUSE);
  });
  if (location.hash.indexOf("#bar-") === 0) {
    waiting = document.getElementById(location.hash.slice(1));
    if (waiting) { waiting.focus(); }
    waiting = null;
  }
})();
