// The time of an event on the visitor's own clock, when it is another one than where it takes place.
(() => {
  document.querySelectorAll("[data-own-time]").forEach((line) => {
    const said = line.dataset.ownTime;
    const at = new Date(said);
    const there = /([+-])(\d\d):(\d\d)$/.exec(said);
    if (Number.isNaN(at.getTime()) || !there) return;
    const minutes = (Number(there[2]) * 60 + Number(there[3])) * (there[1] === "-" ? -1 : 1);
    if (minutes === -at.getTimezoneOffset()) return;
    const style = { weekday: "short", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZoneName: "short" };
    line.querySelector("span").textContent = new Intl.DateTimeFormat(document.documentElement.lang, { ...style, hour12: false }).format(at);
    line.hidden = false;
  });
})();
