"""Somebody is told and follows the line to the very post; without a connection the app says so."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from playwright.sync_api import expect

from community.forum import jobs
from core.news import wishes
from tests.browser.conftest import findings_of
from tests.factories.forum import make_post, make_topic

READY = "() => navigator.serviceWorker.ready.then(() => caches.keys()).then(names => names.length)"
OF_NOBODY = (reverse("webapp:offline"), reverse("webapp:unsent"))
KEPT = """() => caches.keys().then(names => Promise.all(names.map(name => caches.open(name).then(each => each.keys()))))
  .then(all => all.flat().map(request => new URL(request.url).pathname))"""


def test_a_line_leads_to_the_post_and_the_bell_knows(world: Any, look: Any) -> None:
    topic = make_topic(world, world.influencer, title="How long may a post be?")
    jobs.sweep()
    post = make_post(topic, world.coach, "As long as it is read.")
    jobs.tell(post.pk)
    phone = look(width=360, by=world.influencer)
    phone.goto("/me/")
    phone.locator("#bell").click()
    line = phone.get_by_role("link", name="Coach answered: How long may a post be?")
    expect(line).to_be_visible()
    assert findings_of(phone, in_both_lights=True) == []
    line.click()
    expect(phone.locator("article:target")).to_contain_text("As long as it is read.")
    phone.goto(reverse("news:inbox"))
    expect(line).to_have_count(0)
    phone.goto(reverse("news:settings"))
    assert findings_of(phone, in_both_lights=True) == []
    expect(phone.get_by_text("Last week this would have been").first).to_be_visible()
    phone.get_by_label("Replies to my topics: By email").focus()
    phone.get_by_label("Replies to my topics: By email").select_option("weekly")
    expect(phone.get_by_text("You use your own settings.")).to_be_visible()  # saved, without a button
    expect(phone.get_by_label("Replies to my topics: By email")).to_be_focused()
    assert wishes.of(world.influencer)["forum.answer"].mail == "weekly"
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_label("Replies to my topics: By email")).to_have_value("now")
    phone.get_by_label("to", exact=True).select_option("1")
    expect(phone.get_by_text("The end must be after the start.", exact=True)).to_be_visible()
    expect(phone.get_by_label("to", exact=True)).to_have_value("1")
    assert wishes.hours_of(world.influencer).end == 19
    look.complaints[:] = [each for each in look.complaints if "422" not in each]  # as is meant here
    phone.get_by_label("to", exact=True).select_option("20")
    expect(phone.get_by_text("The end must be after the start.", exact=True)).to_have_count(0)
    assert wishes.hours_of(world.influencer).end == 20


def test_without_a_connection_the_app_says_so_and_has_kept_nothing(world: Any, look: Any) -> None:
    phone = look(width=360, by=world.influencer)
    phone.goto("/p/nordlichter/activities/")
    assert phone.evaluate(READY) == 1
    phone.goto("/p/nordlichter/forum/")
    kept = phone.evaluate(KEPT)
    assert reverse("webapp:offline") in kept
    assert all(path.startswith("/static/") for path in kept if path not in OF_NOBODY)
    phone.context.set_offline(True)
    phone.goto("/p/nordlichter/activities/")
    expect(phone.get_by_role("heading", name="No connection")).to_be_visible()
    assert "Influencer" not in phone.content()
    phone.context.set_offline(False)
    phone.get_by_role("link", name="Try again").click()
    expect(phone.locator("#bell")).to_be_visible()


def test_a_whole_text_that_is_shared_arrives_as_its_link(look: Any, world: Any) -> None:
    """No server takes an address this long; the app cuts it before it goes out."""
    phone = look(width=360, by=world.influencer)
    phone.goto("/me/")
    assert phone.evaluate(READY) == 1
    phone.goto("/me/")
    text = quote("ü" * 12000 + " https://example.com/workshop")
    phone.goto(f"{reverse('webapp:share')}?title=Words&text={text}")
    assert phone.url.endswith("?url=https%3A%2F%2Fexample.com%2Fworkshop")
