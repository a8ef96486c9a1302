"""A real Chromium: given by CHROMIUM, found on PATH, or Playwright's own. In CI it must be there."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.test.signals import template_rendered
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect

from tests.worker import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)
# Charts wait until somebody scrolls to them; a look at the whole page does.
DRAW = "() => { window.charts && window.charts.all(); }"
# Every chart is drawn, every font is there, and nothing is being fetched into the page.
SETTLED = """() => document.fonts.status == 'loaded'
  && !document.querySelector('[data-chart]:not(:has(svg, canvas)), .htmx-request, .htmx-swapping, .htmx-settling')"""
OTHER_LIGHT = """() => { const root = document.documentElement;
  root.setAttribute('data-bs-theme', root.getAttribute('data-bs-theme') == 'dark' ? 'light' : 'dark'); }"""
QUIET = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    sandbox = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    given = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **given, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser(launch_browser: Any) -> Iterator[Browser]:
    try:
        browser = launch_browser()
    except Error as error:
        if os.environ.get("CI"):
            raise
        reason = str(error).splitlines()[0]
        pytest.skip(f"NO BROWSER, the site was not looked at: apt-get install chromium, or set CHROMIUM. {reason}")
    yield browser
    browser.close()


# The templates that the page at an address was made from: pages of one kind are made from the same.
_parts: dict[str, set[str]] = defaultdict(set)
# What was judged already by the rules of accessibility, in windows of this width and theme within one test.
_judged: WeakKeyDictionary[BrowserContext, set[str]] = WeakKeyDictionary()


def _note(template: Any, context: Any, **_: Any) -> None:
    if template.name and (request := context.get("request")):
        _parts[_path_of(request.headers.get("HX-Current-URL") or request.get_full_path())].add(template.name)


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


class Desk:
    """Opens windows on one site and listens to what they complain about."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.judged: dict[tuple[int, str], set[str]] = defaultdict(set)
        template_rendered.connect(_note, dispatch_uid="parts")  # every test would pay for it, and none else asks

    def __call__(
        self, *, width: int = 1440, theme: str = "light", language: str = "en", by: Any = None, **more: Any
    ) -> Page:
        """A new window; `by` is signed in already, `more` as Playwright's contexts take it."""
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]  # "light" or "dark"
            locale=language,
            has_touch=width < 700,
            reduced_motion="reduce",
            **more,
        )
        self.contexts.append(context)
        _judged[context] = self.judged[width, theme]
        context.add_init_script(f"if (window.origin !== 'null') localStorage.setItem('theme', '{theme}')")
        if by is not None:
            context.add_cookies([{"name": "sessionid", "value": _session_of(by), "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", lambda message: self._listen(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _listen(self, page: Page, message: ConsoleMessage) -> None:
        """Every error counts, but not that a page answers with a status: that is for the test to judge; nor that
        somebody left a page that was still asking (what failed in truth has a line of its own); nor that a preview runs
        no script, which is what its frame is for (the one that tried is the line above that sets the theme)."""
        of_page = "responded with a status" in message.text and message.location.get("url") == page.url
        is_meant = message.text.startswith(("htmx:sendAbort", "htmx:afterRequest", "Blocked script execution in"))
        if message.type == "error" and not (of_page or is_meant) and "status of 422" not in message.text:
            self.complaints.append(f"{page.url}: {message.text} {message.location.get('url', '')}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        template_rendered.disconnect(dispatch_uid="parts")


def _session_of(person: Any) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


@pytest.fixture
def look(browser: Browser, live_server: Any) -> Iterator[Desk]:
    """`look(width=360, theme="dark", language="de")` opens a page; whatever it complains about fails the test."""
    desk = Desk(browser, live_server.url)
    yield desk
    desk.close()
    assert desk.complaints == []


def is_of_a_new_kind(page: Page) -> bool:
    """Whether something on it was not judged yet."""
    return not (parts := _parts[_path_of(page.url)]) or not parts <= _judged[page.context]


def findings_of(page: Page, *, in_both_lights: bool = False) -> list[str]:
    """Sideways scroll, and on the first page of its kind what violates the rules of accessibility."""
    page.wait_for_load_state("load")
    page.evaluate(DRAW)
    page.wait_for_function(SETTLED)
    told = []
    if is_of_a_new_kind(page):
        told += _violations(page)
        if in_both_lights:
            page.evaluate(OTHER_LIGHT)
            page.wait_for_function(SETTLED)
            told += [f"in the other light: {each}" for each in _violations(page, only=["color-contrast"])]
            page.evaluate(OTHER_LIGHT)
        _judged[page.context] |= _parts[_path_of(page.url)]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        told.append(f"{_path_of(page.url)} scrolls sideways")
    return told


def _violations(page: Page, only: list[str] | None = None) -> list[str]:
    if not page.evaluate("!!window.axe"):  # half a megabyte to compile, and each page may be judged twice
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | ({"runOnly": only} if only else {})
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    place = _path_of(page.url)
    return [f"{place} {v['id']}: {n['html'][:160]} ({v['help']})" for v in violations for n in v["nodes"][:2]]


def check_page(page: Page) -> None:
    """No accessibility violation, no sideways scroll."""
    assert findings_of(page) == []


def keep_picture(page: Page, name: str) -> None:
    """Pictures of a run, for people, where PICTURES is set: in test-results/pictures/."""
    if not os.environ.get("PICTURES"):
        return
    folder = Path("test-results/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
