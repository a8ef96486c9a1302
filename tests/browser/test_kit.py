"""The living page of the kit on a phone and on a desk: by the rules of accessibility, and by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import findings_of
from tests.world import make_user

pytestmark = pytest.mark.browser

# What can be reached: of a group of radios one stop, nothing that is folded away or switched off.
STOPS = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const all = [...document.querySelectorAll(`main :is(${kinds})`)];
  const seen = all.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0);
  const groups = new Set();
  return seen.filter(e => e.type !== 'radio' || (e.checked || !document.querySelector(
    `input[type=radio][name="${e.name}"]:checked`)) && !groups.has(e.name) && groups.add(e.name)).length;
}"""
PAPER = "e => getComputedStyle(e).backgroundColor"
PLACE = """() => { const e = document.activeElement;
  if (!e || e === document.body || !e.closest('main')) return null;
  return [...document.querySelectorAll('main *')].indexOf(e); }"""


def reach_all(page: Any) -> bool:
    """Whether Tab comes by everything that can be reached, from the head of the page on."""
    stops, seen, around = page.evaluate(STOPS), set(), 0
    page.locator("main").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    while around < 8 and len(seen) < 2 * stops:  # a day has three stops of its own
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        around = around + 1 if place is None or place in seen else 0
        seen |= {place} - {None}
    return len(seen) >= stops


@pytest.mark.parametrize("width", [360, 1440])
def test_every_part_is_read_and_reached(width: int, transactional_db: None, look: Any, settings: Any) -> None:
    settings.DEMO = True
    page = look(width=width)
    page.goto("/dev/kit/")
    # every part is there twice, once in each theme
    assert [each for each in findings_of(page) if "landmark-unique" not in each] == []
    assert reach_all(page), "some parts cannot be reached by Tab"


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1440, "light")])
def test_the_parts_that_act_do_so_by_keyboard(
    width: int, theme: str, transactional_db: None, look: Any, settings: Any
) -> None:
    settings.DEMO = True
    page = look(width=width, by=make_user("dev"))
    page.goto(f"/dev/kit/{theme}/?task=talk")
    page.set_default_timeout(10_000)
    keys, toast = page.keyboard, page.locator("[data-toast]")
    assert findings_of(page) == []
    assert page.evaluate("document.documentElement.dataset.bsTheme") == theme
    assert reach_all(page), "some parts cannot be reached by Tab"
    page.goto(f"/dev/kit/{theme}/?task=talk#row-6")  # a link to a row lands there and shows which one it is
    row, other = page.locator("#row-6:target"), page.locator("#row-4")
    expect(row).to_be_in_viewport()
    assert row.evaluate(PAPER) != other.evaluate(PAPER)
    page.locator("main").evaluate("e => { e.tabIndex = -1; e.focus(); }")

    for key in "jxjxg":  # the first two rows are chosen and greeted
        keys.press(key)
    expect(toast).to_contain_text("2 people are greeted.")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(toast).to_contain_text("It is as it was.")
    keys.press("j")
    keys.press("p")  # a cell becomes a field
    expect(page.locator("[data-cellform] select").first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(toast).to_contain_text(" is in ")
    page.get_by_label("New person").fill("Ida Berg")
    keys.press("Enter")
    expect(toast).to_contain_text("“Ida Berg” is on the list.")
    page.locator("#view-add").press("Enter")
    page.locator("#view-name").fill("Talkers")
    keys.press("Enter")
    expect(page.locator("nav.views")).to_contain_text("Talkers")

    page.get_by_label("Text in Markdown").press_sequentially("bold")
    keys.press("Control+a")
    keys.press("Control+b")
    expect(page.get_by_label("Text in Markdown")).to_have_value("**bold**")
    page.get_by_label("Day and time").fill("2026-12-01T09:30")
    page.locator("#acting-person-find").press_sequentially("Ben")
    keys.press("Enter")
    expect(page.locator("#acting-person-find")).to_have_value("Ben Okafor")
    several, chosen = page.locator("[data-people-of] input:visible"), "[data-people-of] .option:visible"
    expect(several).to_have_count(0)  # nine are many: only who is chosen is shown
    for name in ("Han", "Ali", "Ayl"):  # nobody is called Ali, and Enter sends nothing
        page.get_by_label("Find a person").press_sequentially(name)
        keys.press("Enter")
        page.get_by_label("Find a person").fill("")
    expect(page.locator(chosen)).to_have_text(["Aylin Demir", "Hanna Sørensen"])
    several.first.press("Space")
    expect(page.locator(chosen)).to_have_text(["Hanna Sørensen"])
    expect(several).to_be_focused()
    page.get_by_role("button", name="Save").last.press("Enter")
    expect(toast).to_contain_text("Everything has arrived.")
    page.wait_for_load_state("load")  # a page of its own: its scripts are there before the next press

    page.get_by_label("Comment", exact=True).fill("So **do** I.")
    page.get_by_role("button", name="Post the comment").press("Enter")
    expect(page.locator(".said").last).to_contain_text("So do I.")

    keys.press("Control+k")
    keys.type("comm")
    expect(page.locator("#palette-results [aria-selected=true]")).to_have_text("Go to the comments")
    keys.press("Enter")
    expect(page.locator("#comments")).to_be_in_viewport()
    expect(page.locator("#palette")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
