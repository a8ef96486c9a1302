/* The parts of a newsletter in another order: dragging, Alt and an arrow, or the arrows of each line. The site moves them in
   every language and sends the texts back; without this the arrows send the form. */
(function () {
  "use strict";
  var dragged = null, going = null, isBusy = false;

  function row(element) { return element && element.closest && element.closest("[data-part]"); }
  function list() { return document.querySelector("[data-parts]"); }
  function place(part) { return Number(part.dataset.part); }
  function move(part, to, way) {
    var parts = list(), from = place(part);
    if (from === to || to < 0 || to >= parts.children.length || isBusy) { return; }
    going = { at: to, way: way };
    window.htmx.ajax("POST", parts.dataset.parts, {
      source: parts, target: "#save-state", swap: "outerHTML",
      values: { move: [parts.dataset.language, from, to, parts.dataset.mark].join(":") }
    });
  }
  function ready() {
    document.querySelectorAll("[data-part]:not([draggable])").forEach(function (part) { part.draggable = true; });
  }
  ready();

  document.addEventListener("keydown", function (event) {
    var part = row(event.target), isUp = event.key === "ArrowUp";
    if (!part || !event.altKey || (!isUp && event.key !== "ArrowDown")) { return; }
    event.preventDefault();
    move(part, place(part) + (isUp ? -1 : 1), isUp ? "up" : "down");
  });
  document.addEventListener("dragstart", function (event) {
    dragged = row(event.target);
    if (dragged) { event.dataTransfer.setData("text/plain", ""); event.dataTransfer.effectAllowed = "move"; }
  });
  function over(part) {
    document.querySelectorAll("[data-part].is-over").forEach(function (each) { each.classList.remove("is-over"); });
    if (part) { part.classList.add("is-over"); }
  }
  document.addEventListener("dragover", function (event) {
    var part = dragged && row(event.target);
    if (!dragged) { return; }
    over(part);
    if (part) { event.preventDefault(); }
  });
  document.addEventListener("drop", function (event) {
    var part = dragged && row(event.target);
    if (!part) { return; }
    event.preventDefault();
    move(dragged, place(part), "");
  });
  document.addEventListener("dragend", function () { over(null); dragged = null; });

  /* ------------------------------------------------------------------ one move at a time, and the focus goes along */
  function isMove(event) { return Boolean(event.target.closest && event.target.closest("#outline")); }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var button = event.target;
    if (!isMove(event)) { return; }
    if (isBusy) { event.preventDefault(); return; }
    isBusy = true;
    if (button.dataset.way) { going = { at: Number(button.value.split(":")[2]), way: button.dataset.way }; }
  });
  /* the list that asked is no longer in the page by then: the request is known by its address */
  document.addEventListener("htmx:afterRequest", function (event) {
    if (list() && event.detail.requestConfig && event.detail.requestConfig.path === list().dataset.parts) { isBusy = false; }
  });
  document.addEventListener("htmx:afterSettle", function () {
    /* a heading and the text below it became one: then there are fewer */
    var part = going && (document.querySelector('[data-part="' + going.at + '"]') || document.querySelector("[data-part]:last-child"));
    ready();
    if (!part || isBusy) { return; }
    (part.querySelector('[data-way="' + going.way + '"]') || part.querySelector("button")).focus();
    going = null;
  });
})();
