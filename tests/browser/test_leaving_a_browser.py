"""A browser that two people use, or one person of two companies: who signs out leaves nothing in it, and what was typed
for one page is not typed into another."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.people.device import mark_on_device
from programs.membership.models import Role
from tests.browser.conftest import _session_of
from tests.browser.test_push import SHOWN, arrives
from tests.browser.test_told import READY
from tests.worker import wait_until
from tests.world import join

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


def test_words_for_one_company_are_not_typed_into_a_form_of_the_other(world: Any, look: Any) -> None:
    """The language is changed in the middle of a form, the answer never comes, and the next page has a field of that
    name."""
    join(world.manager, world.other_program, Role.MANAGER)
    page = look(by=world.manager, service_workers="block")
    phases = (world.phase, world.other_phase)
    here, there = (reverse("programs:item_new", args=[each.program.slug, each.pk]) for each in phases)
    page.goto(here)
    page.locator("main form input[type=text]").first.fill("For this company alone")
    page.route("**/setlang/**", lambda route: route.abort())
    page.locator("form.languages button").last.evaluate("button => button.form.requestSubmit(button)")
    page.wait_for_function("() => sessionStorage.getItem('typed') !== null || location.protocol == 'chrome-error:'")
    page.unroute("**/setlang/**")
    page.goto(there)
    assert "For this company alone" not in [field.input_value() for field in page.locator("main input").all()]
    assert page.evaluate("() => sessionStorage.getItem('typed')") is None
    look.complaints.clear()  # the answer that never came
