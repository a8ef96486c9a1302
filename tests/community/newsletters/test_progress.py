"""The page of a sending: how far it is and what failed, of many, and of nobody alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.newsletters.models import Delivery, Issue, IssueState, Obstacle
from programs.membership.models import Membership
from tests.factories.newsletters import make_readers, make_running


@pytest.fixture
def writer(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def path(world: Any, pk: int, rest: str) -> str:
    return f"/p/{world.program.slug}/newsletters/{pk}/{rest}"


def half_sent(world: Any, failed: int, sent: int = 60) -> Issue:
    """Of some more than eighty, a minute ago."""
    make_readers(world.program, 80)
    Membership.objects.filter(program=world.program).update(since=timezone.now() - timedelta(days=90))
    issue = make_running(world.program)
    rows = list(Delivery.objects.filter(issue=issue).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=rows[:sent]).update(state="sent", sent_at=timezone.now() + timedelta(seconds=30))
    few = Delivery.objects.filter(pk__in=rows[sent : sent + failed])
    few.update(state="failed", reply="550 <reader1@example.com> unknown")
    Delivery.objects.filter(pk=rows[-1]).update(state="uncertain")
    return issue


def progress_of(issue: Issue, world: Any, writer: Client) -> str:
    return writer.get(path(world, issue.pk, "progress/")).content.decode()


def test_what_failed_is_said_where_others_are_among_them(world: Any, writer: Client) -> None:
    """Who knows of one full mailbox, and has four such addresses, learned that it subscribed."""
    issue = half_sent(world, failed=9)
    told = ("<dt>Failed</dt>", "does not exist or does not accept email (550)", "Uncertain", "Will be retried")
    assert [words for words in told if words in progress_of(issue, world, writer)] == []
    Delivery.objects.filter(issue=issue).exclude(state="failed").update(state="sent")
    Issue.objects.filter(pk=issue.pk).update(state=IssueState.SENT)
    assert "100% of emails sent." in progress_of(issue, world, writer)
    row = Delivery.objects.filter(issue=issue, state="sent").order_by("pk").first()
    Delivery.objects.filter(pk=row.pk).update(state="failed", reply="550 unknown")
    page = progress_of(issue, world, writer)
    assert [words in page for words in told] == [True, True, False, False]
    assert "100% of emails sent." not in page


def test_the_last_mail_is_not_seen_to_go(world: Any, writer: Client) -> None:
    """Before the end it is 95 percent: the moment of the last mail told how many they were."""
    issue = half_sent(world, failed=0)
    Delivery.objects.filter(issue=issue).update(state="sent", sent_at=timezone.now())
    assert "95% of emails sent." in progress_of(issue, world, writer)


def test_a_short_list_has_no_speed(world: Any, writer: Client) -> None:
    make_readers(world.program, 10)
    issue = make_running(world.program)
    rows = Delivery.objects.filter(issue=issue)
    first = rows.order_by("pk").values("pk")[:8]
    rows.filter(pk__in=first).update(state="sent", sent_at=timezone.now() + timedelta(seconds=12))
    page = progress_of(issue, world, writer)
    assert [words for words in ("emails per minute", "Finished at around") if words in page] == []


def test_progress_counts_without_names(world: Any, writer: Client, django_assert_num_queries: Any) -> None:
    issue = half_sent(world, failed=12)
    Issue.objects.filter(pk=issue.pk).update(obstacle=f"{Obstacle.SERVER} refused")
    address = path(world, issue.pk, "progress/")
    writer.get(address)
    with django_assert_num_queries(10):
        shown = writer.get(address, headers={"HX-Request": "true"}).content.decode()
    for text in (
        "% of emails sent.",
        "does not exist or does not accept email (550)",
        "100 emails per minute",
        "Finished at around",
    ):
        assert text in shown
    assert "is not responding" in shown
    assert "@example.com" not in shown
    assert 'hx-trigger="every 1s"' in shown
