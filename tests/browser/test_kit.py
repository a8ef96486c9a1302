"""The living page of the kit on a phone and on a desk: by the rules of accessibility, and by keyboard alone."""

from typing import Any

import pytest

from tests.browser.conftest import findings_of

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
PLACE = """() => { const e = document.activeElement;
  if (!e || e === document.body || !e.closest('main')) return null;
  return [...document.querySelectorAll('main *')].indexOf(e); }"""


@pytest.mark.parametrize("width", [360, 1440])
def test_every_part_is_read_and_reached(width: int, transactional_db: None, look: Any, settings: Any) -> None:
    settings.DEMO = True
    page = look(width=width)
    page.goto("/dev/kit/")
    # every part is there twice, once in each theme
    assert [each for each in findings_of(page) if "landmark-unique" not in each] == []
    stops, seen, around = page.evaluate(STOPS), set(), 0
    page.locator("main").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    while around < 8 and len(seen) < 2 * stops:  # a day has three stops of its own
        page.keyboard.press("Tab")
        place = page.evaluate(PLACE)
        around = around + 1 if place is None or place in seen else 0
        seen |= {place} - {None}
    assert len(seen) >= stops, "some parts cannot be reached by Tab"
