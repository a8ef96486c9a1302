/* A small card beside the name of somebody who stands in the directory: under the pointer, or with the focus of the
   keyboard. Escape shuts it. A finger has the link alone. */
(function () {
  "use strict";
  if (window.botschaftCard || !window.matchMedia("(hover: hover)").matches) { return; }
  window.botschaftCard = true;
  var NAMES = "a.mention, a[data-card]", card = document.createElement("div"), link = null, timer = 0;
  card.className = "personcard";
  card.setAttribute("role", "group");

  function shut() {
    clearTimeout(timer);
    card.remove();
    link = null;
  }
  /* Below the name, else above it; never out of sight. */
  function put() {
    var name = link.getBoundingClientRect(), from, room, above;
    card.hidden = false;
    from = (card.offsetParent || document.body).getBoundingClientRect();
    room = document.documentElement.clientWidth - card.offsetWidth - 8;
    above = name.bottom + card.offsetHeight + 8 > window.innerHeight && name.top > card.offsetHeight + 8;
    card.style.left = Math.max(8, Math.min(name.left, room)) - from.left + "px";
    card.style.top = (above ? name.top - card.offsetHeight - 4 : name.bottom + 4) - from.top + "px";
  }
  function open(name) {
    shut();
    link = name;
    card.hidden = true;
    card.replaceChildren();
    card.setAttribute("aria-label", name.textContent.replace("@", ""));
    name.after(card);
    window.htmx.ajax("GET", name.pathname + "card/", { source: card, target: card, swap: "innerHTML" }).then(function () {
      if (link === name && card.childElementCount) { put(); }
    });
  }
  function wait(act, ms) {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  }
  function within(node) { return node && (card.contains(node) || (link && link.contains(node))); }

  document.addEventListener("pointerover", function (event) {
    var name = event.pointerType === "mouse" && event.target.closest && event.target.closest(NAMES);
    if (within(event.target)) { clearTimeout(timer); }
    else if (name) { wait(function () { open(name); }, 350); }
  });
  document.addEventListener("pointerout", function (event) {
    if (!event.target.closest || within(event.relatedTarget)) { return; }
    if (within(event.target)) { wait(function () { if (!within(document.activeElement)) { shut(); } }, 250); }
    else if (event.target.closest(NAMES)) { clearTimeout(timer); }
  });
  document.addEventListener("focusin", function (event) {
    var name = event.target.closest(NAMES);
    if (within(event.target)) { return; }
    if (name && name.matches(":focus-visible")) { open(name); } else { shut(); }
  });
  document.addEventListener("keydown", function (event) {
    var name = link;
    if (event.key !== "Escape" || !name || card.hidden) { return; }
    if (card.contains(document.activeElement)) { name.focus(); }
    shut();
    event.stopPropagation();
  }, true);
  /* a page that was taken away meanwhile: the name stays a name */
  card.addEventListener("htmx:responseError", function (event) { event.stopPropagation(); });
})();
