"""A restored database sends nothing until somebody has looked at it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from community.newsletters.models import Issue, IssueState, Obstacle
from community.newsletters.tasks import sweep as newsletters
from core.kit import rooms
from core.notify import jobs as outbox
from core.notify.models import MailState, OutgoingMail
from core.notify.services import queue_mail
from core.schedule import fence, jobs
from core.schedule.models import Fence
from influencer.celery import app
from tests.world import make_program

pytestmark = pytest.mark.django_db


def restore() -> None:
    """The database as a backup of another server would bring it."""
    assert not fence.is_up()
    Fence.objects.update(database="16384.24576")


def due() -> set[str]:
    return {line.task.name for line in jobs.due()}


def test_a_database_stays_where_it_is_and_nothing_is_held() -> None:
    assert not fence.is_up()
    assert not fence.is_up()
    assert due() == {line.task.name for room in rooms.every() for line in room.timetable}


def test_the_clock_starts_only_what_stays_inside() -> None:
    restore()
    assert due() == {
        "health.beat", "notify.sweep", "notify.read_bounces", "kpis.publish_due", "imports.sweep", "operate.sweep",
        "operate.watch", "privacy.retention", "privacy.erase_accounts", "consents.erase_due",
    }  # fmt: skip
    assert fence.release()
    assert not fence.release(), "it is released once"
    assert {"newsletters.sweep", "chats.send", "connectors.sweep"} <= due()


def test_a_worker_takes_up_nothing_that_leaves_the_site(monkeypatch: Any) -> None:
    restore()
    ran: list[str] = []
    monkeypatch.setattr("community.newsletters.jobs.sweep", lambda: ran.append("newsletters") or [])
    app.tasks["newsletters.sweep"].apply(throw=True)
    assert ran == []
    fence.is_up()
    fence.release()
    app.tasks["newsletters.sweep"].apply(throw=True)
    assert ran == ["newsletters"]


def test_only_what_somebody_needs_to_sign_in_goes_out(monkeypatch: Any) -> None:
    monkeypatch.setattr(outbox, "BATCH", 1)  # what is held takes nobody's place
    old = queue_mail("a@example.com", "Before", "t", reason="people.account")
    restore()
    assert fence.is_up()
    OutgoingMail.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=1))
    reminder = queue_mail("b@example.com", "Reminder", "t", reason="events.reminder")
    queue_mail("c@example.com", "Password", "t", reason="people.account")
    outbox.deliver(reminder.pk)
    assert not mail.outbox, "woken or swept, it waits"
    outbox.sweep()
    assert [each.subject for each in mail.outbox] == ["Password"]
    assert outbox.discard_held(fence.up_since() or timezone.now()) == 1
    fence.release()
    outbox.sweep()
    assert [each.subject for each in mail.outbox] == ["Password", "Reminder"]
    old.refresh_from_db()
    assert (old.state, old.text) == (MailState.FAILED, "")


def test_an_issue_on_its_way_waits_for_a_person() -> None:
    program, past = make_program(), timezone.now() - timedelta(hours=1)
    issue = Issue.objects.create(program=program, number=1, state=IssueState.SENDING, started_at=past)
    planned = Issue.objects.create(program=program, number=2, state=IssueState.SCHEDULED, scheduled_at=past)
    later = timezone.now() + timedelta(days=1)
    future = Issue.objects.create(program=program, number=3, state=IssueState.SCHEDULED, scheduled_at=later)
    restore()
    assert fence.is_up()
    issue.refresh_from_db()
    planned.refresh_from_db()
    future.refresh_from_db()
    assert (issue.state, issue.obstacle) == (IssueState.PAUSED, Obstacle.RESTORED)
    assert (planned.state, planned.scheduled_at) == (IssueState.DRAFT, None)
    assert (future.state, future.scheduled_at) == (IssueState.SCHEDULED, later), "it was not due yet"
    fence.release()
    newsletters()
    issue.refresh_from_db()
    assert issue.state == IssueState.PAUSED, "a release resumes no issue"


def test_each_way_of_restoring_is_seen() -> None:
    """Another server, another database, the same one with tables made anew, an earlier moment on the same server."""
    assert not fence.is_up()
    (oid, _dot, table) = Fence.objects.get().database.partition(".")
    for other in ({"cluster": "7300000000000000000"}, {"database": f"1.{table}"}, {"database": f"{oid}.1"},
                  {"timeline": "000000FF"}):  # fmt: skip
        Fence.objects.update(**other)
        assert fence.is_up(), other
        assert fence.release()
        assert not fence.is_up(), "it lives here now"


def test_a_failover_is_none_where_it_is_usual(settings: Any) -> None:
    """And saying so raises nothing itself, whichever way."""
    assert not fence.is_up()
    settings.FENCE_AT_FAILOVER = False
    assert not fence.is_up()
    assert Fence.objects.get().timeline == ""
    Fence.objects.update(timeline="000000FF")
    assert not fence.is_up()
    settings.FENCE_AT_FAILOVER = True
    assert not fence.is_up()
    assert Fence.objects.get().timeline not in ("", "000000FF")
