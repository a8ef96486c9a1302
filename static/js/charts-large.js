/*
 * Charts drawn by ECharts; static/js/charts.js reads the figure, fetches this file and calls it.
 * Kinds: duel (people against the company), lines, bars, stack.
 */
(function () {
  "use strict";
  var charts = window.charts, ink = charts.ink, said = charts.said, short = charts.short, scale = charts.scale;
  var largest = charts.largest, lastKnown = charts.lastKnown, locale = charts.locale;
  var FONT = "Inter, system-ui, sans-serif";
  var LINE_COLOURS = ["voice", "c3", "c4", "c2", "c5"];

  var ruler = document.createElement("canvas").getContext("2d");
  function widthOf(words, weight) {
    ruler.font = (weight || 500) + " 12.5px " + FONT;
    return Math.ceil(ruler.measureText(words).width);
  }

  /* a long text in lines that a tooltip has room for */
  function wrapped(text) {
    return text.replace(/(.{30,44}?)\s/g, "$1\n");
  }
  var NOTE_ROW = 24; /* the numbers of notes have a row of their own above the picture */
  function base(f) {
    return {
      animation: !charts.still,
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
          var lines = f.names.map(function (name, i) { return name + ": " + f.shown[row][i]; });
          if (f.band[row]) { lines.push(f.bandName + ": " + f.bandShown[row]); }
          f.notes.forEach(function (n) { if (n.place === row) { lines.push(wrapped(n.sign + " " + n.name)); } });
          return [f.labels[row]].concat(lines).join("\n");
        }
      }
    };
  }
  /* months may be left out between others; things have their names, slanted where they do not fit side by side */
  var LONGEST = 96, SLANT = 35 * Math.PI / 180;
  function slanted(f, usable) {
    var widest = Math.max.apply(null, f.labels.map(function (label) { return widthOf(label, 400); }));
    if (!f.things || (widest + 6) * f.labels.length <= usable) { return null; }
    widest = Math.min(LONGEST, widest);
    return { left: Math.max(0, Math.ceil(widest * Math.cos(SLANT) + 8 - usable / f.labels.length / 2)), bottom: Math.ceil(widest * Math.sin(SLANT)) + 22 };
  }
  function categories(f, usable, more, space) {
    if (slanted(f, usable)) {
      return {
        type: "category", data: f.labels, axisTick: { show: false }, axisLine: { lineStyle: { color: ink("line-2") } },
        axisLabel: { color: ink("ink-3"), fontSize: 12, hideOverlap: false, interval: 0, rotate: 35, width: LONGEST, overflow: "truncate" }
      };
    }
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
  /* over the labels that it counts for: a phase has its own target from its start */
  function targetLine(f, where, right) {
    if (f.target === null) { return undefined; }
    var end = f.width - (right || 0), line = { yAxis: f.target };
    if (f.targetFirst) {
      line = [{ x: end * Math.min(f.targetFirst, f.labels.length) / f.labels.length, yAxis: f.target }, { x: end, yAxis: f.target }];
    }
    return {
      silent: true, symbol: "none", animation: false, z: 9,
      lineStyle: { color: ink("ink"), width: 1.25, type: [2, 3] },
      /* over bars the words need ground of their own */
      label: {
        show: true, position: where, color: ink("ink"), fontSize: 12, fontWeight: 600, formatter: f.targetLabel,
        backgroundColor: where === "end" ? "transparent" : ink("sheet"), padding: where === "end" ? 0 : [1, 4], borderRadius: 3
      },
      data: [line]
    };
  }
  /* what was usual until each label: a band with its middle, behind the bars; nothing where months were too few */
  function usualBand(f, grid, max) {
    if (!f.band.some(Boolean)) { return []; }
    var room = (f.width - grid.left - grid.right) / f.labels.length, high = f.height - grid.top - grid.bottom, areas = [], middles = [];
    f.band.forEach(function (b, i) {
      if (!b) { return; }
      var from = grid.left + room * i, to = from + room;
      /* the area is a line as thick as the range is high: the trimmed library draws no areas beside lines */
      var mid = (b[0] + b[2]) / 2, thick = Math.max(1, (b[2] - b[0]) / max * high);
      areas.push([{ x: from, yAxis: mid, lineStyle: { width: thick } }, { x: to, yAxis: mid }]);
      middles.push([{ x: from, yAxis: b[1] }, { x: to, yAxis: b[1] }]);
    });
    return [{
      type: "line", data: [], silent: true, tooltip: { show: false },
      markLine: {
        silent: true, symbol: "none", animation: false, z: 1, label: { show: false },
        lineStyle: { color: ink("control"), opacity: 0.22, type: "solid", cap: "butt" }, data: areas
      }
    }, {
      type: "line", data: [], silent: true, tooltip: { show: false },
      markLine: {
        silent: true, symbol: "none", animation: false, z: 6, label: { show: false },
        lineStyle: { color: ink("ink-2"), width: 1.5, type: "solid" }, data: middles
      }
    }];
  }
  function phaseMarks(f) {
    var marks = f.marks.filter(function (m) { return f.labels.indexOf(m.at) >= 0; });
    var short = marks.every(function (m) { return m.name.length < 8; }); /* numbers, not names */
    if (f.narrow && !short) { marks = marks.slice(0, 2); }
    if (!marks.length) { return undefined; }
    return {
      silent: true, symbol: "none", animation: false, lineStyle: { color: ink("control"), type: [3, 4], width: 1 },
      label: { color: ink("ink-2"), fontSize: 12, fontWeight: 500, position: "end", formatter: function (p) { return p.name; } },
      data: marks.map(function (m) {
        var late = f.labels.indexOf(m.at) > f.labels.length / 2;
        var name = late && !f.narrow && m.name.length > 18 ? m.name.slice(0, 17) + "…" : m.name; /* whole in the table */
        return { xAxis: m.at, name: name, label: { align: short ? "center" : f.narrow && late ? "right" : "left" } };
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
    var room = f.width / f.labels.length, wide = widthOf(f.tooFew) + 12;
    var thick = bars ? Math.min(56, room * 0.62) : Math.min(28, room * 0.8);
    var upright = bars && room < wide && thick >= 17 && f.height > wide + 90;
    var share = upright ? Math.min(0.92, (wide + 14) / Math.max(1, f.height - 48)) : bars ? 0.3 : 0.1;
    /* neighbours share one label, where it has room; the note below the chart says it in any case */
    function isTold(i) {
      if (upright) { return true; }
      var first = i, last = i;
      while (f.hidden[first - 1]) { first -= 1; }
      while (f.hidden[last + 1]) { last += 1; }
      return i === Math.floor((first + last) / 2) && (last - first + 1) * room >= wide;
    }
    return {
      name: f.tooFew, type: "bar", barGap: "-100%", barWidth: thick, silent: true, z: 4,
      data: f.hidden.map(function (is, i) { return is ? { value: max * share, label: { show: isTold(i) } } : null; }),
      itemStyle: { color: hatch(), borderColor: ink("control"), borderWidth: 1, borderRadius: [4, 4, 0, 0] },
      label: {
        position: upright ? "insideBottom" : "top", rotate: upright ? 90 : 0,
        align: upright ? "left" : "center", verticalAlign: upright ? "middle" : "bottom", distance: upright ? 10 : 4,
        color: ink("ink-2"), backgroundColor: ink("sheet"), padding: [2, 4], borderRadius: 3, fontSize: 12, formatter: f.tooFew
      },
      emphasis: { disabled: true }
    };
  }

  /* a share that is at least so much: open up to all of them */
  function openPosts(f, colour) {
    return {
      type: "bar", barGap: "-100%", barWidth: "62%", barMaxWidth: 56, silent: true, z: 1, tooltip: { show: false },
      data: f.open.map(function (row) { return row[0] ? 100 : null; }),
      itemStyle: { color: "transparent", borderColor: colour, borderWidth: 1, borderType: [4, 3], borderRadius: [4, 4, 0, 0] },
      emphasis: { disabled: true }
    };
  }

  /* the numbers of notes above the picture, `above` it so far; lines stand on their day, a bar is its own place */
  function noteSigns(f, above, isLined) {
    if (!f.notes.length) { return undefined; }
    return {
      silent: true, symbol: "none", animation: false, z: 9,
      lineStyle: { color: ink("control"), type: [2, 3], width: 1, opacity: isLined ? 1 : 0 },
      label: {
        show: true, position: "end", distance: [0, above], color: ink("ink"), opacity: 1, fontSize: 12, fontWeight: 600, padding: [2, 5],
        backgroundColor: ink("sheet"), borderColor: ink("control"), borderWidth: 1, borderRadius: 4,
        formatter: function (p) { return p.name; }
      },
      data: f.notes.map(function (n) {
        var align = !isLined ? "center" : n.place === 0 ? "left" : n.place === f.last ? "right" : "center"; /* within the picture */
        return { xAxis: n.place, name: n.sign, label: { align: align } };
      })
    };
  }
  /* starts of phases and the target in one picture, each line with its own look */
  function together(marks, target) { /* what the second leaves unsaid it has from the first */
    if (!marks || !target) { return marks || target; }
    return Object.assign({}, marks, {
      data: marks.data.concat(target.data.map(function (line) {
        var look = { lineStyle: target.lineStyle, label: target.label };
        var own = Array.isArray(line) ? line[0] : line;
        own = Object.assign({}, own, look, { label: Object.assign({}, target.label, own.label) });
        return Array.isArray(line) ? [own, line[1]] : own;
      }))
    });
  }

  /* lines with their names at the end; names keep their distance from one another */
  function drawLines(f, colours, area) {
    var top = scale(largest(f), f.small ? 3 : 5);
    var ends = f.values.map(lastKnown);
    var words = f.names.map(function (name, i) { return ends[i] < 0 ? "" : name + "  " + f.shown[ends[i]][i]; });
    var widest = Math.max.apply(null, words.map(function (w) { return widthOf(w, 650); }));
    var beside = !f.narrow && widest < f.width * 0.42;
    var marks = phaseMarks(f), noted = f.notes.length ? NOTE_ROW : 0;
    var left = f.small ? 2 : Math.max(28, widthOf(short(top.max), 400) + 10);
    /* where names do not fit beside the lines they stand above them, in as many rows as they need */
    var rows = 1, used = 0;
    words.forEach(function (w) {
      var need = widthOf(w, 600) + 32;
      if (used && used + need > f.width) { rows += 1; used = 0; }
      used += need;
    });
    var named = beside ? 0 : rows * 20 + 6;
    var grid = { left: left, right: beside ? widest + 20 : 10, top: (marks ? 30 : 10) + noted + named, bottom: 24 };
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
      /* a line that ends before the others has its name within the picture, over them */
      if (ends[i] < f.last) { Object.assign(name, { backgroundColor: ink("sheet"), padding: [2, 3], borderRadius: 3 }); }
      return {
        name: f.names[i], type: "line", data: data.slice(0, ends[i] + 1), symbol: "circle", symbolSize: 6, connectNulls: false,
        /* a point alone between gaps would not show as a line */
        showSymbol: data.filter(function (v) { return v !== null; }).length < 3 || f.any, showAllSymbol: f.any,
        lineStyle: { width: main ? 2.75 : 2, color: colour, join: "round", cap: "round", type: i > 1 && i % 2 ? [6, 3] : "solid" },
        itemStyle: { color: colour }, z: main ? 3 : 2, emphasis: { disabled: true },
        animation: data[0] !== null && !charts.still, // its name would set out from a point that is not there
        endLabel: beside ? Object.assign({ show: true, distance: 10, offset: [0, shift[i]], formatter: function () { return words[i]; } }, name) : undefined,
        markLine: main ? together(together(marks, targetLine(f, "insideStartTop")), noteSigns(f, marks ? 26 : 4, true)) : undefined
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
      var now = f.things === "equal" ? -1 : lastKnown(f.values[0]), room = (f.width - words) / f.labels.length;
      var foot = slanted(f, f.width - words) || { left: 0, bottom: 24 };
      var o = base(f);
      o.tooltip.axisPointer = { type: "none" };
      o.grid = { left: foot.left, right: words, top: 24 + (f.notes.length ? NOTE_ROW : 0), bottom: foot.bottom };
      o.xAxis = categories(f, f.width - words, {}, 6);
      o.yAxis = amounts({ max: top || 1, step: top || 1 }, { show: false });
      var widest = Math.max.apply(null, f.shown.map(function (row, i) { return f.hidden[i] ? 0 : widthOf(row[0], 500); }));
      /* a value whose words the line of the target would strike through stands inside its bar */
      var high = f.height - o.grid.top - o.grid.bottom;
      function isStruck(v, i) {
        var above = v === null || f.target === null || i < f.targetFirst ? NaN : (f.target - v) / top * high;
        return above > 2 && above < 24 && v / top * high > 24;
      }
      o.series = [{
        name: f.names[0], type: "bar", barWidth: "62%", barMaxWidth: 56,
        data: f.values[0].map(function (v, i) {
          var inside = isStruck(v, i);
          var words = { show: room >= widest || i === now, color: ink(inside && i === now ? "on-voice" : inside || i === now ? "ink" : "ink-2"), position: inside ? "insideTop" : "top" };
          /* wider than its bar, it brings its own ground */
          if (inside && widest > Math.min(56, room * 0.62)) { Object.assign(words, { color: ink("ink"), backgroundColor: ink("sheet"), padding: [1, 3], borderRadius: 3 }); }
          return { value: v, label: words, itemStyle: { color: i === now ? full : soft, borderColor: i === now ? full : edge, borderWidth: 1, borderRadius: [4, 4, 0, 0] } };
        }),
        label: {
          show: room >= widest, distance: 6, fontSize: 12, fontWeight: 500,
          /* the table's own words: one figure has one value wherever it stands */
          formatter: function (p) { return f.shown[p.dataIndex][0]; }
        },
        emphasis: { disabled: true },
        markLine: together(targetLine(f, beside ? "end" : "insideStartTop", o.grid.right), noteSigns(f, 26, false))
      }];
      o.series = o.series.concat(usualBand(f, o.grid, top || 1));
      if (f.isOpen) { o.series.push(openPosts(f, edge)); }
      if (f.any) { o.series.push(hiddenPosts(f, top, true)); }
      return o;
    },
    /* parts of a whole, such as value and promotion, with the aim as a line */
    stack: function (f) {
      var share = f.unit === "%", top = share ? 100 : largest(f, true) * 1.06 || 1;
      var colours = [ink("voice"), ink("c2"), ink("c4"), ink("c3")];
      var beside = f.target !== null && f.width >= 280, words = widthOf(f.targetLabel, 600) + 10;
      var room = f.width / f.labels.length;
      var foot = slanted(f, f.width - (beside ? words : 0)) || { left: 0, bottom: 24 };
      var o = base(f);
      o.tooltip.axisPointer = { type: "none" };
      o.grid = { left: foot.left, right: beside ? words : 0, top: 8 + (f.notes.length ? NOTE_ROW : 0), bottom: foot.bottom };
      o.xAxis = categories(f, f.width - o.grid.right, {}, 6);
      o.yAxis = amounts({ max: top, step: top }, { show: false });
      var widest = Math.max.apply(null, f.shown.map(function (row, i) { return f.hidden[i] ? 0 : widthOf(row[0], 500); }));
      o.series = f.values.map(function (data, i) {
        var last = i === f.values.length - 1;
        return {
          name: f.names[i], type: "bar", stack: "whole", barWidth: "62%", barMaxWidth: 56,
          /* the rest is at most so much: an outline, not a part that is known */
          data: data.map(function (v, row) {
            var open = { color: "transparent", borderColor: colours[i % colours.length], borderWidth: 1, borderType: [4, 3] };
            return i && f.open[row][i] ? { value: v, itemStyle: open } : v;
          }),
          itemStyle: { color: colours[i % colours.length], borderRadius: last ? [4, 4, 0, 0] : 0, borderColor: ink("sheet"), borderWidth: i ? 1 : 0 },
          label: { show: i === 0 && (f.width - o.grid.right) / f.labels.length * 0.62 > widest, position: "insideBottom", distance: 8, color: ink("on-voice"), fontSize: 12, fontWeight: 500, formatter: function (p) { return f.shown[p.dataIndex][i]; } },
          emphasis: { disabled: true },
          markLine: i ? undefined : together(targetLine(f, beside ? "end" : "insideStartTop", o.grid.right), noteSigns(f, 4, false))
        };
      });
      o.series = o.series.concat(usualBand(f, o.grid, top || 1));
      if (f.any) { o.series.push(hiddenPosts(f, top, true)); }
      return o;
    }
  };

  /* one chart in its box; what it gives back can be disposed of */
  charts.large = function (box, figure) {
    var kind = kinds[box.dataset.chart];
    if (!kind) { return null; }
    var chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption(kind(figure));
    return chart;
  };
})();
