/* Ordering the blocks of a report (analytics/reports): dragging, Shift and arrow keys, and the arrows move a line in its
   list; the form sends the ticked ones in their order. Without this, the arrows send the form. */
(function () {
  "use strict";
  if (window.botschaftBlocks) { return; }
  window.botschaftBlocks = true;
  var dragged = null;

  function line(element) { return element.closest && element.closest("[data-block]"); }
  function said(row) {
    var list = row.parentNode, all = Array.from(list.children);
    list.parentNode.querySelector("[data-blocks-said]").textContent = list.dataset.textMoved
      .replace("{name}", row.querySelector("b").textContent)
      .replace("{place}", all.indexOf(row) + 1).replace("{all}", all.length);
  }
  function move(row, up) {
    var other = up ? row.previousElementSibling : row.nextElementSibling;
    if (!other) { return; }
    row.parentNode.insertBefore(row, up ? other : other.nextElementSibling);
    said(row);
  }
  function ready() {
    document.querySelectorAll("[data-block]").forEach(function (row) { row.draggable = true; });
  }
  ready();
  document.addEventListener("htmx:afterSettle", ready);

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-blocks] button[name=move]");
    if (!button) { return; }
    event.preventDefault();
    move(line(button), button.value.indexOf("up:") === 0);
    button.focus();
  });
  document.addEventListener("keydown", function (event) {
    var row = line(event.target), up = event.key === "ArrowUp", at = event.target;
    if (!row || !event.shiftKey || (!up && event.key !== "ArrowDown")) { return; }
    event.preventDefault();
    move(row, up);
    at.focus();
  });
  document.addEventListener("dragstart", function (event) {
    dragged = line(event.target);
    if (dragged) { event.dataTransfer.setData("text/plain", ""); event.dataTransfer.effectAllowed = "move"; }
  });
  document.addEventListener("dragover", function (event) {
    var over = dragged && line(event.target), box;
    if (!over || over.parentNode !== dragged.parentNode) { return; }
    event.preventDefault();
    if (over === dragged) { return; }
    box = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextElementSibling);
  });
  document.addEventListener("drop", function (event) { if (dragged) { event.preventDefault(); } });
  document.addEventListener("dragend", function () { if (dragged) { said(dragged); } dragged = null; });
})();
