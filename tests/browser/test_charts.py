"""Charts: fetched and drawn when somebody scrolls to them, whole at any width, and a table without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

FAULTS = """() => [...document.querySelectorAll('[data-chart]')].flatMap(box => {
  const name = box.closest('.kitpart').querySelector('h2').textContent.replace(/\\s+/g, ' ');
  const frame = box.getBoundingClientRect();
  const cut = [...box.querySelectorAll('text')].filter(text => {
    const at = text.getBoundingClientRect();
    const wide = at.left < frame.left - 2 || at.right > frame.right + 2;
    return wide || at.top < frame.top - 2 || at.bottom > frame.bottom + 2;
  }).map(text => `${name}: cut off: ${text.textContent}`);
  const broken = box.innerHTML.includes("NaN") ? [`${name}: NaN`] : [];
  const seen = [...box.querySelectorAll('text')].filter(text => text.checkVisibility({ opacityProperty: true })
    && !["fill-opacity", "opacity"].some(name => text.getAttribute(name) === "0")).map(text => text.textContent);
  const unseen = [...box.closest('.kitpart').querySelectorAll('.chart-marks [data-sign]')]
    .filter(note => !seen.includes(note.dataset.sign)).map(note => `${name}: no mark for note ${note.dataset.sign}`);
  const rows = box.dataset.things ? [...box.closest('.kitpart').querySelectorAll('tbody th')] : [];
  const unnamed = rows.map(th => th.textContent.trim().slice(0, 6))
    .filter(at => !seen.some(text => text.startsWith(at)))
    .map(at => `${name}: no ${at}`);
  return [...cut, ...broken, ...unseen, ...unnamed, ...(box.querySelector("svg") ? [] : [`${name}: empty`])];
})"""


@pytest.fixture
def kit(transactional_db: None, look: Any, settings: Any) -> Any:
    """Opens the living page of the kit, which shows every kind of chart with few and many periods."""
    settings.DEMO = True

    def open_page(**more: Any) -> Page:
        page = look(**more)
        page.goto("/dev/kit/")
        return page

    return open_page


@pytest.mark.parametrize("width", [320, 1440])
def test_every_kind_is_drawn_whole(width: int, kit: Any) -> None:
    page = kit(width=width)
    page.evaluate("charts.all()")
    page.wait_for_function("() => !document.querySelector('[data-chart]:not(:has(svg))')")
    assert page.evaluate(FAULTS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def test_the_library_is_fetched_when_the_first_chart_comes_into_view(kit: Any) -> None:
    page = kit(width=360)
    fetched = "performance.getEntriesByType('resource').some(entry => entry.name.includes('echarts'))"
    page.wait_for_load_state("networkidle")
    assert not page.evaluate(fetched)
    first = page.locator('[data-chart="bars"]').first
    first.scroll_into_view_if_needed()
    expect(first.locator("svg")).to_be_visible()
    assert page.evaluate(fetched)


def test_the_theme_reaches_charts_that_are_drawn(kit: Any) -> None:
    page = kit()
    chart = page.locator('.kitside [data-chart="bars"]').first
    chart.scroll_into_view_if_needed()
    expect(chart.locator("svg")).to_be_visible()
    page.evaluate("document.querySelectorAll('.kitside').forEach(side => side.removeAttribute('data-bs-theme'))")
    inked = "box => getComputedStyle(box.querySelector('text')).fill"
    light = chart.evaluate(inked)
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'dark')")
    page.wait_for_function(
        "([box, before]) => box.querySelector('text') && getComputedStyle(box.querySelector('text')).fill != before",
        arg=[chart.element_handle(), light],
    )


def test_without_scripts_the_table_stands(
    transactional_db: None, browser: Browser, live_server: LiveServer, settings: Any
) -> None:
    settings.DEMO = True
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/dev/kit/")
    expect(page.locator(".finding > .chart").first).to_be_hidden()
    expect(page.locator(".finding table").first).to_be_visible()
    context.close()


# Values that a line goes through, and how many lines there are.
STRUCK = """() => [...document.querySelectorAll('[data-chart="bars"]')].map(box => {
  const at = each => each.getBoundingClientRect();
  const dashed = [...box.querySelectorAll('path[stroke-dasharray]')].map(at);
  const lines = dashed.filter(line => line.height < 2 && line.width > 40);
  const values = [...box.querySelectorAll('text')].filter(text => /^[\\d.,]+$/.test(text.textContent.trim()));
  const meets = (line, text) => line.top > text.top + 2 && line.top < text.bottom - 2
    && line.left < text.right && line.right > text.left;
  const struck = values.filter(value => lines.some(line => meets(line, at(value))));
  return [lines.length, values.length, struck.map(value => value.textContent)];
})"""


def test_the_line_of_a_target_strikes_through_no_value(kit: Any) -> None:
    page = kit()
    page.evaluate("charts.all()")
    page.wait_for_function("() => !document.querySelector('[data-chart]:not(:has(svg))')")
    charts = page.evaluate(STRUCK)
    assert sum(lines > 0 and values > 2 for lines, values, _struck in charts) >= 4, "targets and values are drawn"
    assert [struck for _lines, _values, struck in charts if struck] == []


OPEN_ENDS = """title => {
  const part = [...document.querySelectorAll('.kitpart')]
    .find(each => each.querySelector('h2').textContent.includes(title));
  return [...part.querySelector('[data-chart]').querySelectorAll('path')]
    .filter(path => path.getAttribute('stroke-dasharray') === '4,3').length;
}"""


@pytest.mark.parametrize(("title", "ends"), [("bars, some open", 3), ("stack, some open", 1), ("stack in percent", 0)])
def test_a_share_that_may_be_all_has_an_open_end(title: str, ends: int, kit: Any) -> None:
    page = kit(width=1440)
    page.evaluate("charts.all()")
    page.wait_for_function("() => !document.querySelector('[data-chart]:not(:has(svg))')")
    assert page.evaluate(OPEN_ENDS, title) == ends
