"""A real Chromium: given by CHROMIUM, found on PATH, or Playwright's own. In CI it must be there."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

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


@pytest.fixture
def look(browser: Browser, live_server: Any) -> Iterator[Any]:
    """`look(width=360, theme="dark", language="de")` opens a page; whatever it complains about fails the test."""
    contexts, complaints = [], []

    def open_page(*, width: int = 1440, theme: str = "light", language: str = "en") -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]  # "light" or "dark"
            locale=language,
            has_touch=width < 700,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda m: complaints.append(f"{page.url}: {m.text}") if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def check_page(page: Page) -> None:
    """No accessibility violation, no sideways scroll, nothing but our own language of failure."""
    page.wait_for_load_state("networkidle")
    violations = Axe().run(page).response["violations"]
    told = [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({v['help']})" for v in violations]
    assert told == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"), f"scrolls: {page.url}"


def keep_picture(page: Page, name: str) -> None:
    """Pictures of a run, for people: in test-results/pictures/."""
    folder = Path("test-results/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
