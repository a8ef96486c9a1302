"""A question finds its answer while the asker is on the phone."""

import re
from typing import Any

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from community.forum import jobs
from community.forum.models import Topic
from core.news import jobs as told
from core.news import wishes
from core.news.models import Notification
from core.notify import jobs as outbox
from tests.browser.conftest import findings_of
from tests.core.notify.smtp import Server, running
from tests.factories.forum import make_post, make_topic

FORUM = "/p/nordlichter/forum/"


def test_ask_on_the_phone_get_an_answer_and_mark_it(world: Any, look: Any) -> None:
    """A question finds its answer: the asker is led there by the bell and by the mail, and says that it helped."""
    wishes.choose_hours(world.influencer, days=range(7), start=0, end=24)
    jobs.sweep()
    Notification.objects.filter(person=world.influencer).delete()  # what waited before comes in no mail with it
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
    desk.wait_for_load_state("load")  # the keys are listened to once the scripts are there
    desk.keyboard.press("r")
    expect(desk.get_by_label("Answer", exact=True)).to_be_focused()
    desk.keyboard.type("As long as it is read.")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("As long as it is read.")).to_be_visible()
    assert findings_of(desk, in_both_lights=True) == []

    jobs.sweep()
    told.mail_due()
    with running(Server()) as server:
        outbox.sweep()
    (mail,) = [each for each in server.mails if each["Subject"] == "Coach answered: How long may a post be?"]
    assert mail["To"] == world.influencer.email
    phone.goto("/me/")
    expect(phone.get_by_role("link", name="Notifications, ")).to_be_visible()
    phone.locator("#bell").click()
    phone.get_by_role("link", name="Coach answered: How long may a post be?").click()
    expect(phone.locator("article:target")).to_contain_text("As long as it is read.")
    expect(phone.get_by_text("New for you")).to_be_visible()
    phone.goto(FORUM)
    words = next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_content()
    button = next(word for word in words.split() if "?post=" in word)
    phone.goto(button.removeprefix(settings.SITE_URL))
    expect(phone.locator("article:target")).to_contain_text("As long as it is read.")
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


def test_the_keys_of_the_lists_and_of_a_topic(world: Any, look: Any) -> None:
    """Each does what the help says; none does anything while one types."""
    Topic.objects.filter(program=world.program).exclude(pk=world.topic.pk).delete()
    make_topic(world, world.influencer2, title="The newest")
    desk = look(by=world.coach)
    desk.goto(FORUM)
    desk.wait_for_load_state("load")
    first, second = desk.locator("[data-row]").nth(0), desk.locator("[data-row]").nth(1)
    for key, row in (("j", first), ("j", second), ("k", first)):
        desk.keyboard.press(key)
        expect(row).to_have_class(re.compile("is-at"))
    expect(first).not_to_have_class(re.compile("is-read"))
    desk.keyboard.press("l")
    expect(first).to_have_class(re.compile("is-read"))
    expect(desk.get_by_text("Marked as read.")).to_be_visible()
    newest = Topic.objects.get(title="The newest")
    assert newest.readings.get(person=world.coach).read_to == 1
    desk.keyboard.press("f")
    expect(desk.get_by_text("You follow this topic.", exact=True)).to_be_visible()
    assert newest.readings.get(person=world.coach).follows is True
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert findings_of(desk, in_both_lights=True) == []
    desk.keyboard.press("f")
    desk.keyboard.press("Escape")
    desk.get_by_placeholder("Search the forum").focus()
    desk.keyboard.type("lfjk?")
    expect(desk.get_by_placeholder("Search the forum")).to_have_value("lfjk?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_have_count(0)
    assert newest.readings.get(person=world.coach).follows is True

    desk.goto(reverse("community:topic_detail", args=["nordlichter", newest.pk]))
    desk.wait_for_load_state("load")
    desk.keyboard.press("f")
    expect(desk.get_by_role("button", name="Normal")).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_text("New posts are shown as new for a month.")).to_be_visible()
    assert newest.readings.get(person=world.coach).follows is None
    desk.keyboard.press("f")
    expect(desk.get_by_role("button", name="Follow", exact=True)).to_have_attribute("aria-pressed", "true")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    expect(desk.get_by_label("Answer", exact=True)).to_be_focused()
    desk.keyboard.type("lf?")
    expect(desk.get_by_label("Answer", exact=True)).to_have_value("lf?")


def test_a_similar_topic_ends_the_asking_by_its_button_alone(world: Any, look: Any) -> None:
    phone = look(width=360, by=world.influencer2)
    phone.goto(reverse("community:topic_new", args=["nordlichter"]))
    title = phone.get_by_label("Your question or your topic, in one sentence")
    title.fill("Photos from the workshop")
    button = phone.get_by_role("button", name="That answers my question").first
    expect(button).to_be_visible()
    assert findings_of(phone, in_both_lights=True) == []
    title.press("Enter")
    expect(phone.get_by_text("Please write something.").first).to_be_visible()
    expect(button).to_be_visible()
    button.click()
    expect(phone.get_by_role("heading", name=world.topic.title)).to_be_visible()
    phone.get_by_role("button", name="Undo").click()
    expect(title).to_have_value("Photos from the workshop")


SELECT = """number => {
  const node = document.querySelector(`#post-${number} .prose p`).firstChild, range = document.createRange();
  range.setStart(node, 0);
  range.setEnd(node, 8);
  document.getSelection().removeAllRanges();
  document.getSelection().addRange(range);
}"""


def test_a_selection_is_quoted_with_a_button_or_a_key(world: Any, look: Any) -> None:
    desk = look(by=world.coach)
    desk.goto(reverse("community:topic_detail", args=["nordlichter", world.topic.pk]))
    desk.evaluate(SELECT, 2)
    button = desk.get_by_role("button", name="Quote", exact=True).last
    expect(button).to_be_visible()
    assert findings_of(desk, in_both_lights=True) == []
    button.click()
    answer = desk.get_by_label("Answer", exact=True)
    expect(answer).to_have_value("> @Influencer2:\n> Ask them\n\n")
    expect(answer).to_be_focused()
    desk.get_by_role("heading", name=world.topic.title).click()
    desk.evaluate(SELECT, 1)
    desk.keyboard.press("q")
    expect(answer).to_have_value("> @Influencer2:\n> Ask them\n\n\n\n> @Influencer:\n> Two coll\n\n")


def test_a_file_is_dropped_into_an_answer(world: Any, look: Any) -> None:
    desk = look(by=world.influencer2)
    desk.goto(reverse("community:topic_detail", args=["nordlichter", world.topic.pk]))
    expect(desk.get_by_role("button", name="File")).to_be_visible()
    chooser = desk.locator("#answer [data-md-file]")
    chooser.set_input_files([{"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"}])
    expect(desk.get_by_label("Answer", exact=True)).to_have_value(
        re.compile(r"^\[plan\.pdf\]\(attachment:[0-9a-f-]{36}\)$")
    )
    desk.get_by_role("button", name="Reply", exact=True).last.click()
    expect(desk.get_by_role("link", name="plan.pdf")).to_have_attribute("href", re.compile("^/files/"))


def test_new_answers_are_announced_and_nothing_moves(world: Any, look: Any) -> None:
    desk = look(by=world.coach)
    desk.clock.install()
    desk.goto(reverse("community:topic_detail", args=["nordlichter", world.topic.pk]))
    desk.get_by_label("Answer", exact=True).fill("Half a thought")
    desk.evaluate("scrollTo(0, 40)")
    make_post(world.topic, world.influencer2, "I found it in the handbook.")
    desk.clock.fast_forward(35_000)
    expect(desk.get_by_text("1 new answer")).to_be_visible()
    assert desk.evaluate("scrollY") == 40
    assert findings_of(desk, in_both_lights=True) == []
    desk.get_by_role("link", name="Show").click()
    expect(desk.get_by_text("I found it in the handbook.")).to_be_visible()
    expect(desk.get_by_text("1 new answer")).to_have_count(0)
    expect(desk.get_by_label("Answer", exact=True)).to_have_value("Half a thought")
    assert desk.evaluate("document.activeElement.id") == f"post-{world.topic.posts.last().number}"
