"""The first visit of each role's home on a mid-range phone: what travels, and when one can begin.

A real Chromium with an empty cache against the real web server with compressed files, as in production: 4x slower
processor, 1.6 Mbit/s, 150 ms to the server. The limits are those of the first visit, the same for every role:

- 110 kB (headers included) until the page stands, 250 kB with all charts that the page has;
- 2 s until somebody can begin: the page is painted, its scripts have run, and nothing keeps the processor busy.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from bench.harness import ROOT, Report
from core.people.models import User

NAME = "first_visit"
ROLES = ("influencer", "manager", "coach", "executive", "council")
ROUNDS = 5
KILOBYTES, WITH_CHARTS, SECONDS = 110, 250, 2.0
SLOWER, LATENCY, DOWN, UP = 4, 150, 1_600_000 / 8, 750_000 / 8  # times, ms, bytes per second
PHONE = {"width": 360, "height": 780}
QUIET = 500  # ms without a long task: then nothing keeps the processor busy
LONG_TASKS = """() => { window.busyUntil = 0;
  const note = task => { window.busyUntil = Math.max(window.busyUntil, task.startTime + task.duration); };
  new PerformanceObserver(list => list.getEntries().forEach(note)).observe({type: 'longtask', buffered: true}); }"""
BEGIN = """() => { const page = performance.getEntriesByType('navigation')[0];
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return Math.max(page.domContentLoadedEventEnd, paint.startTime, window.busyUntil) / 1000; }"""


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    sessions = {role: _session(f"{role}@demo.example") for role in ROLES}
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with _site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for role, session in sessions.items():
            visits = [_visit(browser, site, session) for _ in range(ROUNDS + 1)][
                1:
            ]  # the first one warms the server up
            bare, whole, begins = zip(*visits, strict=True)
            report.line(f"first visit of {role}'s home", bare, "kB", [KILOBYTES], 1)
            # a manager's charts need the library; nobody waits for it, since it comes when one scrolls to them
            target = 1 if role == "influencer" else None
            report.line(f"first visit of {role}'s home with all charts", whole, "kB", [WITH_CHARTS], target)
            report.line(f"first visit of {role}'s home, until one can begin", begins, "s", [SECONDS], 1)
        browser.close()


def _session(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _visit(browser: Browser, site: str, session: str) -> tuple[float, float, float]:
    """Kilobytes until the page stands, kilobytes with every chart, seconds until one can begin."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2, locale="en")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    context.add_init_script(f"({LONG_TASKS})()")
    page = context.new_page()
    sent = _throttled(page)
    page.goto(site + "/", wait_until="networkidle")
    page.wait_for_function(f"() => performance.now() > window.busyUntil + {QUIET}")
    begin, bare = page.evaluate(BEGIN), sum(sent)
    page.evaluate("window.charts && window.charts.all()")
    page.wait_for_load_state("networkidle")
    whole = sum(sent)
    context.close()
    return bare / 1000, whole / 1000, begin


def _throttled(page: Page) -> list[float]:
    """A slow processor and a slow line; the list fills with the bytes of each answer, headers included."""
    sent: list[float] = []
    line: Any = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP},
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    return sent


@contextmanager
def _site() -> Iterator[str]:
    """gunicorn as in production, in front of the database of this benchmark."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    environment = os.environ | {"STATIC_HASHED": "1", "SITE_URL": site, "WEB_WORKERS": "1"}
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait(port)
        yield site
    finally:
        web.terminate()
        web.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2).close()
            return
        time.sleep(0.1)
    raise TimeoutError("the web server did not come up")
