"""After a form came back with mistakes, the browser's way back leads to the form, with what was typed."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.test_told import READY


def test_the_way_back_leads_to_the_form_with_what_was_typed(world: Any, look: Any) -> None:
    page = look(by=world.manager)
    page.goto("/me/")
    assert page.evaluate(READY) == 1
    new = f"/p/nordlichter/newsletters/{world.draft_issue.pk}/edit/"
    page.goto(new)
    page.get_by_label("Day and time").fill("2020-01-01T09:00")
    page.get_by_role("button", name="Schedule sending").click()
    expect(page.get_by_text("This time has passed").first).to_be_visible()
    expect(page).to_have_url(re.compile(f"{new}$"))  # the answer of a form has the address of the form, by a script
    page.get_by_label("Subject EN").fill("Typed after the mistake")
    page.goto("/me/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Newsletter no.")
    expect(page.get_by_label("Subject EN")).to_have_value("Typed after the mistake")
