"""On a train: what is logged without a connection waits on the phone and is logged once; forms keep their text."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from analytics.activities.models import Activity
from community.events import wall
from community.events.models_after import Attendance
from core.people.device import mark_on_device
from tests.browser.conftest import _session_of, findings_of
from tests.browser.test_told import READY
from tests.community.events.test_attending import now_on, url
from tests.factories.forum import make_topic

NEW = "/p/nordlichter/activities/new/"
BELL = "() => htmx.ajax('GET', '/notifications/bell/', '#bell').then(() => 1, () => 1)"  # as it asks by itself
BOTH = "() => Promise.all([window.botschaft.sync(), window.botschaft.sync()]).then(() => 1)"


def log(page: Page, note: str) -> None:
    page.locator("#log [name=kind][value=talk]").check()
    page.get_by_label("Note to myself").fill(note)
    page.get_by_role("button", name="Log it").click()


def logged(note: str) -> int:
    return Activity.objects.filter(note=note).count()


@pytest.fixture(autouse=True)
def _refusals_are_meant(look: Any) -> Iterator[None]:
    """The console notes each entry that did not go through; that is what is tried here."""
    yield
    meant = ("/activities/waiting/", "/bell/", "/htmx-2.min.js")
    look.complaints[:] = [each for each in look.complaints if not each.endswith(meant)]


def test_what_is_logged_without_a_connection_is_logged_once(world: Any, look: Any) -> None:
    phone = look(width=360, by=world.influencer)
    phone.goto(NEW)
    assert phone.evaluate(READY) == 1
    phone.context.set_offline(True)
    log(phone, "On the train")
    box = phone.locator("#waiting")
    expect(box).to_contain_text("Waiting: 1")
    expect(box).to_contain_text("On the train")
    log(phone, "Never mind")
    expect(box).to_contain_text("Waiting: 2")
    assert findings_of(phone, in_both_lights=True) == []
    phone.reload()
    expect(phone.get_by_role("heading", name="No connection")).to_be_visible()
    phone.context.set_offline(False)
    phone.route("**/activities/waiting/", lambda route: route.abort())  # the connection is back, the site is not
    phone.goto(NEW)
    expect(box).to_contain_text("Waiting: 2")
    box.locator("li", has_text="Never mind").get_by_role("button").click()
    expect(box).to_contain_text("Waiting: 1")
    phone.unroute("**/activities/waiting/")
    other = phone.context.new_page()
    other.goto("/p/nordlichter/activities/")
    phone.evaluate(BOTH)
    expect(box).to_be_hidden()
    expect(other.locator("#waiting")).to_be_hidden()
    assert (logged("On the train"), logged("Never mind")) == (1, 0)


def test_an_answer_that_got_lost_logs_nothing_twice(world: Any, look: Any) -> None:
    """The site has taken it, but the phone does not know: it sends it again under the same key."""
    phone = look(width=360, by=world.influencer)
    phone.goto(NEW)
    assert phone.evaluate(READY) == 1
    phone.context.set_offline(True)
    log(phone, "In the tunnel")
    expect(phone.locator("#waiting")).to_contain_text("Waiting: 1")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    phone.route("**/activities/waiting/", lose)
    phone.context.set_offline(False)
    phone.evaluate("() => window.botschaft.sync().then(() => 1)")
    expect(phone.locator("#waiting")).to_contain_text("Waiting: 1")
    phone.unroute("**/activities/waiting/")
    phone.evaluate(BOTH)
    expect(phone.locator("#waiting")).to_be_hidden()
    assert logged("In the tunnel") == 1


def test_it_waits_for_its_person(world: Any, look: Any) -> None:
    """Signed out it says so; somebody else on the same phone neither sees nor sends it."""
    phone = look(width=360, by=world.influencer)
    phone.goto(NEW)
    assert phone.evaluate(READY) == 1
    phone.context.set_offline(True)
    log(phone, "Mine alone")
    box = phone.locator("#waiting")
    expect(box).to_contain_text("Waiting: 1")
    Session.objects.all().delete()
    phone.context.set_offline(False)
    phone.evaluate("() => window.botschaft.sync().then(() => 1)")
    expect(box).to_contain_text("You are signed out.")
    become(phone, world.influencer2, look.url)
    phone.evaluate("() => window.botschaft.sync().then(() => 1)")  # the page is still the first person's
    expect(box).to_contain_text("Somebody else is signed in here now.")
    phone.goto(NEW)
    phone.evaluate("() => window.botschaft.sync().then(() => 1)")
    expect(box).to_be_hidden()
    assert "Mine alone" not in phone.content()
    assert logged("Mine alone") == 0
    become(phone, world.influencer, look.url)
    phone.goto("/me/")
    phone.evaluate("() => window.botschaft.sync().then(() => 1)")
    expect(box).to_be_hidden()
    assert list(Activity.objects.filter(note="Mine alone").values_list("user", flat=True)) == [world.influencer.pk]


def become(page: Page, person: Any, url: str) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": _session_of(person), "url": url}])


def test_an_answer_in_the_forum_stays_as_it_is(world: Any, look: Any) -> None:
    topic = make_topic(world, world.influencer2, title="Who comes along?")
    phone = look(width=360, by=world.influencer)
    phone.goto(reverse("community:topic_detail", args=["nordlichter", topic.pk]))
    assert phone.evaluate(READY) == 1
    area = phone.locator("#answer textarea")
    area.fill("I do, and gladly.")
    phone.context.set_offline(True)
    phone.evaluate(
        "() => htmx.ajax('GET', '/notifications/bell/', '#bell').then(() => 1, () => 1)"
    )  # as it asks by itself
    expect(phone.locator("#toasts .toast-line")).to_have_count(0)
    phone.locator("#answer button[type=submit]").first.click()
    expect(phone.get_by_text("What you wrote stays here")).to_be_visible()
    expect(area).to_have_value("I do, and gladly.")
    phone.context.set_offline(False)
    phone.locator("#answer button[type=submit]").first.click()
    expect(phone.locator("article", has_text="I do, and gladly.")).to_be_visible()


def test_the_code_on_the_wall_counts_without_a_connection(world: Any, look: Any) -> None:
    """Scanned by the camera in a cellar: the page for no connection keeps it, the next page sends it."""
    scanned, tapped = now_on(world, noting="code"), now_on(world)
    phone = look(width=360, by=world.influencer)
    phone.goto(url(tapped))
    assert phone.evaluate(READY) == 1
    phone.context.set_offline(True)
    phone.get_by_role("button", name="I am here").click()
    expect(phone.locator("#waiting")).to_contain_text("I am here")
    phone.goto(url(scanned, "here/?code=12"))
    phone.get_by_label("The six digits on the wall").first.fill(wall.code_at(scanned.pk, timezone.now()))
    assert findings_of(phone, in_both_lights=True) == []
    phone.get_by_role("button", name="I am here").first.click()
    expect(phone.get_by_text("kept on this device with its time")).to_be_visible()
    assert findings_of(phone) == []
    assert not Attendance.objects.filter(event__in=[scanned, tapped]).exists()
    phone.context.set_offline(False)
    phone.goto("/p/nordlichter/events/")
    expect(phone.get_by_text("is added to your own record")).to_have_count(2)
    expect(phone.locator("#waiting")).to_be_hidden()
    noted = Attendance.objects.filter(person=world.influencer, event__in=[scanned, tapped])
    assert set(noted.values_list("event", "with_code")) == {(scanned.pk, True), (tapped.pk, False)}


def test_who_signs_out_leaves_no_arrival_behind(world: Any, look: Any) -> None:
    """On a shared phone: the next person's pages send nothing of it, and it is never too long there."""
    phone = look(width=360, by=world.influencer)
    phone.goto("/me/")
    put = "([whose, at]) => localStorage.setItem(`arrival.${whose}.x`, JSON.stringify({ code: '123456', at }))"
    whose = mark_on_device(world.influencer)
    phone.evaluate(put, ["somebody", 0])  # of long ago
    phone.reload()
    phone.evaluate("([whose]) => localStorage.setItem(`arrival.${whose}.x`, '{}')", [whose])
    with phone.expect_navigation():
        phone.evaluate("() => document.querySelector('form[action$=\"/logout/\"]').requestSubmit()")
    names = phone.evaluate("() => Object.keys(localStorage)")
    assert [name for name in names if name.startswith("arrival.")] == []


def test_who_was_here_while_the_sign_in_had_ended_is_asked(world: Any, look: Any) -> None:
    """Whoever held the phone then: nothing is booked on the person before until they say that it was them."""
    event = now_on(world, noting="code")
    phone = look(width=360, by=world.influencer)
    phone.goto("/me/")
    assert phone.evaluate(READY) == 1
    phone.context.set_offline(True)
    phone.goto(url(event, "here/?code=" + wall.code_at(event.pk, timezone.now())))
    expect(phone.get_by_text("kept on this device with its time")).to_be_visible()
    phone.context.set_offline(False)
    session = _session_of(world.influencer)
    phone.context.add_cookies([{"name": "sessionid", "value": session, "url": look.url}])
    phone.goto("/me/")
    expect(phone.locator("#waiting")).to_contain_text("before you signed in here again")
    assert findings_of(phone, in_both_lights=True) == []
    assert not Attendance.objects.filter(event=event).exists()
    phone.get_by_role("button", name="It was me").click()
    expect(phone.locator("#waiting")).to_be_hidden()
    assert Attendance.objects.filter(event=event, person=world.influencer).exists()
