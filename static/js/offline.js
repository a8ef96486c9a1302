/* Without a connection nothing that was typed is lost. The log keeps an entry in this browser, marked with whose it is, and
   sends it once there is a connection; so it does with arrivals at events, also those that the page for no connection took
   (js/arrived.js). A longer text that has a draft is kept here until the site has it (js/editor.js); every other form stays as it is and says so. */
(function () {
  "use strict";
  var box = document.getElementById("waiting");
  if (!box) { return; }
  var whose = box.dataset.whose, signIn = box.dataset.signIn;

  /* ------------------------------------------------------------------ texts that the site does not have yet */
  var DRAFTS = "draft.", MINE = DRAFTS + whose + ".", ARRIVALS = "arrival.", DAY = 24 * 3600 * 1000, MONTH = 30 * DAY, hasLeft = false;
  var windows = window.BroadcastChannel ? new BroadcastChannel("botschaft-leaves") : null;
  /* storage may be closed or full: then there is no copy, and nothing else fails */
  function quietly(act) { try { return act(); } catch (e) { return null; } }
  function remove(begins, isDue) {
    quietly(function () {
      Object.keys(localStorage).filter(function (name) { return name.startsWith(begins) && isDue(name); })
        .forEach(function (name) { localStorage.removeItem(name); });
    });
  }
  /* who signs out leaves nothing here (js/app.js), and no window of the same person keeps anything any more */
  function leave(event) {
    if ((event.detail || event.data) !== whose) { return; }
    hasLeft = true;
    window.botschaft.leave(whose);
  }
  /* somebody else's sign-in ended here by itself: what they were told is none of this person's business */
  quietly(function () { if ((localStorage.getItem("whose") || whose) !== whose) { window.botschaft.tellWorker("leaves"); } });
  /* the page for no connection knows nobody, nor whether the sign-in still holds */
  quietly(function () { localStorage.setItem("whose", whose); localStorage.setItem("sign-in", signIn); });
  window.botschaftHere = {
    put: function (key, text) {
      return !hasLeft && quietly(function () {
        localStorage.setItem(MINE + key, JSON.stringify(Object.assign({}, text, { at: Date.now() })));
        return true;
      });
    },
    get: function (key) { return quietly(function () { return JSON.parse(localStorage.getItem(MINE + key)); }); },
    drop: function (key) { quietly(function () { localStorage.removeItem(MINE + key); }); }
  };
  function olderThan(age) {
    return function (name) {
      var kept = quietly(function () { return JSON.parse(localStorage.getItem(name)); });
      return !kept || Date.now() - kept.at > age;
    };
  }
  remove(DRAFTS, olderThan(MONTH));
  remove(ARRIVALS, olderThan(DAY)); /* the site takes none that is older */
  if (windows) { windows.onmessage = leave; }
  document.addEventListener("botschaft:leaves", leave);

  if (!window.indexedDB) { return; }
  var STORE = "waiting", PATIENCE = 8000;
  var LEFT_OUT = ["csrfmiddlewaretoken", "next", "once"];

  /* ------------------------------------------------------------------ what is kept */
  function open() {
    return new Promise(function (done, fail) {
      var asked = indexedDB.open("botschaft", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore(STORE, { keyPath: "once" }); };
      asked.onsuccess = function () { done(asked.result); };
      asked.onerror = function () { fail(asked.error); };
    });
  }
  function within(mode, act) {
    return open().then(function (base) {
      return new Promise(function (done, fail) {
        var work = base.transaction(STORE, mode), asked = act(work.objectStore(STORE));
        work.oncomplete = function () { base.close(); done(asked.result); };
        work.onabort = work.onerror = function () { base.close(); fail(work.error); };
      });
    });
  }
  function mine() {
    return within("readonly", function (store) { return store.getAll(); }).then(function (all) {
      return all.filter(function (entry) { return entry.whose === whose; })
        .sort(function (one, other) { return one.at - other.at; });
    });
  }
  function drop(once) { return within("readwrite", function (store) { return store.delete(once); }); }

  /* ------------------------------------------------------------------ what is shown */
  function words(entry) {
    var said = new URLSearchParams(entry.fields);
    return [said.get("note"), said.get("url"), entry.kind].find(Boolean) || "…";
  }
  function show(says) {
    return mine().then(function (all) {
      var list = box.querySelector("ul"), form = box.querySelector("template");
      box.querySelector("[data-count-waiting]").textContent = String(all.length);
      if (says) { box.querySelector("[data-says]").textContent = says; }
      list.replaceChildren.apply(list, all.map(function (entry) {
        var line = form.content.cloneNode(true), why = entry.wrong || (entry.asks ? box.dataset.again : "");
        line.querySelector("li > span").textContent = words(entry) + (why ? " – " + why : "");
        line.querySelectorAll(".vh").forEach(function (name) { name.textContent = ": " + words(entry); });
        line.querySelector("[data-drop]").addEventListener("click", function () { drop(entry.once).then(function () { show(); }); });
        line.querySelector("[data-mine]").hidden = !entry.asks;
        line.querySelector("[data-mine]").addEventListener("click", function () {
          entry.asks = false;
          within("readwrite", function (store) { return store.put(entry); }).then(sync);
        });
        return line;
      }));
      box.hidden = !all.length;
      return all;
    });
  }

  /* ------------------------------------------------------------------ keeping and sending */
  function without(said) {
    LEFT_OUT.forEach(function (name) { said.delete(name); });
    return new URLSearchParams(said);
  }
  function keep(form) {
    /* an arrival is said once for each event, however often it is pressed */
    var said = new FormData(form), field = form.querySelector("[name=once]"), label = form.dataset.waitsAs;
    var kind = form.querySelector("[name=kind]:checked");
    var entry = {
      once: label ? form.dataset.waits : said.get("once"), whose: whose, at: Date.now(), to: form.dataset.waits,
      fields: without(said).toString(),
      kind: label || (kind ? kind.parentElement.textContent.trim() : "")
    };
    return within("readwrite", function (store) { return store.put(entry); }).then(function () {
      form.reset();
      if (field) { field.value = crypto.randomUUID(); }
      form.querySelectorAll("[type=submit]").forEach(function (button) { button.disabled = false; });
      return show(box.dataset.kept);
    }).then(function () {
      box.scrollIntoView({ block: "nearest" });
    });
  }
  function token() { return JSON.parse(document.body.getAttribute("hx-headers") || "{}"); }
  function send(entry) {
    var body = new URLSearchParams(entry.fields);
    body.set("once", entry.once);
    body.set("whose", entry.whose);
    body.set("ago", String(Math.max(0, Math.round((Date.now() - entry.at) / 1000))));
    return fetch(entry.to, { method: "POST", headers: token(), body: body, redirect: "manual" }).then(function (answer) {
      if (answer.ok) {
        return answer.json().then(function (told) {
          return drop(entry.once).then(function () { window.botschaft.say(told.says); return ""; });
        });
      }
      if (answer.type === "opaqueredirect") { return box.dataset.out; }
      if (answer.status === 409) { return answer.json().then(function (told) { return told.says; }); }
      if (answer.status === 422 || answer.status === 404) {
        return (answer.status === 422 ? answer.json() : Promise.resolve({ says: box.dataset.refused })).then(function (told) {
          entry.wrong = told.says || box.dataset.refused;
          return within("readwrite", function (store) { return store.put(entry); }).then(function () { return ""; });
        });
      }
      if (answer.status === 403) {
        /* the page is older than the sign-in, or the person takes part no more: the next page knows */
        return box.dataset.out;
      }
      return null;
    });
  }
  /* codes of a wall that were scanned or typed on the page for no connection */
  function fetchArrivals() {
    var begins = ARRIVALS + whose + ".";
    var names = quietly(function () { return Object.keys(localStorage).filter(function (name) { return name.startsWith(begins); }); });
    return Promise.all((names || []).map(function (name) {
      var kept = quietly(function () { return JSON.parse(localStorage.getItem(name)); }), to = name.slice(begins.length) + "waiting/";
      var entry = kept && {
        once: to, whose: whose, at: kept.at, to: to, fields: new URLSearchParams({ code: kept.code }).toString(), kind: kept.label,
        asks: kept.signIn !== signIn /* that sign-in had ended, perhaps while somebody else held the phone */
      };
      return (entry ? within("readwrite", function (store) { return store.put(entry); }) : Promise.resolve()).then(function () {
        localStorage.removeItem(name);
      });
    }));
  }
  function sendAll() {
    return fetchArrivals().then(mine).then(function (all) {
      return all.filter(function (entry) { return !entry.wrong && !entry.asks; }).reduce(function (before, entry) {
        return before.then(function (says) { return says === null ? null : send(entry).then(function (said) { return said || says; }); });
      }, Promise.resolve(""));
    }).catch(function () { return ""; }).then(show);
  }
  function sync() {
    if (!navigator.onLine) { return show(); }
    /* one window at a time; where two do it all the same, the site takes each entry once */
    return navigator.locks ? navigator.locks.request("botschaft-waiting", sendAll) : sendAll();
  }

  /* ------------------------------------------------------------------ forms without a connection */
  function reaches() {
    var patience = new AbortController(), timer = setTimeout(function () { patience.abort(); }, PATIENCE);
    return fetch("/app.webmanifest", { cache: "no-store", signal: patience.signal }).then(function () {
      clearTimeout(timer);
      return true;
    }, function () { return false; });
  }
  document.addEventListener("submit", function (event) {
    /* a text that could not be saved a moment ago: sending would take the page, and the text with it */
    var form = event.target, waits = form.dataset.waits, doubtful = waits || form.querySelector("[data-unkept]");
    if (form.method !== "post" || (navigator.onLine && (!doubtful || form.hasAttribute("hx-post")))) { return; }
    if (doubtful && form.dataset.reached) { delete form.dataset.reached; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!navigator.onLine) {
      if (waits) { keep(form); } else { window.botschaft.say(box.dataset.stays, true); }
      return;
    }
    var by = event.submitter;
    reaches().then(function (there) {
      if (!there) { return waits ? keep(form) : window.botschaft.say(box.dataset.stays, true); }
      form.dataset.reached = "1";
      return form.requestSubmit(by);
    });
  }, true);
  /* the answer never came: perhaps it was logged, and then the same key says so */
  document.addEventListener("htmx:sendError", function (event) {
    var form = event.target.closest("form[data-waits]");
    if (form) { event.stopImmediatePropagation(); keep(form); }
  }, true);
  window.addEventListener("online", sync);
  window.botschaft.sync = sync;
  sync();
})();
