/* The field for longer texts. It stays a plain field of Markdown; this adds a toolbar, a menu after "/", a preview,
   pictures by paste and drop, and a draft on the server; what the server does not get is kept on this device until it does. */
(function () {
  "use strict";
  if (window.botschaftType) { return; }
  var LINE = { heading: "## ", list: "- ", numbers: "1. ", quote: "> " };
  var AROUND = { bold: "**", italic: "*" }, SLASH = /(^|\n)\/([\p{L}]*)$/u, ITEM = /^(\s*)([-*]|\d+\.) (.*)$/;
  var timers = new WeakMap();

  /* Typing through the browser, so that its undo knows of it. */
  function type(area, words) {
    area.focus();
    if (!words && area.selectionStart === area.selectionEnd) { return; }
    if (!document.execCommand(words ? "insertText" : "delete", false, words)) {
      area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  window.botschaftType = type;
  function boxOf(element) { return element.closest && element.closest("[data-editor]"); }
  function areaOf(box) { return box.querySelector("textarea"); }
  function post(url, fields) {
    var body = new FormData(), headers = JSON.parse(document.body.getAttribute("hx-headers") || "{}");
    Object.keys(fields).forEach(function (name) { body.append(name, fields[name]); });
    return fetch(url, { method: "POST", body: body, headers: headers });
  }
  function later(box, what, wait, act) {
    var mine = timers.get(box) || {};
    clearTimeout(mine[what]);
    mine[what] = setTimeout(act, wait);
    timers.set(box, mine);
  }

  /* --------------------------------------------------------------- writing */
  function around(area, mark) {
    var start = area.selectionStart, words = area.value.slice(start, area.selectionEnd);
    type(area, mark + words + mark);
    area.setSelectionRange(start + mark.length, start + mark.length + words.length);
  }
  function lines(area, mark) {
    var start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1, end = area.value.indexOf("\n", area.selectionEnd);
    if (end < 0) { end = area.value.length; }
    var marked = area.value.slice(start, end).split("\n").map(function (line, index) {
      var own = mark === "1. " ? index + 1 + ". " : mark;
      return line.startsWith(own) ? line.slice(own.length) : own + line;
    }).join("\n");
    area.setSelectionRange(start, end);
    type(area, marked);
  }
  function link(area) {
    var start = area.selectionStart, words = area.value.slice(start, area.selectionEnd);
    type(area, "[" + words + "](https://)");
    if (words) { area.setSelectionRange(start + words.length + 11, start + words.length + 11); }
    else { area.setSelectionRange(start + 1, start + 1); }
  }
  /* A word is code within its line, several lines are a block of their own. */
  function code(area) {
    var start = area.selectionStart, words = area.value.slice(start, area.selectionEnd);
    if (words && !words.includes("\n")) { around(area, "`"); return; }
    type(area, (start && area.value[start - 1] !== "\n" ? "\n" : "") + "```\n" + words + "\n```\n");
    if (!words) { area.setSelectionRange(area.selectionStart - 5, area.selectionStart - 5); }
  }
  function nextItem(event) {
    var area = event.target, start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    var item = ITEM.exec(area.value.slice(start, area.selectionStart));
    if (!item || area.selectionStart !== area.selectionEnd) { return; }
    event.preventDefault();
    if (!item[3]) {
      area.setSelectionRange(start, area.selectionStart);
      type(area, "\n");
      return;
    }
    type(area, "\n" + item[1] + (/\d/.test(item[2]) ? parseInt(item[2], 10) + 1 + "." : item[2]) + " ");
  }
  function slash(box, area) {
    var begun = SLASH.exec(area.value.slice(0, area.selectionStart));
    if (!begun || area.selectionStart !== area.selectionEnd) { return; }
    var wanted = begun[2].toLowerCase(), all = JSON.parse(box.dataset.inserts);
    function by(words) { return all.filter(function (each) { return each[words].toLowerCase().includes(wanted); }); }
    var found = by("label"), isGrouped = new Set(all.map(function (each) { return each.group; })).size > 1;
    if (!found.length) { found = by("says"); }
    window.botschaftPick.offer(area, found.map(function (each) {
      var line = each.text.trim(), isThere = line.startsWith("[[") && !line.includes("\n") && area.value.includes(line);
      return { label: each.label, says: isThere ? box.dataset.textThere : each.says, icon: box.dataset.icons + "#" + each.icon,
        group: isGrouped ? each.group : "", text: each.text, press: each.press };
    }), function (each) {
      area.setSelectionRange(area.selectionStart - begun[2].length - 1, area.selectionStart);
      type(area, each.text);
      if (each.press) { press(box, each.press); }
    }, box.dataset.textMenu, box.dataset.textKeys);
  }

  /* -------------------------------------------------------------- pictures */
  function upload(box, file) {
    var area = areaOf(box), mark = "![" + box.dataset.textUploading + ": " + file.name.replace(/[[\]]/g, " ") + "]()";
    function put(words) {
      var place = area.value.indexOf(mark), end = place + mark.length, from = area.selectionStart, to = area.selectionEnd;
      if (place < 0) { return; }
      /* The caret stays where it is in the text: "preserve" would select the words, and the next key would erase them. */
      function moved(at) { return at <= place ? at : place + words.length + Math.max(0, at - end); }
      area.setRangeText(words, place, end);
      area.setSelectionRange(moved(from), moved(to));
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    type(area, mark);
    function send(what, whole) {
      var key = window.crypto.randomUUID ? crypto.randomUUID() : "";
      return post(box.dataset.uploadUrl, { file: what, key: key, instead_of: whole ? whole.source.split(":")[1] : "" })
        .then(function (answer) { return answer.json(); })
        .then(function (answer) { if (answer.problem) { throw answer; } return answer; });
    }
    send(file)
      .then(function (answer) {
        if (!answer.is_picture) { put("[" + answer.name.replace(/[[\]]/g, " ") + "](" + answer.source + ")"); return null; }
        return window.botschaftPictures.ask(area, answer, file).then(function (words) {
          return (words.cut ? send(words.cut, answer) : Promise.resolve(answer)).then(function (kept) {
            put("![" + words.text + "](" + kept.source + words.mark + ")");
          });
        });
      })
      .catch(function (refusal) {
        put("");
        window.botschaft.say(refusal.problem || box.dataset.textFailed, true);
      });
  }
  function pictures(box, files) {
    var found = Array.from(files || []).filter(function (file) {
      return (box && box.dataset.files) || file.type.startsWith("image/");
    });
    if (!box || !box.dataset.uploadUrl || !found.length) { return false; }
    found.forEach(function (file) { upload(box, file); });
    return true;
  }

  /* ----------------------------------------------------- preview and draft */
  function preview(box) {
    var place = box.querySelector("[data-md-preview]");
    if (!place || place.hidden) { return; }
    post(box.dataset.previewUrl, { text: areaOf(box).value, kind: box.dataset.kind, target: box.dataset.target })
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .then(function (html) { if (html !== null) { place.innerHTML = html; } })
      .catch(function () { /* the next letter asks again */ });
  }
  function besideOf(box) {
    var form = areaOf(box).form, names = (box.dataset.beside || "").split(" ").filter(Boolean);
    return names.flatMap(function (name) { return form ? Array.from(form.querySelectorAll("[name='" + name + "']")) : []; });
  }
  function isText(field) { return field.type !== "radio" && field.type !== "checkbox"; }
  /* what is stored, where something is changed that was sent before; nothing for what is new */
  function stands(box) { return box.dataset.stands ? JSON.parse(box.dataset.stands) : { text: "" }; }
  function isAsStored(box) {
    var stored = stands(box);
    return areaOf(box).value === stored.text && besideOf(box).every(function (field) {
      return !(field.name in stored) || field.value === stored[field.name];
    });
  }
  /* the other fields of the form, while somebody has written anything; a choice alone is no draft */
  function beside(box) {
    var fields = besideOf(box), kept = {};
    if (box.dataset.stands && isAsStored(box)) { return kept; }
    if (!areaOf(box).value.trim() && !fields.some(function (field) { return isText(field) && field.value.trim(); })) { return kept; }
    fields.forEach(function (field) { if (isText(field) || field.checked) { kept[field.name] = field.value; } });
    return kept;
  }
  function keep(box) {
    var state = box.querySelector("[data-md-state]"), text = areaOf(box).value, typed = box.dataset.typed;
    if (!state || box.dataset.sent) { return; }
    if (box.dataset.keeping) { box.dataset.again = "1"; return; }
    box.dataset.keeping = "1";
    post(box.dataset.draftUrl, {
      key: box.dataset.draftKey, text: box.dataset.stands && isAsStored(box) ? "" : text, seen: box.dataset.draftVersion, beside: JSON.stringify(beside(box))
    })
      .then(function (answer) { return answer.json(); })
      .then(function (answer) {
        state.textContent = answer.words;
        delete box.dataset.unkept;
        if (box.dataset.typed === typed) { delete box.dataset.typed; }
        if (answer.instead) { instead(box, state, answer); return; }
        if (answer.version === undefined) { return; }
        box.dataset.draftVersion = answer.version;
        saved.set(box, text);
        if (!box.dataset.typed) { here.drop(box.dataset.draftKey); }
      })
      .catch(function () {
        if (box.dataset.sent) { return; }
        box.dataset.unkept = "1";
        state.textContent = keepHere(box) ? box.dataset.textHere : document.body.dataset.textOffline;
      })
      .then(function () {
        delete box.dataset.keeping;
        if (box.dataset.again) { delete box.dataset.again; keep(box); }
      });
  }
  /* ----------------------------------------------------- kept on this device */
  var NOWHERE = { put: function () { return false; }, get: function () { return null; }, drop: function () { return null; } };
  var here = window.botschaftHere || NOWHERE, saved = new WeakMap();
  function older(box) { return box.dataset.draftKey + "~"; }
  /* what was last saved, or stood there when the page came */
  function ground(box) { return saved.has(box) ? saved.get(box) : areaOf(box).defaultValue; }
  function keepHere(box) {
    return here.put(box.dataset.draftKey, {
      text: areaOf(box).value, beside: beside(box), ground: ground(box), seen: box.dataset.draftVersion
    });
  }
  function fill(box, kept) {
    areaOf(box).value = kept.text;
    besideOf(box).filter(function (field) { return field.name in kept.beside; }).forEach(function (field) {
      if (isText(field)) { field.value = kept.beside[field.name]; } else { field.checked = kept.beside[field.name] === field.value; }
    });
    box.dataset.typed = "1";
    box.querySelector("[data-md-state]").textContent = box.dataset.textHere;
    keep(box);
  }
  /* What this device kept comes back; when something else was saved meanwhile, whoever writes decides. */
  function bringBack(box) {
    var key = box.dataset.draftKey, kept = here.get(key), other;
    if (kept && kept.text !== areaOf(box).value) {
      if (kept.ground === areaOf(box).defaultValue && kept.seen === box.dataset.draftVersion) { fill(box, kept); } else {
        other = here.get(older(box));
        if (other && other.text !== kept.text) { kept.text = other.text + "\n\n" + kept.text; }
        here.put(older(box), kept);
        here.drop(key);
      }
    } else if (kept) { if (Object.keys(kept.beside).length) { fill(box, kept); } else { here.drop(key); } }
    other = here.get(older(box));
    if (other) { offer(box, other); }
  }
  function offer(box, kept) {
    var line = document.createElement("p");
    function button(words, act) {
      var one = document.createElement("button");
      one.type = "button";
      one.className = "linklike";
      one.textContent = words;
      one.addEventListener("click", function () { here.drop(older(box)); line.remove(); areaOf(box).focus(); act(); });
      line.append(" ", one);
    }
    line.className = "mdstate";
    line.setAttribute("role", "status");
    line.append(box.dataset.textOlder);
    button(box.dataset.textTake, function () { fill(box, kept); });
    button(box.dataset.textDrop, function () { return null; });
    box.append(line);
  }
  function forgetHere(box) {
    here.drop(box.dataset.draftKey);
    here.drop(older(box));
  }
  /* the window goes, or the phone is put away: what is not saved yet stays here */
  function keepAllHere() {
    document.querySelectorAll("[data-draft-key][data-typed], [data-draft-key][data-unkept]").forEach(function (box) {
      if (box.dataset.draftUrl && !box.dataset.sent) { keepHere(box); }
    });
  }
  window.addEventListener("pagehide", keepAllHere);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { keepAllHere(); } });
  /* the same is written in another window: whoever writes says which one is kept */
  function instead(box, state, answer) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "linklike";
    button.textContent = answer.instead;
    button.addEventListener("click", function () { box.dataset.draftVersion = answer.version; keep(box); areaOf(box).focus(); });
    state.append(" ", button);
  }
  function keepLater(box) {
    box.dataset.typed = String(Date.now() + Math.random());
    later(box, "draft", 1000, function () { keep(box); });
  }
  window.addEventListener("online", function () { document.querySelectorAll("[data-editor][data-unkept]").forEach(keep); });

  /* ---------------------------------------------------------------- events */
  function press(box, what) {
    var area = areaOf(box), place;
    if (AROUND[what]) { around(area, AROUND[what]); }
    if (LINE[what]) { lines(area, LINE[what]); }
    if (what === "link") { link(area); }
    if (what === "code") { code(area); }
    if (what === "table") { type(area, (area.selectionStart ? "\n\n" : "") + box.querySelector("[data-insert]").dataset.insert + "\n"); }
    if (what === "picture") { box.querySelector("[data-md-file]").click(); }
    if (what === "discard") { area.select(); type(area, stands(box).text); area.value = stands(box).text;
      besideOf(box).filter(isText).forEach(function (field) { field.value = stands(box)[field.name] || ""; });
      areaOf(box).blur(); /* nobody is about to be named */
      keep(box); }
    if (what === "preview") {
      place = box.querySelector("[data-md-preview]");
      place.hidden = !place.hidden;
      box.querySelector('[data-md="preview"]').setAttribute("aria-pressed", String(!place.hidden));
      preview(box);
    }
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-md]");
    if (button) { press(boxOf(button), button.dataset.md); }
  });
  document.addEventListener("input", function (event) {
    var box = event.target.nodeName === "TEXTAREA" && boxOf(event.target);
    if (!box) {
      (event.target.form ? event.target.form.querySelectorAll("[data-beside]") : []).forEach(function (other) {
        if (besideOf(other).includes(event.target)) { delete other.dataset.sent; keepLater(other); }
      });
      return;
    }
    delete box.dataset.sent;
    window.botschaftPick.shut();
    slash(box, event.target);
    later(box, "preview", 400, function () { preview(box); });
    if (box.dataset.draftUrl) { keepLater(box); }
  });
  document.addEventListener("keydown", function (event) {
    var box = boxOf(event.target), tools, at;
    if (!box || event.defaultPrevented || event.isComposing) { return; }
    if (event.target.nodeName === "TEXTAREA") {
      if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) { nextItem(event); }
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && "bi".includes(event.key.toLowerCase())) {
        event.preventDefault();
        press(box, event.key.toLowerCase() === "b" ? "bold" : "italic");
      }
      return;
    }
    if (!event.target.closest(".mdtools") || (event.key !== "ArrowRight" && event.key !== "ArrowLeft")) { return; }
    tools = Array.from(box.querySelectorAll(".mdtools button"));
    at = tools.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1) + tools.length;
    tools.forEach(function (tool, index) { tool.tabIndex = index === at % tools.length ? 0 : -1; });
    tools[at % tools.length].focus();
    event.preventDefault();
  });
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-md-file]")) {
      pictures(boxOf(event.target), event.target.files);
      event.target.value = "";
    }
  });
  document.addEventListener("paste", function (event) {
    if (pictures(boxOf(event.target), event.clipboardData && event.clipboardData.files)) { event.preventDefault(); }
  });
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var box = boxOf(event.target);
      if (!box || !box.dataset.uploadUrl) { return; }
      box.classList.toggle("is-over", kind === "dragover");
      if (kind === "dragover") { event.preventDefault(); }
      if (kind === "drop" && pictures(box, event.dataTransfer.files)) { event.preventDefault(); }
    });
  });
  /* what is being sent is no draft any more: nothing that is under way may bring it back */
  document.addEventListener("submit", function (event) {
    event.target.querySelectorAll("[data-draft-url]").forEach(function (box) {
      clearTimeout((timers.get(box) || {}).draft);
      box.dataset.sent = "1";
      forgetHere(box);
    });
  });
  /* it did not get there: it is a draft again */
  ["htmx:sendError", "htmx:responseError"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      event.target.querySelectorAll("[data-draft-url][data-sent]").forEach(function (box) {
        delete box.dataset.sent;
        box.dataset.typed = "1";
        if (box.dataset.draftUrl) { keep(box); }
      });
    });
  });
  function prepare(within) {
    within.querySelectorAll("[data-draft-url]:not([data-draft-url=''])").forEach(function (box) {
      if (!box.dataset.brought) { box.dataset.brought = "1"; bringBack(box); }
    });
    within.querySelectorAll(".mdtools, [data-md=discard]").forEach(function (part) { part.hidden = false; });
  }
  prepare(document);
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt); });
})();
