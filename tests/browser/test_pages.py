"""Every page of every role in the demo, in both languages, light and dark, on a phone and on a desk.

Nobody lists the pages: starting from the role's home, one page of every kind that is linked gets visited.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from core.people.models import User
from tests.browser.conftest import Desk, findings_of, is_of_a_new_kind, keep_picture
from tests.databases import Databases

pytestmark = pytest.mark.browser

ROLES = ("manager", "influencer", "influencer2", "coach", "executive", "council", "admin")
LEAST = {"manager": 40, "influencer": 12, "influencer2": 10, "coach": 5, "executive": 6, "council": 6, "admin": 2}
SHARED = ("/accounts/", "/me/export")  # the same for everybody: the manager goes there
FILES = ("/export", "/pdf", "/evidence/", "/logout/", "accent.css", "/html", "/health/")

# Words that German texts do not have. Names and quotes say of themselves in which language they are (lang="en").
ENGLISH = re.compile(r"\b(the|and|of|your|with|from|this|have|are|you|which|every|only|there|been|yet)\b", re.I)
SPOKEN = """() => {
  const copy = document.body.cloneNode(true);
  const others = '[lang="en"], script, style, svg, dialog, code, pre, input, textarea';
  // Time zones, and what people write themselves.
  const data = 'option[value*="/"], .entries .t, .rownote > a, [data-own-words], .trow .t, .snip';
  copy.querySelectorAll(`${others}, ${data}`).forEach(e => e.remove());
  copy.querySelectorAll('p, div, li, td, th, dt, dd, a, span, b, h1, h2, h3, option, label, button')
    .forEach(e => e.append(' '));
  return copy.textContent.replace(/\\s+/g, ' ');
}"""
# Sessions are written down by the sign-in page, which `visit` does not use.
BARE = """() => [...document.querySelectorAll('main ul, main ol, main tbody, main dl, main select, main .empty')]
  .filter(e => e.matches('.empty') ? !e.querySelector('a, button') && !e.nextElementSibling : !e.children.length)
  .filter(e => !e.closest('[hidden]'))
  .filter(() => location.pathname != '/accounts/sessions/')
  .map(e => e.outerHTML.slice(0, 120))"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(a => String(a.href.baseVal ?? a.href))"


@pytest.fixture(scope="module")
def site(django_db_setup: Databases, django_db_blocker: Any) -> Iterator[str]:
    """The demo for all of these tests (they only look at it), and a server."""
    with django_db_blocker.unblock():
        django_db_setup.enter("demo", alone=True)
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        django_db_setup.leave()


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Any]:
    """`visit("manager", width=360)` opens the demo as one of its sign-ins, in the language of the window."""
    desk = Desk(browser, site)

    def open_page(role: str, *, language: str = "de", **more: Any) -> Page:
        User.objects.filter(email=f"{role}@demo.example").update(language=language)
        return desk(language=language, by=User.objects.get(email=f"{role}@demo.example"), **more)

    yield open_page
    desk.close()
    assert desk.complaints == []


def kind_of(address: str) -> str:
    """Two people or two phases are pages of one kind."""
    return re.sub(r"/[0-9]+/", "/#/", urlsplit(address).path)


def walk(page: Page, start: str, without: tuple[str, ...] = ()) -> Iterator[str]:
    """One page of every kind that can be reached by links; where a link leads to no page, that is said instead."""
    waiting, known, came_from = deque([start]), {kind_of(start)}, {start: ""}
    while waiting:
        address = waiting.popleft()
        try:
            answer = page.goto(address)
        except Error as error:
            if "Download is starting" in str(error):  # a file, not a page
                continue
            raise
        known.add(kind_of(page.url))
        yield address if answer and answer.ok else f"{came_from[address]} leads to a dead end: {address}"
        for link in page.evaluate(LINKS):
            ours = urlsplit(link).netloc == urlsplit(page.url).netloc and not any(
                part in link for part in (*FILES, *without)
            )
            if ours and kind_of(link) not in known:
                known.add(kind_of(link))
                waiting.append(plain := urlsplit(link)._replace(fragment="").geturl())
                came_from[plain] = page.url


def untranslated(page: Page) -> list[str]:
    assert page.locator("html").get_attribute("lang") == "de"
    text = page.evaluate(SPOKEN)
    return [f"{page.url} speaks English: {text[max(0, m.start() - 40) : m.end() + 40]}" for m in ENGLISH.finditer(text)]


@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "de"), (360, "dark", "en")])
def test_every_page(width: int, theme: str, language: str, visit: Any) -> None:
    """Each role sees no dead end, no bare list, no sideways scroll and no foreign word; the first page of each kind
    is judged by the rules of accessibility, in both lights."""
    found, counts = [], {}
    for role in ROLES:
        page, counts[role] = visit(role, width=width, theme=theme, language=language), 0
        for address in walk(page, "/", () if role == "manager" else SHARED):
            counts[role] += 1
            found += [address] if "dead end" in address else []
            is_new = is_of_a_new_kind(page)
            found += findings_of(page, in_both_lights=True)
            found += [f"{address} has a bare list: {html}" for html in page.evaluate(BARE)]
            found += untranslated(page) if language == "de" else []
            if is_new:
                keep_picture(page, f"{role}-{width}-{name_of(page)}")
    assert not found, "\n".join(found)
    assert {role: count for role, count in counts.items() if count < LEAST[role]} == {}, "too few pages were found"


def name_of(page: Page) -> str:
    path = re.sub(r"/\d+", "-one", urlsplit(page.url).path.replace("/p/nordlichter", ""))
    return re.sub(r"[^a-z]+", "-", path).strip("-") or "home"


def test_a_page_that_is_hard_to_read_is_seen(visit: Any) -> None:
    """Once on the first page of its kind; sideways scroll on each."""
    page = visit("executive", width=360, theme="light")
    page.goto("/")
    page.evaluate(
        """() => { const pale = document.createElement('p'); pale.textContent = 'Hardly to be seen';
        pale.className = 'pale'; document.querySelector('main').append(pale);
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.pale { color: #777; background: #888; width: 4000px }');
        document.adoptedStyleSheets = [sheet]; }"""
    )
    found = findings_of(page, in_both_lights=True)
    assert sum("color-contrast" in each for each in found) == 2
    assert any("scrolls sideways" in each for each in found)
    assert [each for each in findings_of(page) if "scrolls sideways" not in each] == []
