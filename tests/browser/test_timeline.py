"""A phase is moved by its bar: by mouse, by a finger that holds it first, and by keyboard; undo puts it back."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect


def middle(page: Page, bar: Any) -> tuple[float, float, float]:
    """Where to take it, and how wide a day is there."""
    bar.scroll_into_view_if_needed()
    box = bar.locator("rect.ph").first.bounding_box()
    assert box is not None
    picture = page.locator("svg.gantt[data-days]:visible").first
    wide, days = picture.evaluate("svg => [svg.getBoundingClientRect().width, Number(svg.dataset.days)]")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, wide / days


class Finger:
    """What a finger does on the glass, of which Playwright itself knows only the tap."""

    def __init__(self, page: Page) -> None:
        self.glass = page.context.new_cdp_session(page)

    def does(self, kind: str, *points: tuple[float, float]) -> None:
        sent = {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
        self.glass.send("Input.dispatchTouchEvent", sent)


def drag(page: Page, bar: Any, days: int, *, with_finger: bool) -> None:
    x, y, day = middle(page, bar)
    if not with_finger:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + days * day, y, steps=6)
        page.mouse.up()
        return
    finger = Finger(page)
    finger.does("touchStart", (x, y))
    expect(bar).to_have_class(re.compile("is-held"))
    for part in (0.3, 0.7, 1):
        finger.does("touchMove", (x + days * day * part, y))
    finger.does("touchEnd")


@pytest.mark.parametrize(("width", "with_finger"), [(1440, False), (360, True)])
def test_a_bar_is_dragged_and_comes_back(world: Any, look: Any, width: int, with_finger: bool) -> None:
    phase = world.phase
    was: tuple[date, date] = (phase.start_on, phase.end_on)
    page = look(width=width, by=world.manager)
    page.goto(reverse("programs:timeline", args=["nordlichter"]))
    bar = page.locator("svg.gantt:visible [data-move]").first
    number = int(str(bar.get_attribute("data-move")).strip("/").split("/")[-2])
    assert number == phase.pk
    drag(page, bar, 14, with_finger=with_finger)
    expect(page.locator("[data-toast]")).to_be_visible()
    phase.refresh_from_db()
    moved = phase.start_on - was[0]
    assert timedelta(days=10) <= moved <= timedelta(days=18)
    assert phase.end_on - was[1] == moved
    page.locator("[data-toast]").get_by_role("button", name="Undo").click()
    expect(page.locator("[data-toast]")).to_be_visible()
    phase.refresh_from_db()
    assert (phase.start_on, phase.end_on) == was


def test_a_bar_is_moved_by_arrow_keys(world: Any, look: Any) -> None:
    """A press is a week; with Shift it is the end alone. What is sent is what the bar shows after a short rest."""
    phase = world.phase
    was: tuple[date, date] = (phase.start_on, phase.end_on)
    page = look(by=world.manager)
    page.goto(reverse("programs:timeline", args=["nordlichter"]))
    bar = page.locator("svg.gantt:visible [data-move]").first
    bar.focus()
    with page.expect_navigation():
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
        expect(page.locator("#gantt-said")).not_to_have_text("")  # said before it is sent
    phase.refresh_from_db()
    moved = (was[0] + timedelta(days=14), was[1] + timedelta(days=14))
    assert (phase.start_on, phase.end_on) == moved
    expect(bar).to_be_focused()  # one goes on where one was
    with page.expect_navigation():
        page.keyboard.press("Shift+ArrowLeft")
    phase.refresh_from_db()
    assert (phase.start_on, phase.end_on) == (moved[0], moved[1] - timedelta(days=7))
    expect(bar).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(page.locator("#gantt-said")).to_have_text("")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('programs:phase_edit', args=['nordlichter', phase.pk])}**")
    phase.refresh_from_db()
    assert phase.start_on == moved[0], "what was taken back is not sent"


def test_a_finger_that_moves_at_once_scrolls_and_moves_nothing(world: Any, look: Any) -> None:
    was = world.phase.start_on
    page = look(width=360, by=world.manager)
    page.goto(reverse("programs:timeline", args=["nordlichter"]))
    bar = page.locator("svg.gantt:visible [data-move]").first
    x, y, day = middle(page, bar)
    finger = Finger(page)
    finger.does("touchStart", (x, y))
    finger.does("touchMove", (x + 14 * day, y))
    page.wait_for_timeout(500)
    finger.does("touchMove", (x + 30 * day, y))
    finger.does("touchEnd")
    expect(page.locator("#gantt-said")).to_have_text("")
    world.phase.refresh_from_db()
    assert world.phase.start_on == was
