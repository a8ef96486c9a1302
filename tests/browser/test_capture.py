"""The sheet at the thumb on the phone can be put away, and the focus stays near what was pressed."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings_of, keep_picture

pytestmark = pytest.mark.browser


def home(world: Any, look: Any, **more: Any) -> Page:
    page = look(by=world.influencer, **more)
    page.goto(reverse("home:program", args=[world.program.slug]))
    return page


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_the_sheet_is_put_away(way: str, world: Any, look: Any) -> None:
    phone = home(world, look, width=360)
    sheet, save = phone.locator("#log"), phone.get_by_role("button", name="Log it")
    close = sheet.get_by_role("link", name="Close")
    expect(close).to_be_hidden()
    sheet.locator("label", has_text="comment").click()
    expect(save).to_be_in_viewport(ratio=1)
    assert findings_of(phone) == []
    keep_picture(phone, "sheet-open")
    if way == "Escape":
        phone.keyboard.press("Escape")
    else:
        close.click()
    expect(save).to_be_hidden()
    expect(sheet.locator("[name=kind]:checked")).to_have_count(0)
    expect(phone.locator("#content")).to_be_focused()
    sheet.get_by_role("textbox", name="Link").fill("linkedin.com/posts/x")
    expect(save).to_be_visible()
    close.click()
    expect(save).to_be_hidden()
    sheet.get_by_role("textbox", name="Link").focus()
    expect(save).to_be_visible()
    expect(sheet.get_by_role("textbox", name="Link")).to_have_value("linkedin.com/posts/x")


def test_without_scripts_the_sheet_has_a_way_back(world: Any, look: Any) -> None:
    phone = home(world, look, width=360, java_script_enabled=False)
    phone.locator("#log label", has_text="comment").click()
    phone.locator("#log").get_by_role("link", name="Close").click()
    expect(phone.locator("#log [name=kind]:checked")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_every_kind_is_on_the_screen_with_large_text(width: int, world: Any, look: Any) -> None:
    page = home(world, look, width=width)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator("#log .kinds label").last.scroll_into_view_if_needed()
    boxes = page.locator("#log .kinds label").evaluate_all(
        "all => all.flatMap(each => [each, ...each.children]).filter(each => each.offsetParent)"
        ".map(each => each.getBoundingClientRect()).map(box => [box.left, box.right])"
    )
    keep_picture(page, f"kinds-{width}")
    assert len(boxes) > 4
    assert [box for box in boxes if box[0] < 0 or box[1] > width] == []


def test_after_undo_the_focus_is_on_what_was_said(world: Any, look: Any) -> None:
    page = home(world, look)
    page.locator("#log label", has_text="comment").click()
    page.get_by_role("button", name="Log it").click()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    line = page.get_by_role("status").locator("[data-toast]")
    expect(line).to_contain_text("Deleted:")
    expect(line).to_be_focused()
    line.get_by_role("button", name="Close").click()
    expect(page.locator("#content")).to_be_focused()
    page.reload()
    assert page.evaluate("document.activeElement === document.body"), "only after a deed"
