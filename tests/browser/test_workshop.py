"""A workshop on the guiding statement, on phones in one room."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import expect

from programs.leitbild import services, steps
from programs.leitbild.models import LeitbildState
from tests.browser.conftest import findings_of
from tests.factories.leitbild import make_workshop, say


def test_a_sentence_is_sent_and_appears_with_others(world: Any, look: Any) -> None:
    workshop = make_workshop(world)
    address = reverse("programs:leitbild", args=[world.program.slug])
    phone, host = look(width=360, by=world.influencer, theme="dark", language="de"), look(width=360, by=world.manager)
    phone.goto(address)
    field = phone.locator("#lb-add textarea")
    field.fill("We thank each other.")
    phone.locator("#lb-add button").click()
    expect(phone.locator("#lb-add [role=status]")).to_be_visible()
    expect(field).to_have_value("")
    assert findings_of(phone) == []
    say(workshop, *(f"We learn {number}." for number in range(7)))
    expect(phone.locator("#lb-live li")).to_have_count(6)

    # The host sorts with a thumb; undo puts a removed heading back. Phones are told, and nobody loses their words.
    steps.go(workshop, to=LeitbildState.SORTING, by=world.manager)
    services.entitle(workshop, title="Honesty", by=world.manager)
    host.goto(reverse("programs:leitbild_sort", args=[world.program.slug, workshop.pk]))
    expect(host.get_by_role("paragraph").filter(has_text="We thank each other.")).to_be_visible()
    host.get_by_role("button", name="Remove the heading “Honesty”").click()
    host.get_by_role("button", name="Undo").click()
    expect(host.get_by_role("textbox", name="Heading").first).to_have_value("Honesty")
    assert findings_of(host) == []
    field.fill("Half a thought")
    expect(phone.locator("#lb-live [role=status]")).to_be_visible()
    expect(field).to_have_value("Half a thought")
