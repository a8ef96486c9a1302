"""Interest in a call on a phone: a minute, which is a few fields under the thumb, and three taps at the least."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from programs.casting.models import Interest
from tests.browser.conftest import findings_of

MOST_FIELDS = 8  # a minute: the name and seven answers, of which two are ticks and two are choices
TAP = 44  # pixels: what a thumb hits


def questions(page: Page) -> list[str]:
    """What the form asks, a group of choices being one question."""
    found: list[str] = page.locator(".callpanel form.fields").evaluate(
        "form => [...new Set([...form.elements].filter(e => e.name && e.type !== 'hidden' && e.type !== 'submit')"
        ".map(e => e.name))]"
    )
    return found


def height(page: Page, name: str) -> float:
    box = page.get_by_role("button", name=name).bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize(
    ("language", "show", "arrived"),
    [("en", "Show interest", "Your interest has arrived"), ("de", "Interesse zeigen", "Ihr Interesse ist angekommen")],
)
def test_two_taps_are_enough(world: Any, look: Any, language: str, show: str, arrived: str) -> None:
    """Every answer is voluntary: the consent, and sending it."""
    world.influencer2.language = language
    world.influencer2.save()
    page = look(width=360, by=world.influencer2, language=language)
    page.goto(reverse("programs:call", args=[world.call.pk]))
    assert len(questions(page)) < MOST_FIELDS
    assert findings_of(page) == []
    taps = 0
    for part in (page.locator("[name=agrees]"), page.get_by_role("button", name=show)):
        part.tap()
        taps += 1
    expect(page.get_by_role("heading", name=arrived)).to_be_visible()
    assert taps == 2
    assert Interest.objects.shown().filter(call=world.call, user=world.influencer2).count() == 1


def test_the_whole_form_is_a_minute_by_the_link(world: Any, look: Any) -> None:
    """Everything there is to say, by somebody without an account: three short texts, one longer, and four taps."""
    page = look(width=360)
    page.goto(reverse("programs:interest", args=[world.interest_token]))
    asked = questions(page)
    assert asked == ["name", "site", "department", "topics", "experience", "languages", "position", "agrees"]
    assert len(asked) == MOST_FIELDS
    for name, words in {"name": "Ida Iversen", "site": "Kiel", "department": "Yard", "topics": "Welds"}.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=experience][value=some]").tap()
    page.locator("[name=languages]").select_option("de")
    page.locator("[name=position]").select_option("expert")
    page.locator("[name=agrees]").check()
    assert height(page, "Save") >= TAP
    page.get_by_role("button", name="Save").tap()
    expect(page.get_by_role("heading", name="Your interest has arrived")).to_be_visible()
    assert findings_of(page) == []
    world.interest.refresh_from_db()
    said = world.interest
    assert (said.name, said.site, said.department, said.topics) == ("Ida Iversen", "Kiel", "Yard", "Welds")
    assert (said.experience, said.languages, said.position) == ("some", ["de"], "expert")
