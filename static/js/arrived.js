/* On the page for no connection, where the address is that of a code on a wall: what was scanned or typed is kept in this
   browser with its time, for who used the site here last, and goes out from the next page (js/offline.js). */
(() => {
  "use strict";
  const sections = document.querySelectorAll("[data-arrival]");
  let whose = null, signIn = null;
  try { whose = localStorage.getItem("whose"); signIn = localStorage.getItem("sign-in"); } catch (error) { /* storage is closed: nothing can be kept */ }
  if (!whose || !/^\/p\/[^/]+\/events\/\d+\/here\/$/.test(location.pathname)) return;
  const name = `arrival.${whose}.${location.pathname}`;
  const kept = () => JSON.parse(localStorage.getItem(name) || "null");
  const show = () => sections.forEach((section) => {
    section.hidden = false;
    section.querySelector("form").hidden = Boolean(kept());
    section.querySelector("[role=status]").hidden = !kept();
  });
  const label = document.querySelector(`[lang="${navigator.language.slice(0, 2)}"] [data-arrival] button`)?.textContent
    || sections[0].querySelector("button").textContent;
  const keep = (said) => {
    const code = said.replace(/\D/g, "");
    if (code.length !== 6) return;
    /* looked at again later, it was still scanned when it was scanned */
    if (!kept() || kept().code !== code) localStorage.setItem(name, JSON.stringify({ code, at: Date.now(), label, signIn }));
    show();
  };
  sections.forEach((section) => section.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep(new FormData(event.target).get("code"));
  }));
  show();
  keep(new URLSearchParams(location.search).get("code") || "");
})();
