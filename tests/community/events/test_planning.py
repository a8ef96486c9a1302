"""From an idea to everybody knows: a kind, a form, a draft that only planners read, an announcement told once."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.events import jobs, moments, services
from community.events.kinds import kinds
from community.events.models import DEED_KICK_OFF, Event, EventKind, EventState
from community.forum import jobs as forum_jobs
from core.news import jobs as news_jobs
from core.news.models import Hours, Notification
from core.notify.models import OutgoingMail
from programs.generations.models import Step
from programs.phases import services as phases
from programs.phases.models import Milestone
from tests.factories.events import make_answer, make_event
from tests.factories.forum import make_post, make_topic
from tests.factories.phases import make_milestone

NEW = "/p/nordlichter/events/new/?kind=workshop"


def words(**more: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=10)
    return {
        "title_en": "Profile workshop", "title_de": "Profil-Workshop", "kind": "workshop", "on": day.isoformat(),
        "at": "09:00", "until_at": "12:00", "place": "Bremen", "capacity": "12", "has_waiting_list": "on",
        "description_en": "## Agenda\n\n- Arriving", "video": "",
    } | more  # fmt: skip


def deputy(world: Any) -> int:
    return world.deputy_membership.user_id


def test_every_kind_brings_its_texts_along(world: Any, sign_in: Any) -> None:
    assert set(kinds()) == set(EventKind.values)
    manager = sign_in(world.manager)
    assert "<span>Invitation list<small>" in manager.get(NEW).content.decode()  # read in parts
    page = manager.get("/p/nordlichter/events/new/").content.decode()
    assert "First-post master class" in page
    form = manager.get(NEW).content.decode()
    assert "Peer feedback in threes" in form
    assert "Gegenlesen zu dritt" in form


def test_a_plan_puts_one_date_on_the_timeline(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    before = Milestone.objects.count()
    page = manager.post(NEW, words(), follow=True).content.decode()
    event = Event.objects.get(milestone__title__icontains="Profile workshop")
    assert "Nobody has been invited yet." in page
    assert "Announce and invite" in page
    assert Milestone.objects.count() == before + 1
    assert (event.state, event.milestone.kind, event.milestone.until_at) == ("draft", "event", time(12))
    assert not Notification.objects.filter(kind__startswith="events.").exists()
    reader = sign_in(world.influencer)
    assert reader.get(f"/p/nordlichter/events/{event.pk}/").status_code == 404
    agenda = reader.get("/p/nordlichter/events/").content.decode()
    assert "Profile workshop" in agenda
    assert f"/p/nordlichter/events/{event.pk}/" not in agenda


def test_a_date_of_the_timeline_becomes_an_event_and_stays_one_date(world: Any, sign_in: Any) -> None:
    date_there = make_milestone(world.program, kind="event", on=timezone.localdate() + timedelta(days=5))
    manager = sign_in(world.manager)
    choice = manager.get(f"/p/nordlichter/events/new/?date={date_there.pk}").content.decode()
    assert "stays the same date" in choice
    before = Milestone.objects.count()
    manager.post(f"{NEW}&date={date_there.pk}", words(title_en="Kick-off", title_de="Kick-off"))
    assert Milestone.objects.count() == before
    assert Event.objects.get(milestone=date_there).milestone.title == "Kick-off"
    assert manager.get(f"{NEW}&date={date_there.pk}").status_code == 404  # it has an event already
    assert manager.get("/p/nordlichter/events/new/?date=none").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"until_at": "08:00"}, "end must be after the start"),
        ({"until_on": "2020-01-01"}, "last day must not be before the first"),
        ({"at": ""}, "has an end but no start"),
        ({"video": "http://zoom.us/j/1"}, "https://"),
        ({"video": "javascript:alert(1)"}, "https://"),
        ({"video": "https://user name@zoom.us"}, "URL"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"capacity": "99999"}, "less than or equal to 5000"),
        ({"title_en": "", "title_de": ""}, "in at least one language"),
        ({"kind": "party"}, "valid choice"),
        ({"generations": ["999999"]}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_the_input_kept(wrong: dict[str, Any], says: str, world: Any, sign_in: Any) -> None:
    answer = sign_in(world.manager).post(NEW, words(invitation_en="Kept words") | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def _team(world: Any) -> set[int]:
    return {world.coach.pk, world.team.pk, world.executive.pk}


def test_an_announcement_is_told_once_to_whom_it_is_for(world: Any) -> None:
    event = make_event(world.program, state=EventState.DRAFT)
    for _ in range(2):
        services.announce_event(event, by=world.manager)
    told = set(Notification.objects.filter(kind="events.invited").values_list("person", flat=True))
    assert told == {world.influencer.pk, world.influencer2.pk, *_team(world), deputy(world)}


def test_a_generation_is_invited_with_those_who_help_it(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, state=EventState.DRAFT)
    event.generations.add(world.generation)
    services.announce_event(event, by=world.manager)
    told = set(Notification.objects.filter(kind="events.invited").values_list("person", flat=True))
    inside = set(world.generation.participants.present().values_list("user", flat=True))
    assert told == inside | {world.coach.pk, deputy(world)}
    assert (
        sign_in(world.executive).post(f"/p/nordlichter/events/{event.pk}/answer/", {"choice": "yes"}).status_code == 403
    )
    assert "You are not invited" in sign_in(world.executive).get(f"/p/nordlichter/events/{event.pk}/").content.decode()


def test_a_moved_phase_tells_everybody_but_who_said_no_once(world: Any) -> None:
    event = make_event(world.program, told_revision=0)
    Milestone.objects.filter(pk=event.milestone_id).update(phase=world.phase)
    make_answer(event, world.influencer2, "no")
    phases.move_coming_milestones(world.phase, 7, by=world.manager)
    Milestone.objects.update(changed_at=timezone.now() - timedelta(minutes=3))
    for _ in range(2):
        jobs.sweep()
    told = Notification.objects.filter(kind="events.changed", about=str(event.pk))
    assert set(told.values_list("person", flat=True)) == {
        world.influencer.pk, *_team(world), world.manager.pk, deputy(world)
    }  # fmt: skip


def test_cancelled_and_back_again(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, told_revision=0, title_en="Meet-up", title_de="Treffen")
    manager = sign_in(world.manager)
    page = manager.post(f"/p/nordlichter/events/{event.pk}/cancel/", follow=True).content.decode()
    assert "It is cancelled." in page
    event.milestone.refresh_from_db()
    assert event.milestone.revision == 1  # so that calendars take the cancellation for the newer one
    jobs.sweep(timezone.now() + timedelta(minutes=9))
    assert not Notification.objects.filter(kind="events.cancelled").exists()  # it can still be undone
    jobs.sweep(timezone.now() + timedelta(minutes=11))
    jobs.sweep(timezone.now() + timedelta(minutes=12))
    assert Notification.objects.filter(kind="events.cancelled", person=world.influencer).count() == 1
    inbox = sign_in(world.influencer)
    assert "Cancelled: Meet-up" in inbox.get("/notifications/").content.decode()
    assert "Cancelled" in inbox.get(f"/p/nordlichter/events/{event.pk}/").content.decode()
    manager.post(f"/p/nordlichter/events/{event.pk}/reopen/")
    event.refresh_from_db()
    assert event.state == EventState.ANNOUNCED
    assert "Cancelled: Meet-up" not in inbox.get("/notifications/").content.decode()


def test_a_date_taken_off_the_timeline_cancels_its_event(world: Any) -> None:
    event = make_event(world.program, told_revision=0)
    phases.delete_milestone(event.milestone, by=world.manager)
    jobs.sweep()
    event.refresh_from_db()
    assert event.state == EventState.ANNOUNCED  # it can still be taken back
    Milestone.objects.filter(pk=event.milestone_id).update(deleted_at=timezone.now() - timedelta(minutes=11))
    jobs.sweep()
    event.refresh_from_db()
    assert event.state == EventState.CANCELLED
    assert Notification.objects.filter(kind="events.cancelled", person=world.influencer).count() == 1


def test_the_reminder_comes_once_from_the_afternoon_before(world: Any) -> None:
    tomorrow: date = timezone.localdate() + timedelta(days=1)
    event = make_event(world.program, on=tomorrow, at=time(23, 59))
    make_answer(event, world.influencer)
    make_answer(event, world.influencer2, "no")
    event.milestone.program = world.program
    due = moments.reminds_at(event.milestone)
    for moment in (due - timedelta(minutes=1), due, due + timedelta(hours=1)):
        jobs.sweep(moment)
    told = Notification.objects.filter(kind="events.reminder", about=event.pk)
    assert list(told.values_list("person", flat=True)) == [world.influencer.pk]


def test_fewer_places_than_people_are_refused(world: Any, sign_in: Any) -> None:
    event = make_event(world.program, capacity=3)
    for person in (world.influencer, world.influencer2):
        make_answer(event, person)
    answer = sign_in(world.manager).post(f"/p/nordlichter/events/{event.pk}/edit/", words(capacity="1"))
    assert answer.status_code == 422
    assert "2 people have said yes" in answer.content.decode()


def test_the_mail_of_an_invitation_carries_its_calendar_part(world: Any) -> None:
    Notification.objects.all().delete()
    Hours.objects.create(person=world.influencer, days=list(range(7)), start=0, end=24)
    event = make_event(world.program, state=EventState.DRAFT, title_en="Meet-up", title_de="Treffen")
    services.announce_event(event, by=world.manager)
    Notification.objects.update(due_at=timezone.now())
    news_jobs.mail_due()
    mail = OutgoingMail.objects.get(person=world.influencer, calendar__contains="VCALENDAR")
    assert "METHOD:REQUEST" in mail.calendar
    assert "SEQUENCE:0" in mail.calendar
    services.cancel_event(event, by=world.manager)
    jobs.sweep(timezone.now() + timedelta(minutes=11))
    Notification.objects.filter(kind="events.cancelled").update(due_at=timezone.now())
    news_jobs.mail_due()
    gone = OutgoingMail.objects.get(person=world.influencer, calendar__contains="METHOD:CANCEL")
    assert "SEQUENCE:1" in gone.calendar
    same = [line for each in (mail, gone) for line in each.calendar.splitlines() if line.startswith("UID:")]
    assert same[0] == same[1]


def test_two_invitations_and_other_news_are_three_mails_each_date_in_its_own(world: Any) -> None:
    """A mailbox shows the date of one calendar part, and what belongs into no calendar needs none."""
    Notification.objects.all().delete()
    Hours.objects.create(person=world.influencer, days=list(range(7)), start=0, end=24)
    for title in ("Meet-up", "Barcamp"):
        event = make_event(world.program, state=EventState.DRAFT, title_en=title, title_de=title)
        services.announce_event(event, by=world.manager)
    make_post(make_topic(world, world.influencer, title="How do I begin?"), world.coach)
    forum_jobs.sweep()
    Notification.objects.filter(person=world.influencer).update(due_at=timezone.now(), mail="now")
    news_jobs.mail_due()
    mails = OutgoingMail.objects.filter(person=world.influencer, reason="news.now")
    dated = [mail for mail in mails if mail.calendar]
    assert len(dated) == 2
    assert {title for mail in dated for title in ("Meet-up", "Barcamp") if title in mail.calendar} == {
        "Meet-up", "Barcamp"
    }  # fmt: skip
    assert all(mail.calendar.count("BEGIN:VEVENT") == 1 for mail in dated)
    assert mails.filter(calendar="").count() == 1


def test_search_timeline_and_onboarding_lead_to_the_page_of_the_event(world: Any, sign_in: Any) -> None:
    kick_off = make_event(world.program, kind="team_kickoff", state="draft", title_en="All hands", title_de="Alle da")
    page = f"/p/nordlichter/events/{kick_off.pk}/"
    timeline, search = "/p/nordlichter/timeline/", "/p/nordlichter/search/?q=All+hands"
    for address in (timeline, search):
        assert page not in sign_in(world.influencer).get(address).content.decode()  # a draft
        assert page in sign_in(world.manager).get(address).content.decode()
    step = world.generation.steps.get(deed=DEED_KICK_OFF)
    Step.objects.filter(pk=step.pk).update(milestone=None)
    services.announce_event(kick_off, by=world.manager)
    for address in (timeline, search, "/p/nordlichter/path/"):
        assert page in sign_in(world.influencer).get(address).content.decode()
    step.refresh_from_db()
    assert step.milestone_id == kick_off.milestone_id
    services.announce_event(make_event(world.program, kind="team_kickoff", state="draft"), by=world.manager)
    step.refresh_from_db()
    assert step.milestone_id == kick_off.milestone_id  # what has a date keeps it
