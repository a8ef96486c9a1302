"""A question finds its answer while the asker is on the phone."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from community.forum.models import Topic
from tests.browser.conftest import findings_of

FORUM = "/p/nordlichter/forum/"


def test_ask_on_the_phone_get_an_answer_and_mark_it(world: Any, look: Any) -> None:
    phone = look(width=360, by=world.influencer)
    phone.goto(FORUM)
    assert findings_of(phone, in_both_lights=True) == []
    phone.get_by_placeholder("What would you like to know?").fill("How long may a post be?")
    phone.get_by_role("button", name="Ask", exact=True).click()
    expect(phone.get_by_label("Your question or your topic, in one sentence")).to_have_value("How long may a post be?")
    phone.get_by_label("What others should know").fill("Mine is long. @Coach")
    assert findings_of(phone, in_both_lights=True) == []
    phone.get_by_role("button", name="Post it").click()
    expect(phone.get_by_role("heading", name="How long may a post be?")).to_be_visible()
    topic = Topic.objects.get(title="How long may a post be?")

    desk = look(by=world.coach)
    desk.goto(FORUM)
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="How long may a post be?")).to_be_visible()
    desk.keyboard.press("r")
    expect(desk.get_by_label("Answer", exact=True)).to_be_focused()
    desk.keyboard.type("As long as it is read.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("As long as it is read.")).to_be_visible()
    assert findings_of(desk, in_both_lights=True) == []

    phone.goto(FORUM)
    phone.get_by_role("link", name="How long may a post be?").click()
    expect(phone.get_by_text("New for you")).to_be_visible()
    phone.get_by_role("button", name="This is the answer").click()
    expect(phone.get_by_text("Marked as the answer", exact=True)).to_be_visible()
    assert findings_of(phone, in_both_lights=True) == []
    topic.refresh_from_db()
    assert topic.answer is not None
    phone.goto(FORUM)  # it was seen: nothing of it is new
    expect(phone.get_by_role("link", name="How long may a post be?")).to_have_count(0)


def test_a_host_decides_with_one_key(world: Any, look: Any) -> None:
    desk = look(by=world.coach, theme="dark", language="de")
    desk.goto(reverse("community:forum_host", args=["nordlichter"]))
    assert findings_of(desk, in_both_lights=True) == []
    desk.keyboard.press("s")
    expect(desk.get_by_text("This is no answer.")).to_have_count(0)
    assert not world.reported_post.reports.filter(decided_at=None).exists()
