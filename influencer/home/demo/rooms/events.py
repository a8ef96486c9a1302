"""The demo's events: the two coming dates of the timeline, one open to everybody, one whose places are all taken,
a workshop and the kick-off that were, with who was there."""

from datetime import time, timedelta
from uuid import uuid4

from django.utils import timezone

from community.events.kinds import kinds
from community.events.models import DEED_KICK_OFF, Answer, Choice, Event, EventKind, EventState
from community.events.models_after import Attendance
from community.events.models_guests import Guest
from community.events.rhythm import Rhythm, days_of
from core.people.models import User
from influencer.home.demo.rooms import Demo
from influencer.home.demo.rooms.forum import people_by_name
from programs.generations.models import Step
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.queries import guests_of, people_with
from programs.phases.models import Milestone

PLACES = 8
WERE = 12
CALL = "https://meet.jit.si/community-demo"

HELPED = (
    "Das Gegenlesen zu dritt.",
    "Echte Beispiele aus dem Haus.",
    "Zeit zum Schreiben.",
    "Dass nichts perfekt sein musste.",
    "Die Checkliste fürs Profil.",
    "Fragen stellen zu dürfen.",
)
OUTCOME = {
    "people": [10, 14],
    "means": {"worth": "4.5", "pace": "3.5", "next_step": "4.0"},
    "texts": {"helped": HELPED, "differently": []},
}


def load(demo: Demo) -> None:
    dates = Milestone.objects.filter(program=demo.program, kind=Milestone.Kind.EVENT, on__gte=demo.today)
    coming = list(dates.order_by("on", "pk")[:2])
    Milestone.objects.filter(pk__in=[each.pk for each in coming], at=time(14)).update(until_at=time(16, 30))
    people = people_by_name(demo.program, demo.company)
    takes_part = people_with(Ability.JOIN_EVENTS, demo.program).filter(role=Role.INFLUENCER).order_by("pk")
    others = [row.user for row in takes_part if row.user not in (people["influencer"], people["influencer2"])]
    for milestone, kind, places in zip(coming, (EventKind.MEETUP, EventKind.WORKSHOP), (None, PLACES), strict=False):
        event = _event(milestone, kind, places)
        if places is None:
            _speaker(event)
            _say(event, others[:5], Choice.YES)
            _say(event, others[5:7], Choice.MAYBE)
        else:
            _say(event, [people["influencer"], *others[: PLACES - 1]], Choice.YES)
            _say(event, [people["influencer2"], *others[PLACES : PLACES + 1]], Choice.WAITING)

    kick_off = Milestone.objects.create(
        program=demo.program,
        kind=Milestone.Kind.EVENT,
        title={"de": "Kick-off der neuen Generation", "en": "Kick-off of the new generation"},
        on=demo.today - timedelta(days=4),
        at=time(10),
        until_at=time(12),
        place="Bremen",
    )
    _later(demo, people["influencer"])
    _series(demo, people["influencer"])
    _long_ago(demo, [people["influencer"], people["influencer2"], *others[:WERE]])
    Step.objects.filter(generation__program=demo.program, deed=DEED_KICK_OFF).update(milestone=kick_off)
    _was(_event(kick_off, EventKind.PROGRAM_KICKOFF, None), [people["influencer2"], *others[:WERE]])


def _speaker(event: Event) -> None:
    """A guest from outside who comes, and one who has not answered yet."""
    now = timezone.now()
    names = (("Dr. Miriam Feld", "feld@example.org", Choice.YES), ("Jonas Weber", "weber@example.org", ""))
    note = {
        "de": "Bitte fünf Minuten früher zum Tontest kommen.",
        "en": "Please come five minutes early to test the sound.",
    }
    Event.objects.filter(pk=event.pk).update(guest_note=note)
    for name, email, choice in names:
        since = now if choice else None
        Guest.objects.create(event=event, name=name, email=email, choice=choice, since=since, invited_at=now)
    for row in guests_of(event.milestone.program):  # the agency that signs in
        Guest.objects.create(
            event=event, name=row.user.name, email=row.user.email, choice=Choice.YES, since=now, invited_at=now
        )


def _later(demo: Demo, person: User) -> None:
    """Further ahead: a barcamp of two days, and a meeting that was cancelled."""
    camp, meeting = (
        Milestone.objects.create(
            program=demo.program, kind=Milestone.Kind.EVENT, on=demo.today + timedelta(days=ahead), **fields
        )
        for ahead, fields in (
            (33, {"title": {"de": "Barcamp „Unter uns“", "en": "Barcamp “Among us”"}, "place": "Bremen"}),
            (
                35,
                {
                    "title": {"de": "Mittagsrunde Texte", "en": "Writing over lunch"},
                    "at": time(12),
                    "until_at": time(13),
                },
            ),
        )
    )
    Milestone.objects.filter(pk=camp.pk).update(until_on=camp.on + timedelta(days=1))
    _say(_event(camp, EventKind.BARCAMP, None), [person], Choice.MAYBE)
    lunch = _event(meeting, EventKind.MEETUP, None)
    Event.objects.filter(pk=lunch.pk).update(state=EventState.CANCELLED)


def _series(demo: Demo, person: User) -> None:
    """A workshop on four dates; the second has a place of its own, and one date is answered."""
    key, planned = uuid4(), []
    for number, day in enumerate(days_of(demo.today + timedelta(days=10), Rhythm.FORTNIGHTLY, times=4)):
        milestone = Milestone.objects.create(
            program=demo.program,
            kind=Milestone.Kind.EVENT,
            title={"de": "Schreibwerkstatt", "en": "Writing workshop"},
            on=day,
            at=time(9),
            until_at=time(12),
            place="Hamburg" if number == 1 else "Bremen",
        )
        planned.append(_event(milestone, EventKind.WORKSHOP, 12))
    Event.objects.filter(pk__in=[each.pk for each in planned]).update(series=key)
    _say(planned[0], [person], Choice.YES)


def _long_ago(demo: Demo, people: list[User]) -> None:
    """A workshop whose feedback is closed."""
    workshop = Milestone.objects.create(
        program=demo.program,
        kind=Milestone.Kind.EVENT,
        title={"de": "Workshop 1: mein Profil", "en": "Workshop 1: my profile"},
        on=demo.today - timedelta(days=16),
        at=time(9),
        until_at=time(12),
        place="Rostock",
    )
    event = _event(workshop, EventKind.WORKSHOP, None)
    _was(event, people)
    Event.objects.filter(pk=event.pk).update(
        has_asked=True,
        outcome=OUTCOME,
        recording="https://video.example.com/workshop-1",
        follow_up={
            "de": "Danke an alle! Die Folien liegen beim Video.",
            "en": "Thanks to everybody! The slides are beside the video.",
        },
        followed_up_at=timezone.now() - timedelta(days=15),
    )


def _was(event: Event, people: list[User]) -> None:
    _say(event, people, Choice.YES)
    Event.objects.filter(pk=event.pk).update(heads=len(people) + 2)
    Attendance.objects.bulk_create(
        Attendance(event=event, person=person, with_code=number % 2 == 0, is_named=number % 5 == 0)
        for number, person in enumerate(people)
    )


def _event(milestone: Milestone, kind: EventKind, places: int | None) -> Event:
    brought = kinds()[kind]
    return Event.objects.create(
        milestone=milestone,
        kind=kind,
        state=EventState.ANNOUNCED,
        told_revision=milestone.revision,
        description=brought.description,
        invitation=brought.invitation,
        tasks=brought.tasks,
        after_tasks=brought.after_tasks,
        running_order=brought.running_order,
        reminder=brought.reminder,
        video=CALL if kind == EventKind.MEETUP else "",
        capacity=places,
        for_alumni=kind == EventKind.MEETUP,
    )


def _say(event: Event, people: list[User], choice: Choice) -> None:
    now = timezone.now()
    Answer.objects.bulk_create(
        Answer(event=event, person=person, choice=choice, since=now - timedelta(hours=20 - number), is_shown=number < 4)
        for number, person in enumerate(people)
    )
