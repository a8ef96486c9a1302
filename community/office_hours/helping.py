"""Help with the beginning: who agreed to it is named to those who offer hours, with the next step and nothing else.

What is done is what was ticked off or noted of deeds once a day, so that nobody reads a minute from it. Sorted by name:
where somebody stands is no mark."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from community.office_hours.models_help import HelpWanted
from core.kit.compiled import Blank, Compiled
from core.kit.words import Words
from programs.consents.models import today_in
from programs.generations.models import Participant, Step, StepDone
from programs.generations.possible import not_now
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_HELPED = 30


@dataclass(frozen=True)
class Helped:
    person: "User"
    wish: str
    step: Words | None  # what is next; nothing: all of it is done


@transaction.atomic
def want_help(program: Program, *, wish: str, by: "User") -> None:
    HelpWanted.objects.update_or_create(program=program, person=by, defaults={"wish": wish})


@transaction.atomic
def want_no_help(program: Program, *, by: "User") -> None:
    """From this moment nobody else sees the step."""
    HelpWanted.objects.filter(program=program, person=by).delete()


def wanted_by(user: "User", program: Program) -> HelpWanted | None:
    return HelpWanted.objects.filter(program=program, person=user).first()


def helped_in(program: Program, *, but: "User") -> list[Helped]:
    """Who agreed and takes part now, by name. One query."""
    rows = HELPED.rows(program=program.pk, but=but.pk, today=today_in(program))
    return [Helped(row.person, row.wish, Words(row.step) if row.step else None) for row in rows]


def _helped() -> QuerySet[Any]:
    on_the_way = Participant.objects.active().filter(program=Blank("program"), user=OuterRef("person"))
    done = StepDone.objects.filter(step=OuterRef("pk"), participant=OuterRef(OuterRef("participant")))
    ahead = Step.objects.on_the_way().filter(generation__participants=OuterRef("participant")).exclude(Exists(done))
    ahead = ahead.exclude(not_now(Blank("today")))  # as on the person's own page
    rows = (
        HelpWanted.objects.filter(program=Blank("program"))
        .exclude(person=Blank("but"))
        .annotate(participant=Subquery(on_the_way.values("pk")[:1]))
        .filter(participant__isnull=False)
        .annotate(step=Subquery(ahead.order_by("position").values("title")[:1]))
        .select_related("person")
        .order_by("person__name", "pk")
    )
    return rows[:MOST_HELPED]


HELPED = Compiled(_helped)
