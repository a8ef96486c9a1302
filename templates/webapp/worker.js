/* Keeps one page for when there is no connection, and what that page is made of. No page of a person ever comes in here:
   whatever is asked for goes to the site, and only where nobody answers stands the page that says so. */
"use strict";
const CACHE = "offline-{{ edition }}";
const OFFLINE = "{{ offline|escapejs }}";
const UNSENT = "{{ unsent|escapejs }}";
const SHARE = "{{ share|escapejs }}";
const ICON = "{{ icon|escapejs }}";
const LONGEST = 1000; // of what is shared: an address that is longer reaches no server
const PARTS = [{% for part in parts %}"{{ part|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", function (event) {
  event.waitUntil(caches.open(CACHE).then(function (cache) {
    return cache.addAll(PARTS.map(function (part) {
      return new Request(part, { cache: "reload", credentials: "omit" });
    }));
  }).then(function () { return self.skipWaiting(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    var old = names.filter(function (name) { return name !== CACHE; });
    return Promise.all(old.map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});

/* What another app shares may be a whole text. Only the link in it is asked for, so only that goes on. */
function shortened(address) {
  const words = ["url", "text", "title"].map(function (name) { return address.searchParams.get(name) || ""; }).join(" ");
  const link = words.match(/https?:\/\/[^\s<>"]+/);
  return SHARE + "?" + new URLSearchParams({ text: (link ? link[0] : words).slice(0, LONGEST) });
}

/* News, in one line: the site has sealed it for this browser, and the person asked for it here. */
self.addEventListener("push", function (event) {
  let told = {};
  try { told = event.data.json(); } catch (error) { /* a browser insists that something is shown */ }
  event.waitUntil(self.registration.showNotification(told.title || "Botschaft", {
    tag: told.tag || "botschaft", lang: told.lang || "", icon: ICON, badge: ICON, data: { url: told.url || "/" }
  }));
});

/* Whoever signs out here is told nothing here any more: not by a line that is shown already, nor by one that is on its way. */
self.addEventListener("message", function (event) {
  if (event.data !== "leaves") { return; }
  const push = self.registration.pushManager;
  event.waitUntil(Promise.all([
    self.registration.getNotifications().then(function (all) { all.forEach(function (one) { one.close(); }); }),
    push ? push.getSubscription().then(function (known) { return known && known.unsubscribe(); }) : null
  ]).catch(function () { /* a browser without either */ }));
});

/* The line opens what it is about, in a window that is there or a new one; never another site. */
self.addEventListener("notificationclick", function (event) {
  event.notification.close();
  const asked = new URL(event.notification.data.url, self.location.origin);
  const address = asked.origin === self.location.origin ? asked.href : self.location.origin + "/";
  event.waitUntil(self.clients.matchAll({ type: "window" }).then(function (windows) {
    const there = windows.find(function (each) { return each.url === address; });
    return there ? there.focus() : self.clients.openWindow(address);
  }));
});

/* The way back to what a form answered: the browser keeps no such answer and asks nobody, so there is a connection to ask
   for the page itself. Nothing is sent a second time. */
function isStep(request) { return request.isHistoryNavigation || request.cache === "only-if-cached"; }
function asked(request) {
  const from = request.referrer.startsWith(self.location.origin + "/") ? request.referrer : request.url;
  return Response.redirect(from, 303);
}

self.addEventListener("fetch", function (event) {
  const request = event.request;
  if (request.mode === "navigate" && request.method === "POST") {
    event.respondWith(fetch(request).catch(function () { return isStep(request) ? asked(request) : caches.match(UNSENT); }));
    return;
  }
  if (request.method !== "GET") { return; }
  const address = new URL(request.url);
  if (request.mode === "navigate" && address.pathname === SHARE && address.search.length > LONGEST) {
    event.respondWith(Response.redirect(shortened(address), 303));
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(function () { return caches.match(OFFLINE); }));
    return;
  }
  if (address.origin === self.location.origin && PARTS.includes(address.pathname)) {
    event.respondWith(fetch(request).catch(function () { return caches.match(address.pathname); }));
  }
});
