"""A browser that two people use: who signs out leaves nothing in it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.people.device import mark_on_device
from tests.browser.conftest import _session_of
from tests.browser.test_push import SHOWN, arrives
from tests.browser.test_told import READY
from tests.worker import wait_until

pytestmark = pytest.mark.browser

KNOWS_A_SERVICE = """() => { PushManager.prototype.getSubscription = () => Promise.resolve(
  { unsubscribe: () => { self.hasLeft = true; return Promise.resolve(true); } }); }"""
KEEP = """([whose]) => ["draft", "arrival", "palette"].forEach(kind => localStorage.setItem(
  kind + "." + whose + (kind == "palette" ? "" : ".x"), JSON.stringify({ at: Date.now() })))"""
NAMES = "() => Object.keys(localStorage).filter(name => name.includes('.')).sort()"


def uses(page: Page, person: Any, where: str) -> None:
    """Somebody writes, searches and is told something here."""
    page.context.grant_permissions(["notifications"])
    page.goto(where)
    assert page.evaluate(READY) == 1
    page.context.service_workers[0].evaluate(KNOWS_A_SERVICE)
    page.evaluate(KEEP, [mark_on_device(person)])
    told = {"title": "Ada is asking you for help", "url": "/", "tag": "t1", "lang": "en"}
    arrives(page, "/".join(page.url.split("/")[:3]), json.dumps(told), told["title"])


def is_forgotten(page: Page) -> bool:
    return page.evaluate(SHOWN) == [] and page.context.service_workers[0].evaluate("() => self.hasLeft") is True


@pytest.mark.parametrize("page_without_frame", [False, True])
def test_who_signs_out_leaves_nothing(world: Any, look: Any, page_without_frame: bool) -> None:
    page, person = look(width=360, by=world.influencer), world.influencer
    uses(page, person, "/me/")
    page.evaluate(KEEP, ["somebody"])
    if page_without_frame:
        person.erase_at = timezone.now() + timedelta(days=20)
        person.save(update_fields=["erase_at"])
        page.goto("/me/")
    with page.expect_navigation():
        page.locator("form[action$='/logout/'] button").last.evaluate("button => button.form.requestSubmit()")
    assert page.evaluate(NAMES) == ["arrival.somebody.x", "draft.somebody.x", "palette.somebody"]
    assert wait_until(lambda: is_forgotten(page), 5)


def test_who_comes_after_a_sign_in_that_ended_is_not_told(world: Any, look: Any) -> None:
    """What the first person wrote waits for them for a month; what they were told is not for the next one."""
    page = look(width=360, by=world.influencer)
    uses(page, world.influencer, "/me/")
    page.context.add_cookies([{"name": "sessionid", "value": _session_of(world.coach), "url": look.url}])
    page.goto("/me/")
    assert wait_until(lambda: is_forgotten(page), 5)
    assert len(page.evaluate(NAMES)) == 3


def test_the_search_remembers_for_one_person(world: Any, look: Any) -> None:
    page = look(by=world.manager)
    page.goto("/")
    page.keyboard.press("Control+k")
    page.keyboard.type("Timeline")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_have_text("Timeline")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/")
    page.context.add_cookies([{"name": "sessionid", "value": _session_of(world.coach), "url": look.url}])
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("group", name="Recently used")).to_have_count(0)
