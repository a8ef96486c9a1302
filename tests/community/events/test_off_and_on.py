"""A kick-off instead of a cancelled one, a guest on the list again, links that hold an answer, mails in their order."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from community.events import guest_letters, guest_services, jobs, series, services
from community.events.models import DEED_KICK_OFF, Answer, Event, EventState
from core.news.models import Notification
from core.notify import jobs as mail_jobs
from core.notify.models import OutgoingMail
from programs.generations.models import Step
from tests.factories.events import make_event, make_guest


def test_a_kick_off_takes_the_step_of_a_cancelled_one(world: Any) -> None:
    step = Step.objects.filter(generation=world.generation).first()
    Step.objects.filter(pk=step.pk).update(deed=DEED_KICK_OFF, milestone=None, address="")
    first, second = (
        make_event(world.program, kind="program_kickoff", state=EventState.DRAFT, title_en=title)
        for title in ("One", "Two")
    )
    for event in (first, second):
        services.announce_event(event, by=world.manager)
        assert Step.objects.get(pk=step.pk).milestone == first.milestone
    services.cancel_event(first, by=world.manager)
    third = make_event(world.program, kind="program_kickoff", state=EventState.DRAFT, title_en="Three")
    services.announce_event(third, by=world.manager)
    assert Step.objects.get(pk=step.pk).milestone == third.milestone


def test_a_guest_on_the_list_again_is_not_told_of_the_removal(world: Any) -> None:
    event = make_event(world.program)
    guest = make_guest(event)
    guest_services.remove_guest(guest, by=world.manager)
    guest_services.add_guests(event, guests=[("Gloria", guest.email)], language="en", by=world.manager)
    type(guest).objects.filter(pk=guest.pk).update(deleted_at=timezone.now() - timedelta(minutes=11))
    jobs.sweep()
    assert not OutgoingMail.objects.filter(reason=guest_letters.REMOVED).exists()
    assert not type(guest).objects.filter(pk=guest.pk).exists()


def test_a_link_of_the_mail_chooses_the_answer_and_changes_nothing(world: Any, sign_in: Any) -> None:
    event = make_event(world.program)
    here, reader = f"/p/nordlichter/events/{event.pk}/", sign_in(world.influencer)
    page = reader.get(f"{here}?answer=maybe").content.decode()
    assert "Send my maybe" in page
    assert not Answer.objects.filter(event=event).exists()
    for other in ("?answer=waiting", "?answer=x", ""):
        assert "Send my" not in reader.get(here + other).content.decode()
    reader.post(f"{here}answer/", {"choice": "maybe"})
    assert "Send my" not in reader.get(f"{here}?answer=maybe").content.decode()


def test_who_is_about_to_set_out_hears_at_once_that_it_is_off(world: Any) -> None:
    soon = (timezone.now() + timedelta(minutes=20)).astimezone(ZoneInfo(world.program.time_zone))
    event = make_event(world.program, told_revision=0, on=soon.date(), at=soon.time())
    services.cancel_event(event, by=world.manager)
    jobs.sweep()
    assert Notification.objects.filter(kind="events.cancelled", person=world.influencer).count() == 1


def test_one_date_cancelled_just_now_leaves_the_answers_to_the_others(world: Any, monkeypatch: Any) -> None:
    events = [make_event(world.program, series="7e2c2f3e-2f0c-4bfa-9f49-000000000001") for _ in range(2)]
    before = series.ahead(events[0])
    Event.objects.filter(pk=events[0].pk).update(state=EventState.CANCELLED)
    monkeypatch.setattr(series, "ahead", lambda event: before)
    keys = [each.pk for each in events]
    assert set(series.answer_all(events[0], choice="yes", person=world.influencer, invited=keys)) == {events[1].pk}


def test_a_mail_with_a_date_waits_for_the_one_before(world: Any, mailoutbox: Any) -> None:
    event = make_event(world.program)
    make_guest(event, invited_at=None)
    guest_services.invite_guests(event, by=world.manager)
    first = OutgoingMail.objects.get(reason=guest_letters.INVITED)
    OutgoingMail.objects.filter(pk=first.pk).update(state="retry", due_at=timezone.now() + timedelta(hours=1))
    guest_letters.tell_changed(event)
    second = OutgoingMail.objects.get(reason=guest_letters.CHANGED)
    mail_jobs.deliver(second.pk)
    assert not mailoutbox
    OutgoingMail.objects.filter(pk=first.pk).update(due_at=timezone.now())
    mail_jobs.sweep()
    mail_jobs.sweep()
    assert [mail.subject.split(":")[0] for mail in mailoutbox] == ["Invitation", "Changed"]
