/* Lets this browser show notifications: one press, then the browser's own question. Without that nothing is asked. */
(function () {
  "use strict";
  var box = document.querySelector("[data-push]");
  var able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  if (!box || !able || !window.isSecureContext) { return; }
  var offer = box.querySelector("[data-push-offer]"), none = box.querySelector("[data-push-none]");
  var button = box.querySelector("[data-push-on]"), says = box.querySelector("[data-push-says]");
  if (offer) { offer.hidden = false; none.hidden = true; }

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (letter) { return letter.charCodeAt(0); });
  }
  function token() { return JSON.parse(document.body.getAttribute("hx-headers") || "{}"); }
  function say(words) { says.textContent = words; if (button) { button.disabled = false; } }

  /* what the browser knows under another key, or of somebody who was signed in here before, begins anew */
  function agree(registration) {
    return registration.pushManager.getSubscription().then(function (known) {
      return known ? known.unsubscribe() : null;
    }).then(function () {
      return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) });
    });
  }
  function send(subscription) {
    var told = subscription.toJSON();
    var body = new URLSearchParams({
      endpoint: told.endpoint, p256dh: told.keys.p256dh, auth: told.keys.auth, key: box.dataset.key
    });
    return fetch(box.dataset.add, { method: "POST", headers: token(), body: body }).then(function (answer) {
      if (answer.ok) { window.location.reload(); return null; }
      return subscription.unsubscribe().then(function () { return answer.json(); }).then(function (told) { say(told.says); });
    });
  }
  if (button) {
    button.addEventListener("click", function () {
      button.disabled = true;
      says.textContent = "";
      Notification.requestPermission().then(function (answer) {
        if (answer !== "granted") { say(box.dataset.denied); return null; }
        return navigator.serviceWorker.ready.then(agree).then(send);
      }).catch(function () { say(box.dataset.failed); });
    });
  }
  /* switched off here: the browser forgets it too */
  var off = box.querySelector("[data-push-off]");
  if (off) {
    off.form.addEventListener("submit", function () {
      navigator.serviceWorker.ready.then(function (registration) { return registration.pushManager.getSubscription(); })
        .then(function (known) { return known && known.unsubscribe(); }).catch(function () {});
    });
  }
})();
