"""Who is invited to an event: everybody in the program, or certain generations with those who help them."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.events.models import Event
from programs.generations.models import Participant
from programs.membership.access import Ability
from programs.membership.models import Membership, Role
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

HELPERS = (Role.MANAGER, Role.COACH)


def seats_of(event: Event) -> QuerySet[Membership]:
    """The memberships through which people are invited; somebody with two roles has two."""
    rows = people_with(Ability.JOIN_EVENTS, event.milestone.program)
    chosen = [generation.pk for generation in event.generations.all()]
    if not chosen:
        return rows
    takes_part = Participant.objects.present().filter(generation__in=chosen, user=OuterRef("user"))
    return rows.filter(Q(role__in=HELPERS) | Q(Exists(takes_part)))


def invited(event: Event) -> "QuerySet[User]":
    people: QuerySet[User] = get_user_model().objects.filter(pk__in=seats_of(event).values("user"))
    return people


def is_invited(event: Event, person: "User") -> bool:
    return seats_of(event).filter(user=person).exists()
