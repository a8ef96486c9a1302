"""A device is added by one press, shows the line that the site sends, and opens what it is about.

The browser's own push service lies on the internet: its answer to the page is given here, and what it would hand to the
service worker is handed over as it would.
"""

import json
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from core.push.models import PushDevice
from tests.browser.conftest import findings_of
from tests.browser.test_told import READY
from tests.factories.push import FakeBrowser, make_browser
from tests.worker import wait_until

SHOWN = """() => navigator.serviceWorker.ready.then(each => each.getNotifications())
  .then(all => all.map(each => [each.title, each.tag, each.data.url]))"""
CLICK = """async () => {
  const opened = [];
  self.clients.openWindow = address => { opened.push(address); return Promise.resolve(null); };
  for (const one of await self.registration.getNotifications()) {
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification: one }));
  }
  await new Promise(done => setTimeout(done, 0));
  await self.clients.matchAll({ type: "window" });
  return opened;
}"""


def agrees(browser: FakeBrowser) -> str:
    """A push service that agrees, for a page that asks the browser."""
    told = {"endpoint": browser.endpoint, "keys": {key: browser.says()[key] for key in ("p256dh", "auth")}}
    return f"""(() => {{
      const told = {json.dumps(told)};
      PushManager.prototype.getSubscription = () => Promise.resolve(null);
      PushManager.prototype.subscribe = () => Promise.resolve(
        {{ toJSON: () => told, unsubscribe: () => Promise.resolve(true) }});
    }})()"""


def hand_over(context: BrowserContext, page: Page, url: str, text: str) -> None:
    """As the browser's push service does."""
    session = context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    for _ in range(100):  # each turn lets the browser tell more
        if found:
            break
        page.evaluate("() => navigator.serviceWorker.ready.then(() => 1)")
    session.send("ServiceWorker.deliverPushMessage", {"origin": url, "registrationId": found[-1], "data": text})


def arrives(page: Page, url: str, text: str, title: str) -> None:
    """Handed over until the device shows it, as a push service does; a line of the same tag is one line, however often
    it comes."""
    for _ in range(20):
        hand_over(page.context, page, url, text)
        if wait_until(lambda: title in [shown[0] for shown in page.evaluate(SHOWN)], 3):
            return
    pytest.fail(f"never shown: {title}")


def test_one_press_adds_the_device_and_it_shows_the_line(world: Any, look: Any, settings: Any) -> None:
    settings.WEB_PUSH_HOSTS = ["push.example.com"]
    PushDevice.objects.all().delete()
    phone = look(width=360, by=world.influencer)
    phone.context.grant_permissions(["notifications"])
    phone.context.add_init_script(agrees(make_browser("phone")))
    phone.goto(reverse("news:settings"))
    assert findings_of(phone, in_both_lights=True) == []
    assert phone.evaluate(READY) == 1
    phone.get_by_role("button", name="Show on this device").click()
    expect(phone.get_by_text("This device shows your notifications from now on.")).to_be_visible()
    expect(phone.locator("#devices li")).to_contain_text("this device")
    assert findings_of(phone, in_both_lights=True) == []
    place = reverse("news:inbox")
    for title in ("Coach answered", "Coach answered: <b>How long?</b>"):  # two with one tag are one line
        told = {"title": title, "url": place, "tag": "t1", "lang": "en"}
        arrives(phone, look.url, json.dumps(told), title)
    arrives(phone, look.url, json.dumps({"title": "Away", "url": "https://evil.example/", "tag": "t2"}), "Away")
    arrives(phone, look.url, "no JSON at all", "Botschaft")
    assert len(phone.evaluate(SHOWN)) == 3
    assert ["Coach answered: <b>How long?</b>", "t1", place] in phone.evaluate(SHOWN)
    opened = phone.context.service_workers[0].evaluate(CLICK)
    assert sorted(set(opened)) == sorted({look.url + place, look.url + "/"})
    assert phone.evaluate(SHOWN) == []
    phone.get_by_role("button", name="Turn off").click()
    expect(phone.locator("#devices li")).to_have_count(0)
    assert not PushDevice.objects.exists()


def test_a_browser_that_says_no_is_told_in_words(world: Any, look: Any, settings: Any) -> None:
    settings.WEB_PUSH_HOSTS = ["push.example.com"]
    page = look(by=world.coach)
    page.add_init_script("Notification.requestPermission = () => Promise.resolve('denied')")
    page.goto(reverse("news:settings"))
    page.get_by_role("button", name="Show on this device").click()
    expect(page.get_by_text("Your browser does not allow it.")).to_be_visible()


def test_a_volume_keeps_the_hours_that_were_changed(world: Any, look: Any) -> None:
    page = look(by=world.coach)
    page.goto(reverse("news:settings"))
    page.get_by_label("from", exact=True).select_option("10")
    page.get_by_role("button", name="Calm").click()
    # "Saved." may stand in the answer of what the form saved by itself at that moment
    expect(page.get_by_role("button", name="Calm")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("from", exact=True)).to_have_value("10")
