/* Keys in the forum: j and k walk through topics or posts, l marks a topic as read, f follows it or not, r replies, q
   quotes what is selected, ? says all this. */
(function () {
  "use strict";
  function writing(target) { return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.nodeName); }
  function rows() { return Array.from(document.querySelectorAll("[data-keys] [data-row]")); }
  function place(row) { return row.querySelector("a.t") || row; }
  function walk(step) {
    var all = rows(), at = all.findIndex(function (row) { return row.contains(document.activeElement); });
    var next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step))];
    if (!next) { return; }
    all.forEach(function (row) { row.classList.toggle("is-at", row === next); });
    place(next).focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  function field() { return document.querySelector("#answer textarea"); }
  function quoted(row) {
    var selection = document.getSelection(), text = selection && !selection.isCollapsed ? String(selection).trim() : "";
    var prose = row && row.querySelector(".prose");
    return text && prose && prose.contains(selection.anchorNode) && prose.contains(selection.focusNode) ? text : "";
  }
  function reply(row) {
    var area = field(), words = quoted(row), name = row && row.querySelector("[data-quote]"), quote;
    if (!area) { return; }
    if (words && window.botschaftType) {
      quote = words.split("\n").map(function (line) { return "> " + line; }).join("\n");
      name = name && name.dataset.quoteName;
      area.setSelectionRange(area.value.length, area.value.length);
      window.botschaftType(area, (area.value ? "\n\n" : "") + (name ? "> @" + name + ":\n" : "") + quote + "\n\n");
    }
    area.focus();
    area.closest("section").scrollIntoView({ block: "nearest" });
  }
  /* Words that are selected in a post: a button beside them, or q. */
  function chosen() {
    var selection = document.getSelection(), anchor = selection && selection.anchorNode;
    var row = anchor && anchor.parentElement && anchor.parentElement.closest("[data-row]");
    return row && field() && quoted(row) ? row : null;
  }
  function offerQuote() {
    var button = document.querySelector("[data-quote-this]"), row = chosen(), box, home;
    if (!button) { return; }
    button.hidden = !row;
    if (!row) { return; }
    box = document.getSelection().getRangeAt(0).getBoundingClientRect();
    home = button.offsetParent.getBoundingClientRect();
    button.style.top = box.bottom - home.top + 8 + "px";
    button.style.left = Math.max(0, Math.min(box.left - home.left, home.width - button.offsetWidth)) + "px";
  }
  document.addEventListener("selectionchange", offerQuote);
  document.addEventListener("click", function (event) {
    var row = event.target.closest("[data-quote-this]") && chosen();
    if (row) { reply(row); }
  });
  /* pressing the button takes the selection away before the click: remember it */
  document.addEventListener("pointerdown", function (event) {
    if (event.target.closest("[data-quote], [data-quote-this]")) { event.preventDefault(); }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-quote]");
    if (button && field()) {
      event.preventDefault();
      reply(button.closest("[data-row]"));
    }
  });
  /* What is sent without leaving the page; what came of it is said. */
  function help() { return document.getElementById("forum-keys"); }
  function say(what) { if (help()) { window.botschaft.say(help().dataset[what]); } }
  function send(url, name, value, then) {
    var body = new FormData();
    body.append(name, value);
    fetch(url, { method: "POST", body: body, headers: JSON.parse(document.body.getAttribute("hx-headers") || "{}") })
      .then(function (answer) {
        /* whoever is signed out meanwhile was led to another page */
        if (answer.ok && !new URL(answer.url).pathname.startsWith("/accounts/")) { then(); } else { say("textFailed"); }
      })
      .catch(function () { say("textFailed"); });
  }
  function rowAt() {
    var active = document.activeElement;
    return active && active.closest && active.closest("[data-keys] [data-row][data-to]");
  }
  function topicOf(row) { return new URL(place(row).href).pathname; }
  function markRead() {
    var row = rowAt();
    if (!row || row.classList.contains("is-read")) { return; }
    send(topicOf(row) + "seen/", "to", row.dataset.to, function () {
      row.classList.add("is-read");
      row.querySelectorAll(".st.is-new").forEach(function (word) { word.remove(); });
      say("textRead");
    });
  }
  function follow() {
    var row = rowAt(), form = document.querySelector("form.follow[data-keyed]"), wanted, buttons;
    if (row) {
      wanted = !("followed" in row.dataset);
      send(topicOf(row) + "follow/", "follows", wanted ? "yes" : "", function () {
        if (wanted) { row.dataset.followed = ""; } else { delete row.dataset.followed; }
        say(wanted ? "textFollow" : "textNormal");
      });
    } else if (form) {
      buttons = Array.from(form.querySelectorAll("[name=follows]"));
      wanted = buttons.find(function (button) { return button.value === "yes"; });
      if (wanted.getAttribute("aria-pressed") === "true") {
        wanted = buttons.find(function (button) { return button.value === ""; });
      }
      send(form.getAttribute("action"), "follows", wanted.value, function () {
        buttons.forEach(function (button) { button.removeAttribute("aria-pressed"); });
        wanted.setAttribute("aria-pressed", "true");
        form.querySelector("[data-follow-about]").textContent = wanted.dataset.about;
        say(wanted.value ? "textFollow" : "textNormal");
      });
    }
  }
  document.addEventListener("keydown", function (event) {
    if (document.querySelector("dialog[open]")) { return; }
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest && event.target.closest("#answer")) {
        event.target.form.requestSubmit();
      }
      return;
    }
    if (event.key === "j") { walk(1); }
    if (event.key === "k") { walk(-1); }
    if (event.key === "l") { markRead(); }
    if (event.key === "f") { follow(); }
    if (event.key === "?" && help()) { help().showModal(); }
    if (event.key === "q" && chosen()) {
      event.preventDefault();
      reply(chosen());
    }
    if (event.key === "r" && field()) {
      event.preventDefault();
      reply(document.activeElement.closest && document.activeElement.closest("[data-row]"));
    }
  });

  /* What others say meanwhile: asked for while the page is in sight, told in a bar, put in when it is pressed. Nothing
     that one is reading moves. */
  var EVERY = 30000, bar = document.querySelector("[data-news]"), timer = 0;
  function numberOf(post) { return parseInt(post.id.replace("post-", ""), 10) || 0; }
  function ask() {
    clearTimeout(timer);
    if (!bar || !document.body.contains(bar) || document.hidden) { return; }
    fetch(bar.dataset.news + "?after=" + bar.dataset.after, { headers: { "HX-Request": "true" }, redirect: "error" })
      .then(function (answer) {
        if (answer.status === 204) { return null; }
        if (!answer.ok) { bar = null; return null; }
        return answer.text();
      })
      .then(function (html) {
        if (html && bar && bar.dataset.told !== html) { bar.innerHTML = html; bar.dataset.told = html; }
      })
      .catch(function () { /* the line is away: the next question may find it again */ })
      .finally(function () { if (bar) { timer = setTimeout(ask, EVERY + Math.random() * 2000); } });
  }
  function show(link) {
    var last = parseInt(link.dataset.showNew, 10), body = new FormData();
    return fetch(link.href).then(function (answer) { return answer.text(); }).then(function (html) {
      var there = new DOMParser().parseFromString(html, "text/html"), list = document.querySelector(".fposts");
      var known = Array.from(list.children).map(numberOf), first = null;
      var added = Array.from(there.querySelectorAll(".fposts > [id^=post-]")).filter(function (post) {
        return !known.includes(numberOf(post)) && numberOf(post) > parseInt(bar.dataset.after, 10);
      });
      if (!added.length || !known.includes(numberOf(there.querySelector(".fposts > [id^=post-]")))) {
        window.location.assign(link.href);
        return;
      }
      added.forEach(function (post) {
        var own = document.importNode(post, true);
        list.append(own);
        window.htmx.process(own);
        first = first || own;
      });
      bar.dataset.after = String(Math.max(last, numberOf(added[added.length - 1])));
      bar.innerHTML = "";
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "nearest" });
      body.append("to", bar.dataset.after);
      fetch(bar.dataset.seen, { method: "POST", body: body, headers: JSON.parse(document.body.getAttribute("hx-headers") || "{}") });
    });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-show-new]");
    if (link) {
      event.preventDefault();
      show(link).catch(function () { window.location.assign(link.href); });
    }
  });
  document.addEventListener("visibilitychange", ask);
  if (bar) { timer = setTimeout(ask, EVERY); }
})();
