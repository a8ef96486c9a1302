"""Who may offer hours, and to whom: the team to everybody, a mentor in small, to those who agreed to be accompanied.
Nobody else sees a mentor's hours: who accompanies whom is between the two."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.membership.queries import holders_of, people_with
from programs.mentors import accompanying

if TYPE_CHECKING:
    from core.people.models import User


def may_offer(user: "User", program: Program) -> bool:
    if can(user, Ability.OFFER_HOURS, program):
        return True
    return can(user, Ability.BOOK_HOURS, program) and accompanying.accompanies(user, program)


def to_everybody(program: Program) -> Q:
    return Q(person__in=people_with(Ability.OFFER_HOURS, program).values("user"))


def to_anybody(program: Program) -> Q:
    """The team's hours and those of mentors, whoever can book them."""
    taking_part = people_with(Ability.BOOK_HOURS, program).values("user")
    return to_everybody(program) | Q(person__in=accompanying.mentors(program)) & Q(person__in=taking_part)


def to_reader(reader: "User", program: Program) -> Q:
    """Of mentors only one's own."""
    taking_part = people_with(Ability.BOOK_HOURS, program).values("user")
    return to_everybody(program) | Q(person__in=accompanying.mentors_of(reader, program)) & Q(person__in=taking_part)


def offers_now() -> Q:
    """Of hosts of all programs: who has the role, or is a mentor who takes part."""

    def holds(ability: Ability) -> Exists:
        return Exists(holders_of(ability).filter(program=OuterRef("program"), user=OuterRef("person")))

    accompanies = accompanying.agreed().filter(program=OuterRef("program"), partner=OuterRef("person"))
    return Q(holds(Ability.OFFER_HOURS)) | Q(holds(Ability.BOOK_HOURS)) & Q(Exists(accompanies))
