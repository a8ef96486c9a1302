"""A newsletter to 100,000 people: how long its audience takes to build, whether each mail costs as much as one of
10,000, the memory of the worker that sends, and how long somebody waits for a page meanwhile."""

import io
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.apart import EVERY
from bench.harness import Report, seconds
from bench.newsletter import _count, _issue, _sink
from community.newsletters import jobs
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState
from core.people.models import User
from programs.membership import access
from programs.membership.models import Program
from tests.factories.newsletters import make_readers

NAME = "newsletter_large"
FEW, MANY = 10_000, 100_000
AUDIENCE_SECONDS, MEBIBYTES, LINEAR, SLOWER, GOAL = 5, 200, 1.2, 3, 2
PAUSE, IDLE = 0.2, 50  # seconds between two pages, as somebody who clicks; pages before it begins


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    manager = User.objects.get(email="manager@demo.example")
    home = reverse("home:program", args=[next(iter(access.roles_by_program(manager))).slug])
    few, many = _issue(_program("few", FEW), 1), _issue(_program("many", MANY), 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    few_built, many_built = seconds(lambda: jobs.start(few.pk)), seconds(lambda: jobs.start(many.pk))
    report.line(f"audience of {MANY:,} people", [many_built], "s", [AUDIENCE_SECONDS], 1)
    with _sink() as sink:
        few_sent, _few_peak = _send(few)
        assert _count(sink) == FEW
        idle, pages, over = [_page(manager, home) for _ in range(IDLE)], [], threading.Event()
        reader = threading.Thread(target=_read, args=(manager, home, pages, over))
        reader.start()
        many_sent, peak = _send(many)
        over.set()
        reader.join()
        assert _count(sink) == MANY
    rows = Delivery.objects.filter(issue=many, state=DeliveryState.SENT, sent_at__isnull=False, attempts=1)
    assert rows.count() == MANY
    name = f"a mail of {MANY:,}, from the audience to its last mark, and of {FEW:,}"
    each, before = (many_built + many_sent) / MANY, (few_built + few_sent) / FEW
    report.line(name, [each * 1e6], "µs", [before * 1e6], LINEAR)
    report.line(f"newsletter to {MANY:,} people: memory of its worker", [peak], "MiB", [MEBIBYTES], 1)
    report.line("home while it is sent, and before", pages, "ms", idle, SLOWER, goal=GOAL)


def _program(slug: str, people: int) -> Program:
    today = timezone.localdate()
    program = Program.objects.create(slug=slug, name=slug, company_name="Bench AG", start_on=today)
    make_readers(program, people, prefix=slug)
    return program


def _send(issue: Issue) -> tuple[float, float]:
    """In a fresh process: its seconds, and the most memory it took, in MiB."""
    environment = os.environ | {"SMTP_HOST": settings.EMAIL_HOST, "SMTP_PORT": str(settings.EMAIL_PORT)}
    command = [sys.executable, "-m", "bench.newsletter_sender", str(issue.pk)]
    peak = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            with suppress(psutil.Error):
                peak = max(peak, psutil.Process(process.pid).memory_info().rss / 2**20)
            time.sleep(EVERY)
        said = process.stdout.read()  # type: ignore[union-attr]
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    return float(said), peak


def _read(person: User, address: str, found: list[float], over: threading.Event) -> None:
    while not over.wait(PAUSE):
        found.append(_page(person, address))
    connection.close()


def _page(person: User, address: str) -> float:
    """Milliseconds."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    began = time.perf_counter()
    assert client.get(address).status_code == 200
    return (time.perf_counter() - began) * 1000
