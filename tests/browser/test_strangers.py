"""Pages that no sign-in leads to, and so no sweep: a guest's own page, on the phone and on a desk, in both lights."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import findings_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "language"), [(360, "de"), (1440, "en")])
def test_a_guest_answers_and_is_forgotten(world: Any, look: Any, width: int, language: str) -> None:
    page = look(width=width, language=language)
    page.set_default_timeout(20_000)
    world.guest.language = language
    world.guest.save(update_fields=["language"])
    page.goto(f"/guest/{world.guest_token}/")
    assert page.locator("html").get_attribute("lang") == language
    assert findings_of(page, in_both_lights=True) == []
    yes = {"de": "Ja", "en": "Yes"}[language]
    page.get_by_role("button", name=yes, exact=True).click()
    expect(page.locator("[data-toast]")).to_be_visible()
    assert findings_of(page, in_both_lights=True) == []
    page.goto(f"/guest/{world.guest_token}/forget/")
    assert findings_of(page, in_both_lights=True) == []
    page.locator("main form button[type=submit]").last.click()
    answer = page.goto(f"/guest/{world.guest_token}/")
    assert answer is not None
    assert answer.status == 404
    look.complaints[:] = [each for each in look.complaints if "404" not in each]  # as is meant here
