"""What is selected of journeys: who is due for a letter."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from community.journeys.models import Journey, JourneyLetter, JourneySending, Start
from programs.consents.models import Action, ConsentEvent, Purpose
from programs.generations.deeds import seen
from programs.generations.models import Participant, Span
from programs.membership.models import Program

TOO_LATE = timedelta(days=7)  # what could not go for so long is left out, rather than a heap of it sent at once
WEEK, MOST_IN_A_WEEK = timedelta(days=7), 2


def journeys_of(program: Program) -> QuerySet[Journey]:
    size = Count("letters", filter=Q(letters__deleted_at=None))
    return Journey.objects.present().filter(program=program).annotate(size=size).order_by("pk")


def letters_of(journey: Journey) -> list[JourneyLetter]:
    return list(JourneyLetter.objects.present().filter(journey=journey))


def on_the_way(program: Program) -> QuerySet[Participant]:
    """Who may be written to at this moment: they take part, are on no break, and subscribed to the newsletter."""
    lines = ConsentEvent.objects.filter(program=program, purpose=Purpose.NEWSLETTER, user=OuterRef("user_id"))
    newest = lines.order_by("-number").values("action")[:1]
    rows = Participant.objects.active().filter(program=program, user__is_active=True, user__erase_at=None)
    return rows.annotate(newsletter=Subquery(newest)).filter(newsletter=Action.GRANTED)


def due_for(letter: JourneyLetter, today: date) -> QuerySet[Participant]:
    """Whose day it is, the longest waiting first; `did_...` says who has done what the letter would ask for. One letter
    a day and two in a week, whatever journeys somebody is on."""
    journey = letter.journey
    got = JourneySending.objects.filter(letter__journey__program=journey.program_id, person=OuterRef("user_id"))
    lately = got.filter(is_left_out=False, on__gt=today - WEEK).order_by().values("person").annotate(n=Count("pk"))
    begun = today - timedelta(days=letter.days)
    rows = _with_start(on_the_way(journey.program), journey.start)
    rows = rows.filter(began__lte=begun, began__gte=max(journey.on_since or today, begun - TOO_LATE))
    rows = rows.exclude(Exists(got.filter(key=letter.key))).exclude(Exists(got.filter(is_left_out=False, on=today)))
    rows = rows.annotate(lately=Coalesce(Subquery(lately.values("n")), 0)).filter(lately__lt=MOST_IN_A_WEEK)
    due: QuerySet[Participant] = rows.annotate(**seen([letter.unless])).select_related("user").order_by("began", "pk")
    return due


def _with_start(rows: QuerySet[Participant], start: str) -> Any:  # what is added to the rows, mypy cannot know
    if start == Start.BEGUN:
        return rows.annotate(began=Greatest("generation__start_on", "joined_on"))
    if start == Start.RETURNED:
        spans = Span.objects.filter(participant=OuterRef("pk"), start_on__gt=OuterRef("joined_on"))
        goes_on = Span.objects.filter(participant=OuterRef("participant"), end_on=OuterRef("start_on"))
        back = spans.exclude(Exists(goes_on)).order_by("-start_on")
        return rows.annotate(began=Subquery(back.values("start_on")[:1]))
    return rows.annotate(began=F("joined_on"))


def is_due(sending: JourneySending) -> bool:
    """Whether its mail may still go out: withdrawn, paused, left or turned off meanwhile, it stays here."""
    letter = sending.letter
    if letter.deleted_at or letter.journey.deleted_at or not letter.journey.is_on:
        return False
    return on_the_way(letter.journey.program).filter(user=sending.person_id).exists()
