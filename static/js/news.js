/* Following a line of the inbox marks it as read: first that, then the page, so that its bell knows. */
(function () {
  "use strict";
  function token() { return JSON.parse(document.body.getAttribute("hx-headers") || "{}"); }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("a[data-read]");
    if (!link || event.defaultPrevented) { return; }
    var sent = fetch(link.dataset.read, { method: "POST", headers: token(), keepalive: true });
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    function go() { window.location.assign(link.href); }
    sent.then(go, go);
  });
})();
