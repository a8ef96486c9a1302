/* Naming people in a text: "@" and a few letters offer names below the field. Without this, a full name after "@" is
   understood just as well. */
(function () {
  "use strict";
  if (window.botschaftMentions) { return; }
  window.botschaftMentions = true;
  var BEGUN = /(^|[\s(])@([\p{L}\p{M}.'’-]*(?: [\p{L}\p{M}.'’-]*)?)$/u;
  var asked = 0, timer = 0;

  function insert(area, name) {
    var head = area.value.slice(0, area.selectionStart), begun = BEGUN.exec(head);
    if (!begun) { return; }
    area.setSelectionRange(head.length - begun[2].length, head.length);
    window.botschaftType(area, name + " ");
  }
  function ask(area) {
    var found = BEGUN.exec(area.value.slice(0, area.selectionStart)), mine = ++asked;
    clearTimeout(timer);
    if (!found || area.selectionStart !== area.selectionEnd) { return; }
    timer = setTimeout(function () {
      fetch(area.dataset.mentions + "?q=" + encodeURIComponent(found[2]), { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.ok ? answer.json() : { people: [] }; })
        .then(function (answer) {
          if (mine !== asked || document.activeElement !== area) { return; }
          var people = answer.people.map(function (person) { return { label: person.name }; });
          window.botschaftPick.offer(area, people, function (person) { insert(area, person.label); }, document.body.dataset.textPeople);
        })
        .catch(function () { /* the name can still be typed */ });
    }, 120);
  }
  document.addEventListener("input", function (event) {
    if (!event.target.dataset || !event.target.dataset.mentions) { return; }
    window.botschaftPick.shut();
    ask(event.target);
  });
})();
