/* The code on the wall: full screen, and the screen stays on. Without this the page works as it stands. */
(() => {
  "use strict";
  const button = document.querySelector("[data-wall]");
  const stayOn = () => {
    if (document.visibilityState === "visible" && navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", stayOn);
  stayOn();
  if (!button || !document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => document.documentElement.requestFullscreen().catch(() => {}));
})();
