"""In every job one row that fails leaves the others their turn."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.barcamp import jobs as barcamp
from community.barcamp.models import ProposalVote
from community.events import jobs as events
from community.events import leaving
from community.newsletters import jobs as newsletters
from community.newsletters.models import IssueState, Obstacle
from core.kit import rooms
from core.kit.rooms import Room
from core.news.models import Notification
from core.notify import jobs as mails
from core.notify.models import MailState, OutgoingMail
from core.notify.services import draft_mail, queue_mails
from core.people.models import User
from core.schedule import jobs as schedule
from core.schedule.models import Setback
from programs.generations import jobs as generations
from programs.generations import services as participation
from programs.generations.models import Invitation
from programs.membership import jobs as membership
from programs.membership.models import Membership, Program, Role
from tests.core.notify.smtp import Server, running
from tests.factories.barcamp import make_barcamp, make_proposal
from tests.factories.events import make_answer, make_event
from tests.factories.generations import make_invitation
from tests.factories.newsletters import make_issue
from tests.world import make_user

NOWHERE = "Nowhere/Nothing"  # a time zone that no computer knows: whatever asks it for the day fails


def test_a_program_that_fails_keeps_no_others_date_from_being_told(world: Any) -> None:
    lost = make_event(world.other_program, on=timezone.localdate() - timedelta(days=1), told_revision=0)
    event = make_event(world.program, on=timezone.localdate() + timedelta(days=3), told_revision=0)
    Program.objects.filter(pk=world.other_program.pk).update(time_zone=NOWHERE)
    event.milestone.__class__.objects.filter(pk=event.milestone_id).update(
        revision=2, changed_at=timezone.now() - timedelta(minutes=3)
    )
    events.sweep()
    assert Notification.objects.filter(kind="events.changed", about=str(event.pk)).exists()
    assert Setback.objects.get(job="events.turn", row=str(lost.pk)).reason == "ZoneInfoNotFoundError"


def test_an_issue_that_cannot_be_started_says_so_and_holds_up_nobody(world: Any) -> None:
    past = timezone.now() - timedelta(minutes=5)
    Program.objects.filter(pk=world.other_program.pk).update(time_zone=NOWHERE)
    broken = make_issue(world.other_program, state=IssueState.SCHEDULED, scheduled_at=past)
    due = make_issue(world.program, state=IssueState.SCHEDULED, scheduled_at=past + timedelta(minutes=1))
    newsletters.sweep()
    broken.refresh_from_db()
    due.refresh_from_db()
    assert (broken.state, broken.obstacle) == (IssueState.SCHEDULED, Obstacle.START)
    assert due.state != IssueState.SCHEDULED
    assert Setback.objects.filter(job="newsletters.start", row=str(broken.pk)).exists()


def test_an_invitation_that_cannot_be_written_keeps_no_other_waiting(world: Any) -> None:
    Invitation.objects.all().delete()
    broken = make_invitation(world.generation, "a@example.com", language="de")
    good = make_invitation(world.generation, "b@example.com", language="de")
    Invitation.objects.filter(pk=broken.pk).update(language="\\/")
    generations.post()
    written = OutgoingMail.objects.filter(reference__in=[broken.pk, good.pk], reason=generations.REASON)
    assert good.pk in written.values_list("reference", flat=True)


def test_an_account_that_cannot_be_erased_keeps_no_other_from_it(world: Any) -> None:
    membership.retention()
    people = [make_user("first"), make_user("second")]
    for days, user in zip((40, 35), people, strict=True):
        ended = timezone.now() - timedelta(days=days)
        Membership.objects.create(
            program=world.program, user=user, role=Role.COACH, since=ended - timedelta(days=9), ended_at=ended
        )

    def fails_for_the_first(user: User) -> None:
        if user.pk == people[0].pk:
            raise LookupError

    with rooms.using(Room(name="first", on_erasure=(fails_for_the_first,))):
        assert membership.retention() == 1
    assert list(Membership.objects.filter(user__in=people).values_list("user", flat=True)) == [people[0].pk]
    assert str(people[0].pk) not in Setback.objects.get(job="membership.retention").row


def test_a_break_that_fails_to_be_carried_out_names_nobody_in_a_log(
    world: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_answer(make_event(world.program), world.influencer)
    participation.pause(world.influencer.participations.get(program=world.program), by=world.influencer)

    def fails(person_id: int) -> None:
        assert person_id == world.influencer.pk
        raise LookupError

    monkeypatch.setattr(leaving, "rest", fails)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=True):
        events.sweep()
    told = f"{caplog.text} {Setback.objects.get(job='events.rest').row}"
    assert "events.rest failed for" in told
    assert str(world.influencer.pk) not in told


def test_votes_of_one_barcamp_go_though_another_ones_fail(world: Any) -> None:
    ProposalVote.objects.all().delete()
    held = []
    for program in (world.other_program, world.program):
        event = make_barcamp(program, on=timezone.localdate() - timedelta(days=9))
        proposal = make_proposal(event, world.manager)
        ProposalVote.objects.create(proposal=proposal, person=world.manager)
        held.append(event)
    Program.objects.filter(pk=world.other_program.pk).update(time_zone=NOWHERE)
    barcamp.retention()
    assert set(ProposalVote.objects.values_list("proposal__event", flat=True)) == {held[0].pk}


@pytest.mark.django_db
def test_a_mail_that_fails_unexpectedly_lets_the_next_one_go() -> None:
    def fails(mail: OutgoingMail) -> bool:
        raise LookupError

    for reason in ("tests.broken", "tests.good"):
        queue_mails([draft_mail("a@example.com", "Hello", "Hello", "", reason=reason)])
    with rooms.using(Room(name="first", withholds={"tests.broken": fails})), running(Server()) as server:
        mails.sweep()
    assert len(server.mails) == 1
    states = dict(OutgoingMail.objects.values_list("reason", "state"))
    assert states == {"tests.broken": MailState.SENDING, "tests.good": MailState.SENT}  # its lease ends by itself


@pytest.mark.django_db
def test_a_setback_nobody_comes_back_to_is_forgotten() -> None:
    now = timezone.now()
    for row, days in (("old", 8), ("fresh", 6)):
        Setback.objects.create(job="x", row=row, reason="KeyError", failed_at=now, next_at=now - timedelta(days=days))
    assert schedule.retention() == 1
    assert Setback.objects.get().row == "fresh"
