/* The strategy map (analytics/scorecard): lines between its cards, drawn from the links below each card; a card is dragged by
   its grip or moved with the arrow keys there; a line is dragged from the arrow of a card to another card, or drawn with Enter
   on both arrows. Each change is sent as a form, and the page comes back at the card. Without this, forms do the same. */
(function () {
  "use strict";
  var wrap = document.querySelector("[data-strategy]");
  if (!wrap) { return; }
  var NS = "http://www.w3.org/2000/svg", form = wrap.querySelector("[data-strategy-form]");
  var said = wrap.querySelector("[data-strategy-said]"), from = null, held = null, drawing = null;
  var picture = document.createElementNS(NS, "svg");
  picture.setAttribute("aria-hidden", "true");
  picture.setAttribute("width", "100%");
  picture.setAttribute("height", "100%");
  wrap.insertBefore(picture, wrap.firstChild);
  wrap.classList.add("is-drawn");
  wrap.querySelectorAll(".aimtools").forEach(function (tools) { tools.hidden = false; });

  function aim(element) { return element && element.closest ? element.closest("[data-aim]") : null; }
  function place(element) {
    var box = element.getBoundingClientRect(), all = wrap.getBoundingClientRect();
    return { x: box.left - all.left + box.width / 2, top: box.top - all.top, bottom: box.bottom - all.top };
  }
  function stroke(kind, x1, y1, x2, y2) {
    var path = document.createElementNS(NS, "path"), bend = (y1 - y2) / 2 || 30;
    path.setAttribute("class", "lk" + kind);
    path.setAttribute("d", "M" + x1 + " " + y1 + "C" + x1 + " " + (y1 - bend) + " " + x2 + " " + (y2 + bend) + " " + x2 + " " + y2);
    picture.appendChild(path);
    return path;
  }
  function draw() {
    picture.textContent = "";
    wrap.querySelectorAll("[data-to]").forEach(function (line) {
      var goal = document.getElementById(line.dataset.to), a, b, level;
      if (!goal) { return; }
      a = place(aim(line));
      b = place(goal);
      level = Math.abs(a.top - b.top) < 4;
      stroke("proven" in line.dataset ? "" : " guess", a.x, a.top, b.x, level ? b.top : a.top > b.top ? b.bottom : b.top);
    });
  }
  function say(text) { said.textContent = text; }
  function send(url, values) {
    form.action = url;
    Object.keys(values).forEach(function (name) {
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = values[name];
      form.appendChild(field);
    });
    form.submit();
  }
  function end(text) {
    if (from) { from.setAttribute("aria-pressed", "false"); }
    if (drawing) { drawing.remove(); }
    wrap.querySelectorAll(".is-over, .is-held").forEach(function (card) { card.classList.remove("is-over", "is-held"); });
    from = held = drawing = null;
    if (text) { say(text); }
  }
  function start(button) {
    from = button;
    button.setAttribute("aria-pressed", "true");
    say(wrap.dataset.textDrawing.replace("{name}", aim(button).querySelector("b").textContent.trim()));
  }
  function join(card) {
    var button = card && card.querySelector("[data-draw]"), url = from.dataset.url, other = button && button !== from;
    end(other ? "" : wrap.dataset.textEnded);
    if (other) { send(url, { goal: button.dataset.draw }); }
  }
  function at(row, x, y) {
    var cards = Array.from(row.querySelectorAll("[data-aim]")).filter(function (card) { return card !== held; });
    var before = cards.filter(function (card) {
      var box = card.getBoundingClientRect();
      return box.bottom < y || (box.top < y && box.left + box.width / 2 < x);
    });
    return before.length + 1;
  }
  function put(card, row, where) {
    send(card.querySelector("[data-move]").dataset.url, { perspective: row.dataset.row, place: where });
  }
  function step(card, key) {
    var row = card.closest("[data-row]"), rows = Array.from(wrap.querySelectorAll("[data-row]"));
    var cards = Array.from(row.querySelectorAll("[data-aim]")), now = cards.indexOf(card) + 1, next;
    if (key === "ArrowLeft" && now > 1) { put(card, row, now - 1); }
    if (key === "ArrowRight" && now < cards.length) { put(card, row, now + 1); }
    if (key === "ArrowUp" || key === "ArrowDown") {
      next = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
      if (next) { put(card, next, now); }
    }
  }

  wrap.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && from) { end(wrap.dataset.textEnded); return; }
    var grip = event.target.closest("[data-move]");
    if (!grip || event.key.indexOf("Arrow") !== 0) { return; }
    event.preventDefault();
    step(aim(grip), event.key);
  });
  wrap.addEventListener("click", function (event) {
    var button = event.target.closest("[data-draw]");
    if (!button || event.detail > 0) { return; }  // a pointer has its own way
    if (from) { join(aim(button)); } else { start(button); }
  });
  wrap.addEventListener("pointerdown", function (event) {
    var button = event.target.closest("[data-draw]"), grip = event.target.closest("[data-move]");
    if (button && from && from !== button) { join(aim(button)); return; }
    if (button) { event.preventDefault(); button.focus(); start(button); }
    if (grip) { event.preventDefault(); grip.focus(); held = aim(grip); held.classList.add("is-held"); }
  });
  document.addEventListener("pointermove", function (event) {
    var all, over;
    if (!from && !held) { return; }
    over = aim(document.elementFromPoint(event.clientX, event.clientY));
    wrap.querySelectorAll(".is-over").forEach(function (card) { card.classList.remove("is-over"); });
    if (over && from && over !== aim(from)) { over.classList.add("is-over"); }
    if (from && event.buttons) {
      all = wrap.getBoundingClientRect();
      if (drawing) { drawing.remove(); }
      drawing = stroke(" new", place(aim(from)).x, place(aim(from)).top, event.clientX - all.left, event.clientY - all.top);
    }
  });
  document.addEventListener("pointerup", function (event) {
    var under = document.elementFromPoint(event.clientX, event.clientY), row = under && under.closest("[data-row]"), card;
    if (held) {
      card = held;
      if (row && under.closest("[data-aim]") !== card) { put(card, row, at(row, event.clientX, event.clientY)); }
      end("");
    } else if (from && drawing) {
      join(aim(under));
    }
  });
  document.addEventListener("pointercancel", function () { end(""); });
  window.addEventListener("resize", draw);
  window.addEventListener("beforeprint", draw);
  window.addEventListener("afterprint", draw);
  if (window.ResizeObserver) { new ResizeObserver(draw).observe(wrap); }
  draw();
  var here = window.location.hash && document.getElementById(window.location.hash.slice(1));
  if (here && here.querySelector("[data-move]")) { here.querySelector("[data-move]").focus(); }
})();
