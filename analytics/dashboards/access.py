"""What a page of figures may read: published cells for everybody with the ability, own readings for oneself."""

from typing import TYPE_CHECKING

from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def get_dashboard(user: "User", slug: str) -> Program:
    """Everybody with a role in the program sees groups, nobody sees persons."""
    return membership.get_program(user, slug, Ability.SEE_AGGREGATES)


def get_own(user: "User", slug: str) -> Program:
    """The own figures: whose they are is who asks; no address names a person."""
    return membership.get_program(user, slug, Ability.TAKE_PART)
