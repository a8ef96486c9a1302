/* Moving cards of a board (programs/checklists): dragging and keys press the card's own buttons, which work without this. */
(function () {
  "use strict";
  if (window.botschaftBoard) { return; }
  window.botschaftBoard = true;
  var dragged = null;

  function lanes() { return Array.from(document.querySelectorAll("[data-lane]")); }
  function way(card, state) { return card.querySelector("[data-to='" + state + "']"); }
  function move(card, state) {
    var found = way(card, state);
    if (!found) { return; }
    if (found.matches("form")) { found.requestSubmit(); } else { found.click(); }
  }
  function mark(lane) {
    lanes().forEach(function (each) { each.classList.toggle("is-over", each === lane); });
  }

  document.addEventListener("dragstart", function (event) {
    dragged = event.target.closest && event.target.closest("[data-card]");
    if (dragged) { event.dataTransfer.setData("text/plain", dragged.id); event.dataTransfer.effectAllowed = "move"; }
  });
  document.addEventListener("dragover", function (event) {
    var lane = dragged && event.target.closest("[data-lane]");
    if (lane && way(dragged, lane.dataset.lane)) { event.preventDefault(); mark(lane); } else { mark(null); }
  });
  document.addEventListener("drop", function (event) {
    var lane = dragged && event.target.closest("[data-lane]");
    if (lane) { event.preventDefault(); move(dragged, lane.dataset.lane); }
  });
  document.addEventListener("dragend", function () { dragged = null; mark(null); });

  document.addEventListener("keydown", function (event) {
    var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], card, all, at;
    if (!step || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) { return; }
    card = event.target.closest("[data-card]");
    if (!card) { return; }
    all = lanes();
    at = all.indexOf(card.closest("[data-lane]")) + step;
    while (all[at] && !way(card, all[at].dataset.lane)) { at += step; }
    if (all[at]) { event.preventDefault(); move(card, all[at].dataset.lane); }
  });
})();
