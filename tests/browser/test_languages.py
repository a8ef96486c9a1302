"""Another language in the middle of a form costs nothing that was typed or ticked."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from programs.generations.tokens import token_of
from tests.factories.generations import make_generation, make_invitation
from tests.journeys.stage import make_company

pytestmark = pytest.mark.browser


def test_an_invitation_keeps_what_was_chosen(transactional_db: None, look: Any) -> None:
    here = make_company()
    invitation = make_invitation(make_generation(here.program, 7), "new@example.com", state="sent")
    page = look(width=360)
    page.goto(reverse("programs:invitation", args=[token_of(invitation.pk)]))
    page.get_by_label("Your name").fill("Żaneta O’Neill")
    page.get_by_label("Choose a password").fill("kept nowhere at all")
    boxes = page.locator("input[name=consents]")
    boxes.nth(1).check()
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_label("Ihr Name")).to_have_value("Żaneta O’Neill")
    assert [at for at in range(boxes.count()) if boxes.nth(at).is_checked()] == [1]
    expect(page.locator("input[name=password]")).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('typed')") is None
    page.get_by_role("button", name="Beitreten").click()  # without a password: the page comes back from another address
    page.get_by_role("button", name="English").click()
    expect(page.get_by_label("Your name")).to_have_value("Żaneta O’Neill")
    expect(boxes.nth(1)).to_be_checked()
