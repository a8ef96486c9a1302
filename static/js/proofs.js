/* From a fault in the list of checks to the words it is about: its language comes to the front, its line is marked. */
(function () {
  "use strict";
  function mark(field, number) {
    var lines = field.value.split("\n"), line = Math.min(Math.max(number, 1), lines.length);
    var start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.focus();
    if (!number) { return; }
    field.setSelectionRange(start, start + lines[line - 1].length);
    field.scrollTop = Math.max(0, field.scrollHeight * (line - 1) / lines.length - field.clientHeight / 2);
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-spot]"), field = link && document.getElementById(link.dataset.spot), tab;
    if (!field) { return; }
    event.preventDefault();
    tab = document.getElementById("tab-" + link.dataset.language);
    if (tab && !tab.checked) { tab.click(); }
    mark(field, Number(link.dataset.line));
  });
})();
