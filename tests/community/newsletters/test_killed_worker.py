"""A real worker with a real broker, killed with SIGKILL in mid-send: nobody gets none, nobody gets two beyond what
reliability allows: at most one repeated mail per killed sender, none where the mail server's log can be asked."""

import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from analytics.imports import tasks as imports_tasks
from community.newsletters import jobs, services
from community.newsletters import tasks as newsletters_tasks
from community.newsletters.models import Delivery, Issue, IssueState
from core.notify.services import queue_mail
from programs.consents.services import withdraw
from tests.factories.newsletters import make_issue, make_readers
from tests.smtp_sink import SmtpSink
from tests.worker import wait_until, worker
from tests.world import make_program, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FAST = {"NEWSLETTER_LEASE": "2", "NEWSLETTER_SENDING_LEASE": "10", "NEWSLETTER_DOUBT": "1", "NEWSLETTER_SENDERS": "2"}
READERS, KILLS = 1000, 5


def due_issue() -> Issue:
    program = make_program()
    make_readers(program, READERS)
    return make_issue(program, state=IssueState.SCHEDULED, scheduled_at=timezone.now() - timedelta(seconds=1))


def is_out(issue: Issue) -> bool:
    newsletters_tasks.sweep.delay()  # as beat does
    issue.refresh_from_db()
    return issue.state == IssueState.SENT


def log_of(path: Path) -> Counter[tuple[str, str]]:
    """How often each (Message-ID, recipient) was taken."""
    return Counter((line.split()[0], line.split()[1]) for line in path.read_text().splitlines())


@pytest.mark.parametrize(
    ("has_evidence", "ahead"),
    [(False, "60000"), (True, "0")],
    ids=["without evidence, each decided on ahead", "with evidence"],
)
def test_a_killed_worker_loses_nothing(has_evidence: bool, ahead: str, settings: Any, tmp_path: Path) -> None:
    rng = random.Random(7)
    issue, log = due_issue(), tmp_path / "taken"
    more = FAST | {"SINK_LOG": str(log), "NEWSLETTER_AHEAD": ahead}
    if has_evidence:
        more["NEWSLETTER_EVIDENCE"] = "tests.community.newsletters.evidence.from_log"
    killed = 0
    with SmtpSink(log=log, delay=0.004) as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        with worker("mail", concurrency=2, log=tmp_path / "worker.log", **more) as running:
            assert wait_until(lambda: is_out(issue) or sink.raw, pause=0.3)
            while killed < KILLS and not is_out(issue):
                before = len(sink.raw)
                wait_until(lambda before=before: len(sink.raw) > before + 5, 10, 0.01)
                time.sleep(rng.uniform(0.0, 0.03))
                killed += running.kill_a_child()
            assert killed >= 3
            running.kill()  # at last the worker with all its senders, as in a power cut
            killed += 2
        with worker("mail", concurrency=2, log=tmp_path / "worker.log", **more):
            assert wait_until(lambda: is_out(issue), pause=0.3), Counter(
                Delivery.objects.values_list("state", flat=True)
            )
    taken = log_of(log)
    assert len(taken) == READERS  # nobody got none; whoever got two got the same Message-ID twice
    repeated = sum(taken.values()) - READERS
    assert repeated <= (0 if has_evidence else killed)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def in_states(*states: str) -> int:
    return Delivery.objects.filter(state__in=states).count()


def test_after_a_pause_only_the_mail_in_hand_goes_out(settings: Any) -> None:
    """Two senders, so at most two mails that were being decided on when the manager pressed the button."""
    issue, manager = due_issue(), make_user("manager")
    with SmtpSink(delay=0.01) as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        with worker("mail", concurrency=2, **FAST):
            assert wait_until(lambda: is_out(issue) or len(sink.raw) > 20, pause=0.3)
            services.pause_issue(issue, by=manager)
            out = in_states("sent", "sending")
            assert wait_until(lambda: not in_states("claimed", "sending"))
            assert out <= len(sink.raw) == in_states("sent") <= out + 2 < READERS
            assert not is_out(issue)
            assert not jobs.send(issue.pk)
            assert in_states("queued") == READERS - len(sink.raw)
            services.resume_issue(issue, by=manager)
            assert wait_until(lambda: is_out(issue), pause=0.3)
    assert len(sink.raw) == READERS


def test_withdrawn_during_the_sending_means_no_mail(settings: Any) -> None:
    """Two senders; 100 people withdraw while it runs. Whose withdrawal was committed before the mail gets none."""
    issue = due_issue()
    people = [row.user for row in issue.program.memberships.select_related("user")]
    withdrawn_in_time: set[str] = set()
    with SmtpSink(delay=0.004) as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        with worker("mail", concurrency=2, **FAST):
            assert wait_until(lambda: is_out(issue) or len(sink.raw) > 5, pause=0.3)
            for person in random.Random(3).sample(people, 100):
                withdraw(issue.program, ["newsletter"], by=person, channel="one_click")
                if Delivery.objects.get(user=person).state in ("queued", "claimed"):
                    withdrawn_in_time.add(person.email)
            assert wait_until(lambda: is_out(issue), pause=0.3)
    assert set(sink.taken.values()) == {1}
    # Each of the two senders may have been deciding on somebody in the moment of that withdrawal.
    assert len(withdrawn_in_time & set(sink.taken)) <= 2 < len(withdrawn_in_time)
    states = Counter(Delivery.objects.values_list("state", flat=True))
    assert states["sent"] == len(sink.taken)
    assert states["sent"] + states["suppressed"] == READERS
    assert states["suppressed"] > 0


def test_who_signs_in_waits_behind_no_newsletter_and_no_import(settings: Any, tmp_path: Path) -> None:
    """Two processes, two issues that go out slowly, two imports that take a minute."""
    first = due_issue()
    make_issue(first.program, state=IssueState.SCHEDULED, scheduled_at=first.scheduled_at)
    module, more = "tests.community.newsletters.long_import", FAST | {"DATA_DIR": str(tmp_path)}
    with SmtpSink(delay=0.2) as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        with worker("mail", "imports", concurrency=2, module=module, **more) as running:
            newsletters_tasks.sweep.delay()
            for run_id in (1, 2):
                imports_tasks.read.delay(run_id)
            at_work = [tmp_path / "import-1", tmp_path / "import-2"]
            assert wait_until(lambda: any(path.exists() for path in at_work) and len(sink.raw) > 5)
            for number in range(3):
                queue_mail(f"waits{number}@example.com", "Sign in", "t", reason="people.account")
                assert wait_until(lambda number=number: f"waits{number}@example.com" in sink.taken, 6)
            assert not all(path.exists() for path in at_work), "one process stays free of imports"
            assert set(Issue.objects.values_list("state", flat=True)) == {"sending"}
            running.kill()
