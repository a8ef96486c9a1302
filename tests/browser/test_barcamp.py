"""A barcamp day on phones: proposed, voted for with the thumb, placed by a host, found in the plan."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from community.barcamp.models import Proposal
from tests.browser.conftest import findings_of, keep_picture
from tests.factories.barcamp import make_camp_room


def test_a_barcamp_day_on_phones(world: Any, look: Any) -> None:
    make_camp_room(world.barcamp, "Library")
    board = reverse("community:barcamp", args=["nordlichter", world.barcamp.pk])
    one = look(width=360, language="de", theme="dark", by=world.influencer2)
    one.goto(board)
    one.locator('a[href$="/propose/"]').first.click()
    one.locator("#id_title").fill("Was tun bei Gegenwind?")
    assert findings_of(one, in_both_lights=True) == []
    one.locator("main form button[type=submit]").last.click()
    expect(one.get_by_role("heading", name="Was tun bei Gegenwind?")).to_be_visible()
    proposal = Proposal.objects.get(title="Was tun bei Gegenwind?")

    other = look(width=360, by=world.influencer)
    other.goto(board)
    vote = other.locator(f"#vote-{proposal.pk}")
    box = vote.bounding_box()
    assert box is not None
    assert box["height"] >= 44, "a thumb hits it"
    vote.tap()
    expect(vote).to_have_attribute("aria-pressed", "true")
    assert findings_of(other) == []

    host = look(width=360, by=world.manager)
    host.goto(board)
    host.locator(".campput.is-empty").first.tap()
    host.locator("#id_proposal").select_option(str(proposal.pk))
    assert findings_of(host) == []
    host.locator("main form button[type=submit]").last.tap()
    placed = other.locator("#camp-live .ses", has_text="Was tun bei Gegenwind?")
    other.goto(board)
    expect(placed).to_be_visible()
    assert findings_of(other, in_both_lights=True) == []
    keep_picture(other, "barcamp-day-360")
