"""Who accompanies whom as mentor, once both agreed: for rooms in which a mentor may do something for these people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program
from programs.mentors.models import Pairing, PairKind

if TYPE_CHECKING:
    from core.people.models import User


def agreed() -> QuerySet[Pairing]:
    return Pairing.objects.filter(kind=PairKind.MENTOR, agreed_at__isnull=False, ended_at=None)


def accompanies(mentor: "User", program: Program) -> bool:
    return bool(_ACCOMPANIES.rows(program=program.pk, mentor=mentor.pk))


_ACCOMPANIES = Compiled(
    lambda: agreed().filter(program=Blank("program"), partner=Blank("mentor")).values_list("pk", flat=True)[:1]
)


def accompanies_anywhere(mentor: "User") -> bool:
    return agreed().filter(partner=mentor).exists()


def mentors(program: Program) -> QuerySet[Pairing, int]:
    """All of them, by the number of the person."""
    return agreed().filter(program=program).values_list("partner", flat=True)


def mentors_of(person: "User", program: Program) -> QuerySet[Pairing, int]:
    return mentors(program).filter(asker=person)


def accompanied_by(mentor_id: int, program_id: int) -> Iterable[int]:
    return agreed().filter(program=program_id, partner=mentor_id).values_list("asker", flat=True)
