"""A newsletter to 5,000 people, each with a durable row that is marked before and after its mail, against the same
mails prebuilt and pipelined over one connection to the same sink, without a database."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from community.newsletters import jobs, letters
from community.newsletters.envelopes import Skeleton
from community.newsletters.ledger import Recipient
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState
from core.kit.smtp import Envelope, open_session
from programs.membership.models import Program
from tests.factories.newsletters import make_readers

NAME = "newsletter"
PEOPLE, ROUNDS = 5_000, 5
TARGET, GOAL = 0.12, 0.3
PARAGRAPH = "Der vergangene Monat gehörte den Gesprächen, nicht der Reichweite, und [mehr](https://a.example/x).\n\n"


def run(report: Any) -> None:
    program = _world()
    with _sink() as sink:
        samples, limits = [], []
        for number in range(1, ROUNDS + 1):
            issue = _issue(program, number)
            limits.append(_raw(issue))
            assert _count(sink) == PEOPLE
            samples.append(_ours(issue))
            assert _count(sink) == PEOPLE
            rows = Delivery.objects.filter(issue=issue, state=DeliveryState.SENT, sent_at__isnull=False, attempts=1)
            assert rows.count() == PEOPLE
    report.line(
        f"newsletter to {PEOPLE:,} people, a durable row each",
        samples,
        "mails/s",
        limits,
        TARGET,
        better="higher",
        in_turns=True,
        goal=GOAL,
    )


def _ours(issue: Issue) -> float:
    """From the plan to the last mark: freeze, build the ledger, send, note, finish."""
    began = time.perf_counter()
    assert jobs.start(issue.pk)
    while jobs.has_work(issue.pk):
        jobs.send(issue.pk)
    seconds = time.perf_counter() - began
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    return PEOPLE / seconds


def _raw(issue: Issue) -> float:
    """The limit: the same bytes, ready made, one round trip per mail (a body may only follow its 354)."""
    frozen = letters.freeze(issue, timezone.localdate())
    skeletons = {language: Skeleton(issue, text) for language, text in frozen.items()}
    now = datetime.now(UTC)
    mails = [
        (
            Envelope("sender@a.example", f"reader{n}@example.com"),
            skeletons["en" if n % 3 == 0 else "de"].fill(
                Recipient(n, n, f"reader{n}@example.com", f"Zoë{n} Müller", "de", f"<{n:040}@a.example>", 0), now
            ),
        )
        for n in range(PEOPLE)
    ]
    began = time.perf_counter()
    session = open_session()
    for place, (envelope, message) in enumerate(mails):
        assert session.begin(envelope).is_ready
        then = mails[place + 1][0] if place + 1 < PEOPLE else None
        assert session.deliver(message, then=then).is_accepted
    session.close()
    return PEOPLE / (time.perf_counter() - began)


def _world() -> Program:
    program = Program.objects.create(
        slug="bench-newsletter", name="Bench", company_name="Bench AG", start_on=timezone.localdate()
    )
    make_readers(program, PEOPLE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return program


def _issue(program: Program, number: int) -> Issue:
    body = "# Grüße\n\nGuten Tag {{first_name}},\n\n" + PARAGRAPH * 12
    return Issue.objects.create(
        program=program,
        number=number,
        subject={"de": "Was gewirkt hat", "en": "What worked"},
        body={"de": body, "en": body},
        state=IssueState.SCHEDULED,
        scheduled_at=timezone.now(),
    )


@contextmanager
def _sink() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.mail_sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(process.stdout.readline())  # type: ignore[union-attr]
        settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", False, False
        settings.DEFAULT_FROM_EMAIL = "Bench <sender@a.example>"
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _count(sink: subprocess.Popen[str]) -> int:
    sink.stdin.write("\n")  # type: ignore[union-attr]
    sink.stdin.flush()  # type: ignore[union-attr]
    return int(sink.stdout.readline())  # type: ignore[union-attr]
