"""Walk a running demo as each role and keep pictures: python tools/screens.py OUT [--roles manager] [--widths 360].

Needs `make run` (PORT) and a Chromium. Prints every console error and every sideways scroll it meets.
"""

import argparse
import os
import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

# Numbers in addresses are drawn: "people/#/" is the first address of this kind that the page before it leads to.
PAGES = {
    "manager": [
        "", "timeline/", "phases/#/", "phases/#/edit/", "checklists/", "items/#/", "items/#/edit/", "milestones/new/",
        "people/", "people/#/", "people/#/roster/", "people/new/", "newsletters/", "newsletters/#/", "newsletters/new/",
        "figures/", "figures/targets/", "reports/", "reports/#/", "reports/new/",
        "imports/", "imports/#/", "imports/new/", "settings/", "team/new/", "contacts/", "privacy/",
        "council/", "search/?q=workshop", "/me/", "/accounts/email/",
        "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/",
    ],
    "influencer": [
        "", "activities/", "activities/new/", "path/", "my-figures/", "imports/", "imports/new/", "consents/",
        "newsletters/", "figures/", "timeline/", "privacy/", "/me/",
    ],
    "influencer2": ["", "path/", "my-figures/", "newsletters/", "newsletters/#/", "/me/"],
    "coach": ["", "timeline/", "checklists/", "figures/"],
    "executive": ["", "reports/", "reports/#/", "figures/"],
    "council": ["", "council/", "council/log/", "reports/", "figures/targets/"],
    "admin": ["/", "/programs/new/"],
}  # fmt: skip


def sign_in(page: Page, base: str, role: str, password: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", f"{role}@demo.example")
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.click("main button[type=submit]")


def numbered(page: Page, path: str) -> str | None:
    """The address with its number: the one the page that is open leads to, or stands at."""
    kind = path[: path.index("#") + 1] if "#" in path else ""
    if not kind:
        return path
    found = re.compile(re.escape("/" + kind).replace(r"\#", r"(\d+)") + "/")
    addresses = [
        page.url,
        *page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href') || '')"),
    ]
    number = next((match[1] for match in map(found.search, addresses) if match), None)
    return None if number is None else path.replace("#", number)


def shoot(browser: Browser, args: argparse.Namespace, role: str, width: int, theme: str, language: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800 if width < 700 else 900}, color_scheme=theme, locale=language
    )
    page = context.new_page()
    page.on("console", lambda m: m.type in ("error", "warning") and print(f"  console {page.url}: {m.text[:200]}"))
    sign_in(page, args.base, role, args.password)
    if page.locator("html").get_attribute("lang") != language:  # the person's own language counts, not the browser's
        with page.expect_navigation():
            page.locator(f"form.languages button[value={language}]").first.evaluate("button => button.click()")
    prefix = args.base + str(page.locator(".brandlink").get_attribute("href"))
    page.evaluate("theme => localStorage.setItem('theme', theme)", theme)
    for path in args.paths or PAGES[role]:
        here = numbered(page, path)
        if here is None:
            print(f"  nothing leads to {path}: {page.url}")
            continue
        page.goto(args.base + here if here.startswith("/") else prefix + here)
        page.wait_for_timeout(600)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            print(f"  sideways scroll: {page.url} at {width}")
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        page.screenshot(path=args.out / f"{role}-{name}-{width}-{theme}-{language}.png", full_page=True)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", default=f"http://localhost:{os.environ.get('PORT', 8000)}")
    parser.add_argument("--password", default=os.environ.get("DEMO_PASSWORD", "botschaft-demo"))
    parser.add_argument("--roles", default=",".join(PAGES))
    parser.add_argument("--widths", default="360,1440")
    parser.add_argument("--themes", default="light")
    parser.add_argument("--languages", default="de")
    parser.add_argument("--paths", nargs="*")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for role in args.roles.split(","):
            for width in map(int, args.widths.split(",")):
                for theme in args.themes.split(","):
                    for language in args.languages.split(","):
                        print(role, width, theme, language)
                        shoot(browser, args, role, width, theme, language)


if __name__ == "__main__":
    main()
