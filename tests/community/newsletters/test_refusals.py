"""Addresses that are refused, at once or later: from how many on a sending stops, and who hears of it."""

from typing import Any

import pytest

from community.newsletters import jobs, services
from community.newsletters.models import Delivery, Issue, IssueState, Obstacle
from community.newsletters.refusals import Refused
from core.disclosure import gate
from core.news.models import Notification
from core.notify import bounces
from core.notify.bounces import Kind
from programs.membership.models import Program
from tests.factories.newsletters import make_readers, make_running
from tests.smtp_sink import SmtpSink
from tests.world import client_of


@pytest.mark.parametrize(
    ("people", "limit"), [(1, 9), (20, 9), (60, 9), (180, 9), (181, 10), (1000, 50), (100_000, 5000)]
)
def test_from_how_many_on_it_stops(people: int, limit: int) -> None:
    """Whatever the order: when all of them have been tried, one fewer is not too many, and these are."""
    assert not Refused(limit - 1, people, people, gate.enough()).are_too_many
    assert Refused(limit, max(people, limit), people, gate.enough()).are_too_many


@pytest.mark.parametrize(
    ("failed", "tried", "stops"), [(19, 60, False), (20, 60, True), (20, 400, True), (20, 401, False)]
)
def test_a_long_list_that_is_wrong_from_the_start_is_stopped_early(failed: int, tried: int, stops: bool) -> None:
    assert Refused(failed, tried, 10_000, gate.enough()).are_too_many is stops


def refuse(sink: SmtpSink, readers: list[Any], count: int) -> None:
    for reader in readers[:count]:
        sink.answers[reader.email] = "550 no such person"


@pytest.mark.parametrize(("count", "state"), [(8, IssueState.SENT), (9, IssueState.PAUSED), (19, IssueState.PAUSED)])
def test_a_hundred_people(program: Any, sink: SmtpSink, count: int, state: IssueState) -> None:
    readers = make_readers(program, 100)
    refuse(sink, readers, count)
    issue = make_running(program)
    jobs.send(issue.pk)
    issue.refresh_from_db()
    assert issue.state == state
    failed = Delivery.objects.filter(issue=issue, state="failed").count()
    assert failed == min(count, 9), "it stops with the ninth, in the midst of a batch"


def test_who_goes_on_is_not_stopped_again_and_nobody_is_left_out(program: Any, sink: SmtpSink) -> None:
    readers = make_readers(program, 60)
    refuse(sink, readers, 9)
    issue = make_running(program)
    jobs.send(issue.pk)
    issue.refresh_from_db()
    assert issue.state == IssueState.PAUSED
    services.resume_issue(issue, by=readers[20])
    jobs.send(issue.pk)
    issue.refresh_from_db()
    assert (issue.state, issue.obstacle) == (IssueState.SENT, Obstacle.CONTINUED)
    assert Delivery.objects.filter(issue=issue, state="sent").count() == 51


def come_back(issue: Issue, count: int) -> None:
    for row in Delivery.objects.filter(issue=issue, state="sent").order_by("pk")[:count]:
        bounces.note(row.message_id, Kind.HARD, "5.1.1")


def test_mails_that_come_back_later_are_told_once(world: Any, sink: SmtpSink) -> None:
    make_readers(world.program, 40)
    issue = make_running(world.program)
    jobs.send(issue.pk)
    issue.refresh_from_db()
    assert issue.state == IssueState.SENT
    told = Notification.objects.filter(kind="newsletters.returned")
    come_back(issue, 8)
    assert not told.exists()
    come_back(issue, 1)
    assert [row.person for row in told] == [world.manager]
    come_back(issue, 9)
    assert told.count() == 1
    issue.refresh_from_db()
    assert (issue.state, issue.obstacle) == (IssueState.SENT, Obstacle.RETURNED)
    client = client_of("manager", world)
    assert "came back after they were sent" in client.get("/notifications/").content.decode()
    page = client.get(f"/p/{world.program.slug}/newsletters/{issue.pk}/progress/").content.decode()
    assert "5 percent or more of the emails came back" in page


def test_mails_that_come_back_while_it_is_being_sent_stop_it(world: Any, sink: SmtpSink) -> None:
    make_readers(world.program, 40)
    issue = make_running(world.program)
    Delivery.objects.filter(pk__in=Delivery.objects.filter(issue=issue).values("pk")[:10]).update(state="sent")
    come_back(issue, 9)
    issue.refresh_from_db()
    assert (issue.state, issue.obstacle) == (IssueState.PAUSED, Obstacle.FAILURES)
    assert Notification.objects.filter(kind="newsletters.held").count() == 1
    assert not Notification.objects.filter(kind="newsletters.returned").exists()


def test_what_was_said_and_gone_on_with_is_not_said_again(world: Any, sink: SmtpSink) -> None:
    readers = make_readers(world.program, 40)
    refuse(sink, readers, 9)
    issue = make_running(world.program)
    jobs.send(issue.pk)
    services.resume_issue(issue, by=world.manager)
    jobs.send(issue.pk)
    come_back(issue, 5)
    assert Notification.objects.filter(kind__startswith="newsletters.").count() == 1


def test_the_smallest_group_of_later_does_not_measure_how_many_were_refused(world: Any, sink: SmtpSink) -> None:
    """With an own address that comes back, for each number that she tries."""
    Program.objects.filter(pk=world.program.pk).update(group_minimum=20)
    make_readers(world.program, 60)
    issue = make_running(world.program)
    jobs.send(issue.pk)
    come_back(issue, 11)
    for k in (8, 7, 6, 5):
        Program.objects.filter(pk=world.program.pk).update(group_minimum=k)
        come_back(issue, 1)
        issue.refresh_from_db()
        assert issue.obstacle == ""
