"""What happens with an incident. Nothing of it is in the journal: that somebody needed help is nobody's business."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from core.schedule.each import each
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.membership.unnamed import names_in, without_names
from programs.support import news
from programs.support.models_incidents import LONGEST_LESSON, EntryKind, Incident, IncidentEntry, IncidentPerson, Lesson

if TYPE_CHECKING:
    from core.people.models import User

ASKED_AGAIN = 2  # times after it is closed: on the next day, and a week later
UNTIL_ASKED_AGAIN = timedelta(days=7)
WORDS_KEPT = timedelta(days=90)  # after the last word


@transaction.atomic
def ask_for_help(program: Program, *, text: str, helpers: Iterable["User"], by: "User") -> Incident:
    """The helpers are in it from the start, and are told at once."""
    incident = Incident.objects.create(program=program, reporter=by)
    people = {by.pk: by} | {person.pk: person for person in helpers}
    IncidentPerson.objects.bulk_create(IncidentPerson(incident=incident, person=each) for each in people.values())
    entry = _note(incident, EntryKind.ASKED, by, text)
    news.tell_asked(incident, entry, [person for pk, person in people.items() if pk != by.pk])
    return incident


@transaction.atomic
def say(incident: Incident, *, text: str, by: "User") -> IncidentEntry:
    entry = _note(incident, EntryKind.SAID, by, text)
    news.tell_said(incident, entry, _others(incident, by))
    return entry


@transaction.atomic
def bring_in(incident: Incident, person: "User") -> None:
    """Whoever comes reads all that was said. Twice is once."""
    _row, is_new = IncidentPerson.objects.get_or_create(incident=incident, person=person)
    if is_new:
        entry = _note(incident, EntryKind.JOINED, person)
        news.tell_asked(incident, entry, [person])


@transaction.atomic
def take_out(incident: Incident, person: "User") -> None:
    """Whoever is out reads nothing of it any more; the one who asked stays."""
    rows = IncidentPerson.objects.filter(incident=incident, person=person).exclude(person=incident.reporter_id)
    if rows.delete()[0]:
        _note(incident, EntryKind.LEFT, person)


@transaction.atomic
def close(incident: Incident, *, learnt: str, by: "User") -> int:
    """What was learnt goes to the team's list without names, also from the second of two who close it at once; who
    asked for help is asked how they are, twice. Returns how many names were left out."""
    row = Incident.objects.select_for_update().get(pk=incident.pk)
    names = _learn(incident.program, learnt) if learnt else 0
    if row.closed_at is not None:
        return names
    today = today_in(incident.program)
    row.closed_at, row.ask_on, row.asks_left = timezone.now(), today + timedelta(days=1), ASKED_AGAIN
    row.save(update_fields=["closed_at", "ask_on", "asks_left"])
    entry = _note(incident, EntryKind.CLOSED, by)
    news.tell_said(incident, entry, _others(incident, by))
    return names


def _learn(program: Program, learnt: str) -> int:
    """Once, however often it is sent."""
    text, names = without_names(learnt, names_in(program), longest=LONGEST_LESSON)
    Lesson.objects.get_or_create(program=program, text=text, month=today_in(program).replace(day=1))
    return names


@transaction.atomic
def reopen(incident: Incident, *, by: "User") -> None:
    again = {"closed_at": None, "ask_on": None, "asks_left": 0}
    if Incident.objects.filter(pk=incident.pk).exclude(closed_at=None).update(**again):
        _note(incident, EntryKind.REOPENED, by)


def ask_how_they_are() -> None:
    """By the clock: each day it is asked once, whoever runs it; one that fails keeps nobody else waiting."""
    due = Incident.objects.filter(ask_on__lte=timezone.localdate()).select_related("program", "reporter")
    each("support.ask_how_they_are", due.order_by("ask_on", "pk"), _ask, key=lambda incident: incident.pk)


def _ask(incident: Incident) -> None:
    left = incident.asks_left - 1
    following = {"ask_on": timezone.localdate() + UNTIL_ASKED_AGAIN if left > 0 else None, "asks_left": max(0, left)}
    if Incident.objects.filter(pk=incident.pk, ask_on=incident.ask_on).update(**following):
        news.tell_afterwards(incident, left)


@transaction.atomic
def retention() -> int:
    """Nothing is left three months after the last word."""
    lately = IncidentEntry.objects.filter(at__gte=timezone.now() - WORDS_KEPT).values("incident")
    return Incident.objects.filter(opened_at__lt=timezone.now() - WORDS_KEPT).exclude(pk__in=lately).delete()[0]


def _note(incident: Incident, kind: EntryKind, by: "User", text: str = "") -> IncidentEntry:
    return IncidentEntry.objects.create(incident=incident, kind=kind, by=by, text=text)


def _others(incident: Incident, person: "User") -> list["User"]:
    rows = incident.people.exclude(person=person).select_related("person")
    return [row.person for row in rows]
