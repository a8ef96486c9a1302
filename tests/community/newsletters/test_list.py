"""The list of newsletters: how far each is, without a count of readers."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.newsletters.checks import look_at
from community.newsletters.jobs import finish
from community.newsletters.models import Delivery, DeliveryState, Issue
from community.newsletters.queries import readers, with_failures
from programs.consents.access import has_granted
from programs.consents.models import Purpose
from programs.consents.services import withdraw
from programs.membership.models import Membership, Program
from tests.factories.newsletters import make_issue, make_readers, make_running, make_sent


def sentence(issue: Issue) -> str:
    return next(check.text for check in look_at(issue).checks if check.text.startswith("Goes to"))


def long_ago(program: Any) -> None:
    Membership.objects.filter(program=program).update(since=timezone.now() - timedelta(days=90))


def test_how_many_get_it_does_not_move_while_one_watches(world: Any) -> None:
    """A few more, or less, are not seen before Monday, nor then: only many are, and who came today is not counted."""
    many = make_readers(world.program, 22)
    long_ago(world.program)
    issue = make_issue(world.program)
    before = sentence(issue)
    assert "as last counted" in before
    for reader in many[:4]:
        withdraw(world.program, [Purpose.NEWSLETTER], by=reader, channel="profile")
    with time_machine.travel(timezone.now() + timedelta(days=7), tick=True):
        assert sentence(issue) == before
    for reader in many[4:9]:
        withdraw(world.program, [Purpose.NEWSLETTER], by=reader, channel="profile")
    assert sentence(issue) == before
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=True):
        assert sentence(issue) != before


def test_accounts_made_for_it_do_not_fill_the_number(world: Any) -> None:
    issue = make_issue(world.program)
    make_readers(world.program, 12)  # their roles began a moment ago
    assert readers(world.program)[""].low == 0
    assert "fewer than" in sentence(issue)


def path(world: Any) -> str:
    return f"/p/{world.program.slug}/newsletters/"


def test_the_list_tells_nobody_how_many_readers_there_are(world: Any, sign_in: Any) -> None:
    """Of seven mails, three sent: a share of 43% would say that they are seven."""
    Issue.objects.all().delete()
    make_readers(world.program, 7)
    issue = make_running(world.program)
    rows = Delivery.objects.filter(issue=issue)
    rows.filter(pk__in=rows.values("pk")[:3]).update(state=DeliveryState.SENT)
    assert "being sent, 0%" in sign_in(world.manager).get(path(world)).content.decode()


@pytest.mark.parametrize(("count", "is_said"), [(9, False), (10, True)])
def test_an_issue_that_did_not_reach_many_says_so_once_it_is_out(
    count: int, is_said: bool, world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Of a few it is not said: with four own addresses that are refused, it would tell of one other person."""
    client = sign_in(world.manager)
    make_readers(world.program, 12)
    client.get(path(world))  # what is known now lies in the cache
    issue = make_running(world.program)
    rows = Delivery.objects.filter(issue=issue)
    rows.update(state=DeliveryState.SENT)
    rows.filter(pk__in=rows.values("pk")[:count]).update(state=DeliveryState.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        assert finish(issue.pk)
    assert ("some failed" in client.get(path(world)).content.decode()) is is_said


@pytest.mark.parametrize("k", [5, 6, 7, 8, 9])
def test_the_smallest_group_does_not_measure_how_many_failed(k: int, world: Any) -> None:
    """Raised from day to day it would show at which number the list stops to say so: steps of two, and of one person
    with an own address."""
    Program.objects.filter(pk=world.program.pk).update(group_minimum=k)
    make_readers(world.program, 24)
    said = []
    for failed in range(10, 20):
        issue = make_running(world.program)
        rows = Delivery.objects.filter(issue=issue)
        rows.filter(pk__in=rows.values("pk")[:failed]).update(state=DeliveryState.FAILED)
        Issue.objects.filter(pk=issue.pk).update(state="sent")
        said.append(issue.pk)
    found = with_failures(Program.objects.get(pk=world.program.pk))
    answers = [pk in found for pk in said]
    assert len(set(answers[:5])) == len(set(answers[5:])) == 1


def test_a_long_archive_comes_in_pages_and_is_searched_as_a_whole(world: Any, sign_in: Any) -> None:
    Issue.objects.all().delete()
    for number in range(1, 23):
        make_issue(
            world.program, number=number, state="sent", started_at=timezone.now(), subject_en=f"Letter-{number}."
        )
    reader = sign_in(world.influencer)
    first = reader.get(path(world)).content.decode()
    assert "Letter-22." in first
    assert "Letter-2." not in first
    last = reader.get(f"{path(world)}?page=2").content.decode()
    assert [f"Letter-{n}." in last for n in (1, 2, 3)] == [True, True, False]
    assert "Letter-1." in reader.get(f"{path(world)}?q=Letter-1.").content.decode()
    assert "Letter-1." in reader.get(f"{path(world)}?page=99").content.decode()  # the last there is


def test_who_reads_sees_whether_it_comes_by_email_and_changes_it_there(world: Any, sign_in: Any) -> None:
    reader = sign_in(world.influencer)
    assert "You receive each new issue by email." in reader.get(path(world)).content.decode()
    for on, said in (("0", "You do not receive the newsletter by email."), ("1", "You receive each new issue")):
        act = f"/p/{world.program.slug}/consents/newsletter/"
        shown = reader.post(act, {"on": on, "next": path(world)}, follow=True)
        assert shown.redirect_chain[-1][0] == path(world)
        assert said in shown.content.decode()
        assert has_granted(world.influencer, world.program, "newsletter") is (on == "1")


def test_what_is_out_shows_nothing_that_waits_or_failed_where_nothing_did(world: Any, sign_in: Any) -> None:
    page = sign_in(world.manager).get(f"{path(world)}{make_sent(world.program).pk}/progress/").content.decode()
    assert [word in page for word in ("<dt>Readers</dt>", "<dt>Waiting</dt>", "<dt>Failed</dt>", "per minute")] == [
        True, False, False, False,
    ]  # fmt: skip
    assert "Write another one like it" in page
