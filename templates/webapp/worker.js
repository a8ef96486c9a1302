/* Keeps one page for when there is no connection, and what that page is made of. No page of a person ever comes in here:
   whatever is asked for goes to the site, and only where nobody answers stands the page that says so. */
"use strict";
const CACHE = "offline-{{ edition }}";
const OFFLINE = "{{ offline|escapejs }}";
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

self.addEventListener("fetch", function (event) {
  const request = event.request;
  if (request.method !== "GET") { return; }
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(function () { return caches.match(OFFLINE); }));
    return;
  }
  const address = new URL(request.url);
  if (address.origin === self.location.origin && PARTS.includes(address.pathname)) {
    event.respondWith(fetch(request).catch(function () { return caches.match(address.pathname); }));
  }
});
