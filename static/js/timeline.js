/* Moving bars of the timeline (programs/checklists): dragging and arrow keys fill in a form, which the server judges.
   Without this, the form on the phase's page does the same. */
(function () {
  "use strict";
  if (window.botschaftTimeline) { return; }
  window.botschaftTimeline = true;
  var DAY = 86400000, PAUSE = 900, GRIP = 12, held = null, waiting = null;

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

  document.addEventListener("pointerdown", function (event) {
    var rect = event.target.closest && event.target.closest("[data-move] rect.ph"), box;
    if (!rect || event.button || event.pointerType === "touch") { return; }
    box = rect.getBoundingClientRect();
    held = { bar: rect.closest("[data-move]"), from: event.clientX, isEnd: box.right - event.clientX < Math.min(GRIP, box.width / 3) };
    event.preventDefault();
  });
  document.addEventListener("pointermove", function (event) {
    var days;
    if (!held) { return; }
    days = Math.round((event.clientX - held.from) / perDay(held.bar));
    if (!fits(held.bar, held.isEnd ? 0 : days, days)) { return; }
    held.bar.shift = { start: held.isEnd ? 0 : days, end: days };
    held.moved = held.moved || days !== 0;
    show(held.bar);
  });
  document.addEventListener("pointerup", function () {
    var was = held;
    held = null;
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
