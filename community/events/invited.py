"""Who is invited to an event: everybody in the program, or certain generations with those who help them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.events.models import Event
from programs.generations.models import Participant
from programs.membership.access import Ability, can, roles_in
from programs.membership.models import Membership, Program, Role
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


def invited_to(events: Iterable[Event | int], person: "User", program: Program) -> set[int]:
    """Of these events of a program, the ones this person is invited to: in two questions, however many they are."""
    keys = [event.pk if isinstance(event, Event) else event for event in events]
    if not keys or not can(person, Ability.JOIN_EVENTS, program):
        return set()
    if roles_in(person, program) & set(HELPERS):
        return set(keys)
    takes_part = Participant.objects.present().filter(user=person, program=program)
    own = set(takes_part.values_list("generation", flat=True))
    chosen: dict[int, set[int]] = {key: set() for key in keys}
    rows = Event.generations.through._default_manager.filter(event__in=keys)
    for key, generation in rows.values_list("event", "generation"):
        chosen[key].add(generation)
    return {key for key, generations in chosen.items() if not generations or generations & own}
