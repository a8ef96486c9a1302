/* Keeps one page for when there is no connection, and what that page is made of. No page of a person ever comes in here:
   whatever is asked for goes to the site, and only where nobody answers stands the page that says so. */
"use strict";
const CACHE = "offline-{{ edition }}";
const OFFLINE = "{{ offline|escapejs }}";
const SHARE = "{{ share|escapejs }}";
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

self.addEventListener("fetch", function (event) {
  const request = event.request;
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
