/*
 * Charts: drawn when they come into view, each from the table in the same figure, so picture and table cannot differ.
 * Numbers come from the cells' data-value; what people read comes from the cells' text; hidden cells (data-hidden) are hatched.
 * The small own curve (spark) is drawn here; all other kinds by ECharts, which is fetched when the first of them is seen.
 * Without any of this the table stands.
 */
(function () {
  "use strict";
  var root = document.documentElement;
  var locale = root.lang || "en";
  var large = document.currentScript.dataset.large.split(" ");
  var NEAR = "300px";
  var SVG = "http://www.w3.org/2000/svg";

  /* a token's colour as the theme around the chart resolves it */
  var probe = document.createElement("span");
  probe.hidden = true;
  function ink(token) {
    probe.className = "tok-" + token;
    return getComputedStyle(probe).color;
  }
  function said(value, digits) {
    return value.toLocaleString(locale, { maximumFractionDigits: digits === undefined ? 1 : digits });
  }
  /* large numbers on an axis or bar are shortened the way the language does it */
  function short(value) {
    return Math.abs(value) >= 10000 ? value.toLocaleString(locale, { notation: "compact", maximumFractionDigits: 1 }) : said(value);
  }

  function readFigure(box) {
    var figure = box.closest("figure, .chartbox");
    var table = figure.querySelector("table");
    var heads = Array.from(table.tHead.rows[0].cells).slice(1).filter(function (cell) { return !("band" in cell.dataset); });
    var names = heads.map(function (cell) { return cell.dataset.short || cell.textContent.trim(); });
    var f = { names: names, labels: [], values: names.map(function () { return []; }), open: [], shown: [], hidden: [], any: false, band: [], bandShown: [] };
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      var cells = Array.from(row.cells);
      f.labels.push(cells[0].textContent.trim());
      f.shown.push(names.map(function (_, i) { return cells[i + 1].textContent.trim().replace(/\s+/g, " "); }));
      var usual = cells[names.length + 1]; /* what was usual until then: a band, no line */
      f.band.push(usual && usual.dataset.low ? [usual.dataset.low, usual.dataset.middle, usual.dataset.high].map(Number) : null);
      f.bandShown.push(usual ? usual.textContent.trim() : "");
      /* a share that is at least so much: it may be all of them */
      f.open.push(names.map(function (_, i) { return box.dataset.unit === "%" && "floor" in cells[i + 1].dataset; }));
      f.hidden.push(names.some(function (_, i) { return "hidden" in cells[i + 1].dataset; }));
      names.forEach(function (_, i) {
        var raw = cells[i + 1].dataset.value;
        f.values[i].push(raw === undefined || raw === "" ? null : Number(raw));
      });
    });
    f.any = f.hidden.some(Boolean);
    f.isOpen = f.open.some(function (row) { return row.some(Boolean); });
    var bandHead = table.tHead.querySelector("[data-band]");
    f.bandName = bandHead ? bandHead.textContent.trim() : "";
    f.last = f.labels.length - 1;
    var marks = Array.from(figure.querySelectorAll(".chart-marks li"));
    f.marks = marks.filter(function (li) { return !li.dataset.sign; }).map(function (li) { return { at: li.dataset.at, name: li.textContent.trim() }; });
    /* notes have a number in the picture and their words below it */
    f.notes = marks.filter(function (li) { return li.dataset.sign; }).map(function (li) {
      return { place: Number(li.dataset.place), sign: li.dataset.sign, name: li.textContent.trim() };
    });
    f.unit = box.dataset.unit || "";
    f.target = box.dataset.target ? Number(box.dataset.target) : null;
    f.targetLabel = box.dataset.targetLabel || "";
    f.targetFirst = Number(box.dataset.targetFirst || 0);
    f.things = box.dataset.things || "";
    f.tooFew = box.dataset.hiddenLabel || "";
    f.small = box.dataset.size === "s" || box.dataset.size === "xs";
    f.narrow = box.clientWidth < 460;
    f.width = box.clientWidth;
    f.height = box.clientHeight;
    return f;
  }
  function lastKnown(values) {
    for (var i = values.length - 1; i >= 0; i -= 1) { if (values[i] !== null) { return i; } }
    return -1;
  }
  function largest(f, stacked) {
    var tops = f.labels.map(function (_, row) {
      var here = f.values.map(function (v) { return v[row] || 0; });
      return stacked ? here.reduce(function (a, b) { return a + b; }, 0) : Math.max.apply(null, here);
    });
    var usual = f.band.map(function (b) { return b ? b[2] : 0; });
    return Math.max.apply(null, tops.concat(usual, f.target || 0, f.isOpen ? 100 : 0));
  }
  /* a round step so that the axis ends on a round number */
  function scale(top, parts) {
    if (top <= 0) { return { max: 1, step: 1 }; }
    var rough = top / parts, power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 2.5, 5, 10].map(function (n) { return n * power; }).find(function (n) { return n >= rough; });
    return { max: Math.ceil(top / step - 1e-9) * step, step: step };
  }

  /* ----------------------------------------------------- the small own curve */
  function shape(name, attributes, within) {
    var node = document.createElementNS(SVG, name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    within.appendChild(node);
    return node;
  }
  function drawSpark(box, f) {
    var left = 6, right = f.width - 8, top = 10, bottom = f.height - 22;
    var values = f.values[0], max = scale(largest(f), 2).max, end = lastKnown(values);
    function x(i) { return f.last ? left + (right - left) * i / f.last : (left + right) / 2; }
    function y(v) { return bottom - (bottom - top) * v / max; }
    var svg = shape("svg", { width: f.width, height: f.height, "class": "spark", "aria-hidden": "true" }, box);
    var run = [];
    function finish() {
      if (run.length > 1) {
        var line = run.map(function (i) { return x(i).toFixed(1) + " " + y(values[i]).toFixed(1); }).join("L");
        shape("path", { d: "M" + x(run[0]).toFixed(1) + " " + bottom + "L" + line + "V" + bottom + "Z", "class": "area" }, svg);
        shape("path", { d: "M" + line, "class": "line" }, svg);
      } else if (run.length && run[0] !== end) {
        shape("circle", { cx: x(run[0]), cy: y(values[run[0]]), r: 2, "class": "dot" }, svg);
      }
      run = [];
    }
    values.forEach(function (value, i) {
      if (value === null) { finish(); } else { run.push(i); }
    });
    finish();
    if (end >= 0) { shape("circle", { cx: x(end), cy: y(values[end]), r: 4, "class": "dot" }, svg); }
    shape("text", { x: f.last ? left - 2 : x(0), y: f.height - 6, "text-anchor": f.last ? "start" : "middle" }, svg).textContent = f.labels[0];
    if (f.last) { shape("text", { x: right, y: f.height - 6, "text-anchor": "end" }, svg).textContent = f.labels[f.last]; }
    var step = (right - left) / Math.max(1, f.last);
    values.forEach(function (value, i) {
      if (value === null) { return; }
      var hit = shape("rect", { x: x(i) - step / 2, y: 0, width: step, height: bottom, "class": "hit" }, svg);
      shape("title", {}, hit).textContent = f.labels[i] + ": " + f.shown[i][0];
    });
  }

  /* --------------------------------------------------------------- drawing */
  var drawn = new Map(), fetched = null;
  function fetchLarge() {
    fetched = fetched || Promise.all(large.map(function (address) {
      return new Promise(function (done, failed) {
        var script = document.createElement("script");
        script.src = address;
        script.async = false;
        script.onload = done;
        script.onerror = failed;
        document.head.appendChild(script);
      });
    }));
    return fetched;
  }
  function tellHidden(box, f) {
    var figure = box.closest("figure, .chartbox");
    if (!f.any || figure.querySelector(".hatchnote")) { return; }
    var note = document.createElement("p");
    note.className = "hatchnote";
    note.innerHTML = '<svg width="14" height="14" aria-hidden="true"><rect width="14" height="14" rx="3" fill="url(#hatch)"/></svg>';
    note.appendChild(document.createTextNode(f.tooFew));
    box.after(note);
  }
  function draw(box) {
    if (!box.isConnected || !box.clientWidth) { return null; }
    var f = readFigure(box);
    if (!f.labels.length) { return null; }
    if (box.dataset.chart !== "spark" && !charts.large) {
      return fetchLarge().then(function () { return draw(box); }, function () { showTable(box); });
    }
    var old = drawn.get(box);
    if (old) { old.dispose(); }
    box.replaceChildren();
    box.parentNode.appendChild(probe);
    if (box.dataset.chart === "spark") { drawSpark(box, f); } else { old = charts.large(box, f); }
    drawn.set(box, box.dataset.chart === "spark" ? null : old);
    tellHidden(box, f);
    return null;
  }
  function showTable(box) {
    var table = box.closest("figure, .chartbox").querySelector("details");
    if (table) { table.open = true; }
    box.hidden = true;
  }
  function boxes() { return Array.from(document.querySelectorAll("[data-chart]")); }
  function redraw() {
    drawn.forEach(function (chart, box) { if (box.isConnected) { draw(box); } else { drawn.delete(box); } });
  }
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
    });
  }, { rootMargin: NEAR });
  function watch() { boxes().forEach(function (box) { if (!drawn.has(box)) { seen.observe(box); } }); }

  var charts = window.charts = {
    ink: ink, said: said, short: short, scale: scale, largest: largest, lastKnown: lastKnown, locale: locale,
    still: window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    /* every chart of the page, also those that nobody has scrolled to */
    all: function () { return Promise.all(boxes().map(function (box) { return drawn.has(box) ? null : draw(box); })); }
  };

  new MutationObserver(redraw).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
  /* paper is always light and has its own width; a chart that was never seen leaves its place to the table */
  window.addEventListener("beforeprint", function () {
    root.classList.add("printing");
    charts.still = true;
    boxes().forEach(function (box) { if (charts.large || box.dataset.chart === "spark") { draw(box); } });
  });
  window.addEventListener("afterprint", function () { root.classList.remove("printing"); redraw(); });
  var timer;
  window.addEventListener("resize", function () { clearTimeout(timer); timer = setTimeout(redraw, 150); });
  document.addEventListener("htmx:afterSettle", watch);
  (document.fonts && document.fonts.ready ? document.fonts.ready : Promise.resolve()).then(watch);
})();
