"""What is selected of guidelines for pages, tiles and searches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from core.disclosure.gate import People
from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from core.kit.rooms import Hit
from programs.generations.models import Participant
from programs.guidelines import access, may_i
from programs.guidelines.documents import parts_of
from programs.guidelines.models import Guideline, GuidelineAcceptance, GuidelineVersion
from programs.membership.models import Program
from programs.membership.queries import long_in
from programs.membership.standing import HeadCount, beginning_of, last_monday, steadily

if TYPE_CHECKING:
    from core.people.models import User


def latest(program: Program) -> GuidelineVersion | None:
    return versions(program).first()


def versions(program: Program | Blank) -> QuerySet[GuidelineVersion]:
    return GuidelineVersion.objects.filter(program=program).order_by("-number")


def working_copy(program: Program) -> Guideline | None:
    return Guideline.objects.filter(program=program).select_related("owner__user", "approver__user").first()


def accepted_by(user: "User", program: Program) -> GuidelineAcceptance | None:
    """The newest version that this person agreed to."""
    own = GuidelineAcceptance.objects.filter(version__program=program, user=user)
    return own.select_related("version").order_by("-version__number").first()


def deeds(program: Any, person: Any) -> QuerySet[GuidelineAcceptance]:
    """What finishes the step of the onboarding."""
    return GuidelineAcceptance.objects.filter(version__program=program, user=person)


def agreed(version: GuidelineVersion, program: Program) -> People:
    """How many of those who take part had agreed to this version by a Monday, as far as the gate lets it out. It
    stays until it has moved by many, also when somebody leaves or is forgotten."""
    monday = last_monday(program)
    counts = steadily(program, f"guideline:{version.pk}", monday, lambda: {"agreed": _agreed(version, program, monday)})
    return counts["agreed"]


def _agreed(version: GuidelineVersion, program: Program, monday: date) -> HeadCount:
    before = beginning_of(program, monday)
    people = set(Participant.objects.active().filter(program=program).values_list("user", flat=True))
    people &= long_in(program, before)
    count = GuidelineAcceptance.objects.filter(version=version, user__in=people, at__lt=before).count()
    return HeadCount(count, len(people))


def find(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    """Cases and sections of the published guideline, for the search of the whole site."""
    version = latest(program)
    if version is None:
        return
    page = reverse("programs:guidelines", args=[program.slug])
    for hit in may_i.search(parts_of(version.content), words)[:most]:
        yield Hit(hit.title, f"{page}#s-{hit.part.number}", hit.case.label if hit.case else hit.part.title)


@dataclass(frozen=True)
class GuidelineTile:
    recheck_on: date | None = None  # for who leads the program: it is overdue
    number: int = 0  # for who takes part: a version that waits to be read


def tile(user: "User", program: Program, today: date) -> GuidelineTile | None:
    """What the start page says of it; kept in the cache, so that the page asks nothing for it."""
    if access.can_write(user, program):
        due = page_cache.taken(f"program:{program.pk}", "guideline_due", lambda: _due(program))
        return GuidelineTile(recheck_on=due) if due and due < today else None
    number = page_cache.taken(f"program:{program.pk}", "guideline_latest", lambda: _number(program))
    if not number or not access.can_accept(user, program):
        return None
    own = page_cache.taken(subject(user.pk), f"accepted:{program.pk}", lambda: _accepted(user, program))
    return GuidelineTile(number=number) if own < number else None


def subject(user_id: int) -> str:
    return f"guidelines:{user_id}"


def _due(program: Program) -> date | None:
    return next(iter(_RECHECK.rows(program=program.pk)), None)


_RECHECK = Compiled(lambda: Guideline.objects.filter(program=Blank("program")).values_list("recheck_on", flat=True))


def _number(program: Program) -> int:
    return next(iter(_NEWEST.rows(program=program.pk)), 0)


_NEWEST = Compiled(lambda: versions(Blank("program")).values_list("number", flat=True)[:1])


def _accepted(user: "User", program: Program) -> int:
    return next(iter(_ACCEPTED.rows(program=program.pk, person=user.pk)), 0)


def _newest_agreed() -> QuerySet[GuidelineAcceptance, int]:
    rows = deeds(Blank("program"), Blank("person")).order_by("-version__number")
    return rows.values_list("version__number", flat=True)[:1]


_ACCEPTED = Compiled(_newest_agreed)
