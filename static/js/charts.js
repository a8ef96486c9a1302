/*
 * Each chart is drawn from the table in the same figure, so picture and table cannot differ.
 * Numbers come from the cells' data-value; what people read comes from the cells' text; hidden cells (data-hidden) are hatched.
 * Kinds: duel (people against the company), lines, bars, stack, spark.
 */
(function () {
  "use strict";
  var root = document.documentElement;
  var locale = root.lang || "en";
  var still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var FONT = "Inter, system-ui, sans-serif";
  var LINE_COLOURS = ["voice", "c3", "c4", "c2", "c5"];

  /* a token's colour as the current theme resolves it */
  var probe = document.createElement("span");
  probe.hidden = true;
  document.body.appendChild(probe);
  function ink(token) {
    probe.className = "tok-" + token;
    return getComputedStyle(probe).color;
  }
  var ruler = document.createElement("canvas").getContext("2d");
  function widthOf(words, weight) {
    ruler.font = (weight || 500) + " 12.5px " + FONT;
    return Math.ceil(ruler.measureText(words).width);
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
    var names = Array.from(table.tHead.rows[0].cells).slice(1).map(function (cell) { return cell.dataset.short || cell.textContent.trim(); });
    var f = { names: names, labels: [], values: names.map(function () { return []; }), shown: [], hidden: [], any: false };
    Array.from(table.tBodies[0].rows).forEach(function (row) {
      var cells = Array.from(row.cells);
      f.labels.push(cells[0].textContent.trim());
      f.shown.push(names.map(function (_, i) { return cells[i + 1].textContent.trim().replace(/\s+/g, " "); }));
      f.hidden.push(names.some(function (_, i) { return "hidden" in cells[i + 1].dataset; }));
      names.forEach(function (_, i) {
        var raw = cells[i + 1].dataset.value;
        f.values[i].push(raw === undefined || raw === "" ? null : Number(raw));
      });
    });
    f.any = f.hidden.some(Boolean);
    f.last = f.labels.length - 1;
    f.marks = Array.from(figure.querySelectorAll(".chart-marks li")).map(function (li) { return { at: li.dataset.at, name: li.textContent.trim() }; });
    f.unit = box.dataset.unit || "";
    f.target = box.dataset.target ? Number(box.dataset.target) : null;
    f.targetLabel = box.dataset.targetLabel || "";
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
    return Math.max.apply(null, tops.concat(f.target || 0, 0));
  }
  /* a round step so that the axis ends on a round number */
  function scale(top, parts) {
    if (top <= 0) { return { max: 1, step: 1 }; }
    var rough = top / parts, power = Math.pow(10, Math.floor(Math.log10(rough)));
    var step = [1, 2, 2.5, 5, 10].map(function (n) { return n * power; }).find(function (n) { return n >= rough; });
    return { max: Math.ceil(top / step - 1e-9) * step, step: step };
  }

  function base(f) {
    return {
      animation: !still,
      animationDuration: 350,
      textStyle: { fontFamily: FONT, color: ink("ink-3"), fontSize: 12 },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true,
        backgroundColor: ink("raised"), borderColor: ink("line-2"), borderWidth: 1, padding: [8, 12],
        textStyle: { color: ink("ink"), fontSize: 12, lineHeight: 18 },
        axisPointer: { type: "line", lineStyle: { color: ink("line-2"), type: "solid" } },
        /* the table's own words */
        formatter: function (points) {
          var row = points[0].dataIndex;
          return f.labels[row] + "\n" + f.names.map(function (name, i) { return name + ": " + f.shown[row][i]; }).join("\n");
        }
      }
    };
  }
  function categories(f, usable, more, space) {
    var widest = Math.max.apply(null, f.labels.map(function (label) { return widthOf(label, 400); }));
    var fit = Math.max(2, Math.floor(usable / (widest + (space || 34))));
    var step = Math.ceil(f.labels.length / fit);
    return Object.assign({
      type: "category", data: f.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: ink("line-2") } },
      axisLabel: { color: ink("ink-3"), fontSize: 12, hideOverlap: true, interval: function (i) { return (f.last - i) % step === 0; } }
    }, more || {});
  }
  function amounts(top, more) {
    return Object.assign({
      type: "value", min: 0, max: top.max, interval: top.step, splitLine: { lineStyle: { color: ink("line") } },
      axisLabel: { color: ink("ink-3"), fontSize: 12, formatter: short }
    }, more || {});
  }
  function targetLine(f, where) {
    if (f.target === null) { return undefined; }
    return {
      silent: true, symbol: "none", animation: false, z: 9,
      lineStyle: { color: ink("ink"), width: 1.25, type: [2, 3] },
      /* over bars the words need ground of their own */
      label: {
        show: true, position: where, color: ink("ink"), fontSize: 12, fontWeight: 600, formatter: f.targetLabel,
        backgroundColor: where === "end" ? "transparent" : ink("sheet"), padding: where === "end" ? 0 : [1, 4], borderRadius: 3
      },
      data: [{ yAxis: f.target }]
    };
  }
  function phaseMarks(f) {
    var marks = f.marks.filter(function (m) { return f.labels.indexOf(m.at) >= 0; });
    if (f.narrow) { marks = marks.slice(0, 2); }
    if (!marks.length) { return undefined; }
    return {
      silent: true, symbol: "none", animation: false, lineStyle: { color: ink("control"), type: [3, 4], width: 1 },
      label: { color: ink("ink-2"), fontSize: 12, fontWeight: 500, position: "end", formatter: function (p) { return p.name; } },
      data: marks.map(function (m) {
        var late = f.labels.indexOf(m.at) > f.labels.length / 2;
        return { xAxis: m.at, name: m.name, label: { align: f.narrow && late ? "right" : "left" } };
      })
    };
  }
  /* where people are too few to be shown: a hatched post of one height, so that it says nothing about the value */
  function hatch() {
    var tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    var pen = tile.getContext("2d");
    pen.fillStyle = ink("sheet");
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = ink("control");
    pen.lineWidth = 1.2;
    [[-2, 2, 2, -2], [0, 8, 8, 0], [6, 10, 10, 6]].forEach(function (l) {
      pen.beginPath();
      pen.moveTo(l[0], l[1]);
      pen.lineTo(l[2], l[3]);
      pen.stroke();
    });
    return { image: tile.toDataURL(), repeat: "repeat", imageWidth: 8, imageHeight: 8 };
  }
  function hiddenPosts(f, max, bars) {
    var room = f.width / f.labels.length, upright = bars && room < widthOf(f.tooFew) + 8;
    var share = upright ? Math.min(0.92, (widthOf(f.tooFew) + 26) / Math.max(1, f.height - 48)) : bars ? 0.3 : 0.1;
    return {
      name: f.tooFew, type: "bar", barGap: "-100%", barWidth: bars ? "62%" : Math.min(28, room * 0.8), barMaxWidth: 56, silent: true, z: 4,
      data: f.hidden.map(function (is) { return is ? max * share : null; }),
      itemStyle: { color: hatch(), borderColor: ink("control"), borderWidth: 1, borderRadius: [4, 4, 0, 0] },
      label: {
        show: true, position: upright ? "insideBottom" : "top", rotate: upright ? 90 : 0,
        align: upright ? "left" : "center", verticalAlign: upright ? "middle" : "bottom", distance: upright ? 10 : 4,
        color: ink("ink-2"), backgroundColor: ink("sheet"), padding: [2, 4], borderRadius: 3, fontSize: 12, formatter: f.tooFew
      },
      emphasis: { disabled: true }
    };
  }

  /* lines with their names at the end; names keep their distance from one another */
  function drawLines(f, colours, area) {
    var top = scale(largest(f), f.small ? 3 : 5);
    var ends = f.values.map(lastKnown);
    var words = f.names.map(function (name, i) { return ends[i] < 0 ? "" : name + "  " + f.shown[ends[i]][i]; });
    var widest = Math.max.apply(null, words.map(function (w) { return widthOf(w, 650); }));
    var beside = !f.narrow && widest < f.width * 0.42;
    var marks = phaseMarks(f);
    var left = f.small ? 2 : Math.max(28, widthOf(short(top.max), 400) + 10);
    /* where names do not fit beside the lines they stand above them, in as many rows as they need */
    var rows = 1, used = 0;
    words.forEach(function (w) {
      var need = widthOf(w, 600) + 32;
      if (used && used + need > f.width) { rows += 1; used = 0; }
      used += need;
    });
    var named = beside ? 0 : rows * 20 + 6;
    var grid = { left: left, right: beside ? widest + 20 : 10, top: (marks ? 30 : 10) + named, bottom: 24 };
    var high = f.height - grid.top - grid.bottom;
    var shift = f.names.map(function () { return 0; });
    var order = f.names.map(function (_, i) { return i; }).filter(function (i) { return ends[i] >= 0; });
    order.sort(function (a, b) { return f.values[b][ends[b]] - f.values[a][ends[a]]; });
    var floor = -Infinity;
    order.forEach(function (i) {
      var y = high * (1 - f.values[i][ends[i]] / top.max), put = Math.max(y, floor + 16);
      shift[i] = put - y;
      floor = put;
    });
    var o = base(f);
    o.grid = grid;
    o.xAxis = categories(f, f.width - grid.left - grid.right, { boundaryGap: false });
    o.xAxis.axisLabel.alignMinLabel = "left";
    o.xAxis.axisLabel.alignMaxLabel = "right";
    if (!beside) {
      o.legend = {
        top: 0, left: 0, itemWidth: 14, itemHeight: 3, itemGap: 14, icon: "roundRect", selectedMode: false, data: f.names,
        textStyle: { color: ink("ink"), fontSize: 12, fontWeight: 500 },
        formatter: function (name) { return words[f.names.indexOf(name)]; }
      };
    }
    if (f.small) { o.xAxis.axisLabel.interval = function (i) { return i === 0 || i === f.last; }; }
    o.yAxis = amounts(top, { splitLine: { show: !f.small, lineStyle: { color: ink("line") } } });
    o.yAxis.axisLabel.show = !f.small;
    o.series = f.values.map(function (data, i) {
      var colour = ink(colours[i % colours.length]), main = i === 0;
      var name = { color: colours[i] === "company" ? ink("ink-2") : main ? colour : ink("ink"), fontWeight: main ? 650 : 500, fontSize: 12.5 };
      return {
        name: f.names[i], type: "line", data: data, symbol: "circle", symbolSize: 6, connectNulls: false,
        /* a point alone between gaps would not show as a line */
        showSymbol: data.filter(function (v) { return v !== null; }).length < 3 || f.any, showAllSymbol: f.any,
        lineStyle: { width: main ? 2.75 : 2, color: colour, join: "round", cap: "round", type: i > 1 && i % 2 ? [6, 3] : "solid" },
        itemStyle: { color: colour }, z: main ? 3 : 2, emphasis: { disabled: true },
        endLabel: beside ? Object.assign({ show: true, distance: 10, offset: [0, shift[i]], formatter: function () { return words[i]; } }, name) : undefined,
        markLine: main ? marks || targetLine(f, "insideStartTop") : undefined
      };
    });
    if (area && f.values.length === 2 && !f.any && f.values.every(function (v) { return v.indexOf(null) < 0; })) {
      var quiet = { type: "line", stack: "gap", silent: true, symbol: "none", lineStyle: { width: 0 }, tooltip: { show: false }, emphasis: { disabled: true }, z: 1 };
      var low = f.labels.map(function (_, k) { return Math.min(f.values[0][k], f.values[1][k]); });
      o.series.push(Object.assign({ data: low }, quiet));
      o.series.push(Object.assign({
        data: low.map(function (v, k) { return Math.max(f.values[0][k], f.values[1][k]) - v; }),
        areaStyle: { color: ink("voice-soft"), opacity: 0.5 }
      }, quiet));
    }
    if (f.any) { o.series.push(hiddenPosts(f, top.max, false)); }
    return o;
  }

  var kinds = {
    duel: function (f) { return drawLines(f, ["voice", "company"], true); },
    lines: function (f) { return drawLines(f, LINE_COLOURS, false); },
    /* plain bars, every value said; the current one is filled, earlier ones are outlined */
    bars: function (f) {
      var top = largest(f) * 1.06, soft = ink("voice-soft"), edge = ink("past"), full = ink("voice");
      var beside = f.target !== null && f.width >= 280, words = beside ? widthOf(f.targetLabel, 600) + 10 : 0;
      var now = lastKnown(f.values[0]), room = (f.width - words) / f.labels.length;
      var o = base(f);
      o.tooltip.axisPointer = { type: "none" };
      o.grid = { left: 0, right: words, top: 24, bottom: 24 };
      o.xAxis = categories(f, f.width - words, {}, 6);
      o.yAxis = amounts({ max: top || 1, step: top || 1 }, { show: false });
      o.series = [{
        name: f.names[0], type: "bar", barWidth: "62%", barMaxWidth: 56,
        data: f.values[0].map(function (v, i) {
          return { value: v, label: { color: ink(i === now ? "ink" : "ink-2") }, itemStyle: { color: i === now ? full : soft, borderColor: i === now ? full : edge, borderWidth: 1, borderRadius: [4, 4, 0, 0] } };
        }),
        label: {
          show: room > 30, position: "top", distance: 6, fontSize: 12, fontWeight: 500,
          /* the table's own words: one figure has one value wherever it stands */
          backgroundColor: ink("sheet"), padding: [1, 2], borderRadius: 3,
          formatter: function (p) { return f.shown[p.dataIndex][0]; }
        },
        emphasis: { disabled: true }, markLine: targetLine(f, beside ? "end" : "insideStartTop")
      }];
      if (f.any) { o.series.push(hiddenPosts(f, top, true)); }
      return o;
    },
    /* parts of a whole, such as value and promotion, with the aim as a line */
    stack: function (f) {
      var share = f.unit === "%", top = share ? 100 : largest(f, true) * 1.06 || 1;
      var colours = [ink("voice"), ink("c2"), ink("c4"), ink("c3")];
      var beside = f.target !== null && f.width >= 280, words = widthOf(f.targetLabel, 600) + 10;
      var room = f.width / f.labels.length;
      var o = base(f);
      o.tooltip.axisPointer = { type: "none" };
      o.grid = { left: 0, right: beside ? words : 0, top: 8, bottom: 24 };
      o.xAxis = categories(f, f.width - o.grid.right, {}, 6);
      o.yAxis = amounts({ max: top, step: top }, { show: false });
      o.series = f.values.map(function (data, i) {
        var last = i === f.values.length - 1;
        return {
          name: f.names[i], type: "bar", stack: "whole", barWidth: "62%", barMaxWidth: 56, data: data,
          itemStyle: { color: colours[i % colours.length], borderRadius: last ? [4, 4, 0, 0] : 0, borderColor: ink("sheet"), borderWidth: i ? 1 : 0 },
          label: { show: i === 0 && (f.width - o.grid.right) / f.labels.length * 0.62 > 34, position: "insideBottom", distance: 8, color: ink("on-voice"), fontSize: 12, fontWeight: 500, formatter: function (p) { return f.shown[p.dataIndex][i]; } },
          emphasis: { disabled: true }, markLine: i ? undefined : targetLine(f, beside ? "end" : "insideStartTop")
        };
      });
      if (f.any) { o.series.push(hiddenPosts(f, top, true)); }
      return o;
    },
    /* a small own curve */
    spark: function (f) {
      var end = lastKnown(f.values[0]), colour = ink("voice");
      var o = base(f);
      o.grid = { left: 4, right: 8, top: 10, bottom: 22 };
      o.xAxis = categories(f, f.width, { boundaryGap: false, axisLine: { show: false } });
      o.xAxis.axisLabel = { color: ink("ink-3"), fontSize: 12, alignMinLabel: "left", alignMaxLabel: "right", interval: function (i) { return i === 0 || i === f.last; } };
      o.yAxis = amounts(scale(largest(f), 2), { show: false });
      o.series = [{
        name: f.names[0], type: "line", data: f.values[0], showSymbol: true, symbol: "circle",
        symbolSize: function (_, p) { return p.dataIndex === end ? 8 : 0; },
        lineStyle: { width: 2.5, color: colour }, itemStyle: { color: colour },
        areaStyle: { color: ink("voice-soft"), opacity: 0.55 }, emphasis: { disabled: true }
      }];
      return o;
    }
  };

  var live = [];
  function draw() {
    live.forEach(function (chart) { chart.dispose(); });
    live = [];
    if (!window.echarts) { return; }
    document.querySelectorAll("[data-chart]").forEach(function (box) {
      var kind = kinds[box.dataset.chart];
      if (!kind || !box.clientWidth) { return; }
      var figure = readFigure(box);
      if (!figure.labels.length) { return; }
      var chart = window.echarts.init(box, null, { renderer: "svg" });
      chart.setOption(kind(figure));
      live.push(chart);
    });
  }

  new MutationObserver(draw).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
  /* paper is always light and has its own width */
  window.addEventListener("beforeprint", function () { root.classList.add("printing"); still = true; draw(); });
  window.addEventListener("afterprint", function () { root.classList.remove("printing"); draw(); });
  var timer;
  window.addEventListener("resize", function () { clearTimeout(timer); timer = setTimeout(draw, 150); });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.elt.querySelector && event.detail.elt.querySelector("[data-chart]")) { draw(); }
  });
  (document.fonts && document.fonts.ready ? document.fonts.ready : Promise.resolve()).then(draw);
})();
