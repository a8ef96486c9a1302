"""By keyboard alone: nothing needs a mouse, and one always sees where one is."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import keep_picture
from tests.factories.checklists import make_item
from tests.factories.phases import make_phase
from tests.journeys.stage import PASSWORD, make_company, make_erika

pytestmark = pytest.mark.browser

# What the element under focus shows: an outline or shadow of its own, or of a part or parent that stands in for it.
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 'nothing';
  const near = [at, at.parentElement, at.nextElementSibling, ...at.children].filter(Boolean);
  const shown = near.some(e => { const s = getComputedStyle(e);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; });
  const box = near.map(e => e.getBoundingClientRect()).find(b => b.width > 1 && b.height > 1);
  const inside = box && box.bottom > 0 && box.top < innerHeight;
  return shown && inside ? 'seen' : 'not seen: ' + at.outerHTML.slice(0, 120);
}"""


@pytest.fixture
def here(transactional_db: None) -> Any:
    here = make_company()
    here.phase = make_phase(here.program, state="active", started_on=here.today)
    here.item = make_item(here.phase)
    return here


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until the focus is on what bears these words; every stop on the way must be visible."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == "seen"
        at = page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || e.name || '' }"
        )
        if re.search(words, " ".join(at.split())):
            return
    raise AssertionError(f"{words} was not reached with {most} tabs")


def test_the_first_tab_leads_past_the_navigation(here: Any, look: Any) -> None:
    page = look(by=here.manager)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    assert page.evaluate(FOCUS) == "seen"
    keep_picture(page, "keyboard-skip")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_signing_in(here: Any, look: Any) -> None:
    page = look()
    page.goto(reverse("account_login"))
    tab_to(page, "^Email")
    page.keyboard.type(here.manager.email)
    tab_to(page, "^Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maria")


def test_the_palette_finds_and_opens_a_page(here: Any, look: Any) -> None:
    page = look(by=here.manager)
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search and actions")).to_be_visible()
    expect(page.get_by_role("combobox", name="Search and actions")).to_be_focused()
    page.keyboard.type("Timelnie")
    expect(page.get_by_role("option").first).to_have_text("Timeline")
    expect(page.get_by_role("option", selected=True)).to_have_text("Timeline")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/")
    page.keyboard.press("Control+k")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_palette_remembers_what_was_used_last(here: Any, look: Any) -> None:
    page = look(by=here.manager)
    page.goto("/")
    palette = page.get_by_role("dialog")
    for words, address in (("Timeline", "**/timeline/"), ("Checklists", "**/checklists/")):
        page.keyboard.press("Control+k")
        page.keyboard.type(words)
        expect(palette.get_by_role("option").first).to_have_text(words)
        page.keyboard.press("Enter")
        page.wait_for_url(address)
    page.keyboard.press("Control+k")
    recent = palette.get_by_role("group", name="Recently used").get_by_role("option")
    expect(recent).to_have_text(["Checklists", "Timeline"])
    expect(palette.get_by_role("option", selected=True)).to_have_text("Checklists")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/timeline/")
    page.keyboard.press("Control+k")
    expect(recent).to_have_text(["Timeline", "Checklists"])


def test_a_list_is_worked_on_with_keys(here: Any, look: Any) -> None:
    page = look(by=here.manager)
    page.goto(reverse("programs:checklists", args=[here.program.slug]))
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=str(here.item.title))).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_role("form", name="Selected rows")).to_contain_text("1 selected")
    page.keyboard.press("d")
    expect(page.get_by_label("New due date")).to_be_focused()
    page.keyboard.press("Escape")  # first what is open, then the selection
    expect(page.get_by_label("New due date")).to_be_hidden()
    expect(page.get_by_role("form", name="Selected rows")).to_contain_text("1 selected")
    page.keyboard.press("Escape")
    expect(page.get_by_role("form", name="Selected rows")).to_be_hidden()
    expect(page.get_by_role("link", name=str(here.item.title))).to_be_focused()
    page.keyboard.press("a")
    field = page.locator("[data-cellform] [role=combobox]")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Nobody assigned yet, assign")).to_be_focused()
    page.keyboard.press("a")
    expect(field).to_be_focused()
    page.keyboard.type("mar")
    expect(page.locator("#pick-from [aria-selected=true]")).to_contain_text("Maria")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Owner: Maria")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("link", name=str(here.item.title))).to_have_count(0)
    here.item.refresh_from_db()
    assert here.item.state == "done"


def test_j_goes_down_a_list_and_k_up(here: Any, look: Any) -> None:
    second = make_item(here.phase, 2)
    page = look(by=here.manager)
    page.goto(reverse("programs:checklists", args=[here.program.slug]))
    steps = [("j", here.item), ("j", second), ("k", here.item), ("k", here.item)]  # above the first one is none
    for key, item in steps:
        page.keyboard.press(key)
        expect(page.get_by_role("link", name=str(item.title))).to_be_focused()


def test_ticking_an_item_keeps_the_place(here: Any, look: Any) -> None:
    page = look(by=here.manager)
    page.goto(reverse("programs:phase_detail", args=[here.program.slug, here.phase.pk]))
    tab_to(page, f"^Done: {here.item.title.texts['en']}")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=f"Done: {here.item.title.texts['en']}")).to_have_attribute(
        "aria-pressed", "true"
    )
    here.item.refresh_from_db()
    assert here.item.state == "done"
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not thrown back to the top"


def test_logging_an_activity(here: Any, look: Any) -> None:
    erika = make_erika(here.generation)
    page = look(by=erika)
    page.goto("/")
    tab_to(page, "^(post|Post)$")
    page.keyboard.press("ArrowRight")  # the next kind
    page.keyboard.press("Space")
    tab_to(page, "^Log it$")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="My week")).to_contain_text("10 of 60 minutes")
    page.reload()
    expect(page.get_by_role("region", name="My week").get_by_role("listitem")).to_have_count(1)


def test_every_stop_of_a_busy_page_is_visible(here: Any, look: Any) -> None:
    page = look(by=here.manager, theme="dark")
    page.goto(reverse("programs:timeline", args=[here.program.slug]))
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate("() => document.activeElement === document.body ? '' : document.activeElement.outerHTML")
        if not at or (at in seen and len(seen) > 12):
            break
        seen.add(at)
        assert page.evaluate(FOCUS) == "seen"
    assert len(seen) > 12
