"""Who is invited to an event: everybody in the program, or certain roles, generations, languages and topics, with those
who help them. Whoever answered stays invited when language or topic change: they are their own to change."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from community.events.models import Answer, Event
from core.kit.compiled import Blank, Compiled, OneOf
from programs.directory.models import Offer, Part
from programs.directory.present import listed
from programs.generations.models import Participant
from programs.membership.access import ABILITIES_OF, Ability, can, roles_in
from programs.membership.models import Membership, Program, Role
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

HELPERS = (Role.MANAGER, Role.COACH)


def seats_of(event: Event, *, in_any_language: bool = False) -> QuerySet[Membership]:
    """The memberships through which people are invited; somebody with two roles has two. `in_any_language`: as if the
    event asked for no language, for numbers that must not tell who reads which."""
    rows = people_with(Ability.JOIN_EVENTS, event.milestone.program)
    if event.roles:
        rows = rows.filter(role__in=[*event.roles, Role.MANAGER])
    among, of_user = Q(), OuterRef("user")
    if chosen := [generation.pk for generation in event.generations.all()]:
        took_part = Participant.objects.present().filter(user=of_user)
        moved_later = {
            "moves__former__in": chosen,
            "moves__done_at__isnull": False,
            "moves__on__gt": event.milestone.on,
        }
        among &= Q(Exists(took_part.filter(generation__in=chosen))) | Q(Exists(took_part.filter(**moved_later)))
    soft = Q()
    if event.languages and not in_any_language:
        soft &= Q(user__language__in=event.languages)
    if event.topics:
        shows = listed(event.milestone.program).filter(user=of_user, shown__contains=[Part.TOPICS])
        offers = {"offers__kind": Offer.Kind.TOPIC, "offers__folded__in": event.topics}
        soft &= Q(Exists(shows.filter(**offers)))
    if soft:
        among &= soft | Q(Exists(Answer.objects.filter(event=event.pk, person=of_user)))
    return rows.filter(Q(role__in=_always(event.roles)) | among) if among else rows


def _always(roles: Iterable[str]) -> set[str]:
    """Whom generation, language and topic leave alone: who helps, and roles that were chosen besides influencers."""
    return {Role.MANAGER, *roles} - {Role.INFLUENCER} if roles else set(HELPERS)


def invited(event: Event, *, in_any_language: bool = False) -> "QuerySet[User]":
    seats = seats_of(event, in_any_language=in_any_language)
    people: QuerySet[User] = get_user_model().objects.filter(pk__in=seats.values("user"))
    return people


def is_invited(event: Event, person: "User") -> bool:
    if Role.MANAGER in roles_in(person, event.milestone.program):  # always, and known without asking
        return True
    return seats_of(event).filter(user=person).exists()


def invited_to(events: Iterable[Event | int], person: "User", program: Program) -> set[int]:
    """Of these events of a program, the ones this person is invited to: in two questions, however many they are."""
    keys = [event.pk if isinstance(event, Event) else event for event in events]
    if not keys or not can(person, Ability.JOIN_EVENTS, program):
        return set()
    mine = {role for role in roles_in(person, program) if Ability.JOIN_EVENTS in ABILITIES_OF[Role(role)]}
    if Role.MANAGER in mine:
        return set(keys)
    own = GENERATIONS.rows(person=person.pk, program=program.pk)
    asked: dict[int, tuple[list[str], list[str], list[str], set[int | None]]] = {}
    took_part = set()
    for key, roles, languages, topics, generation, on in NARROWED.rows(events=keys):
        asked.setdefault(key, (roles, languages, topics, set()))[3].add(generation)
        if any(generation == now or (moved and moved > on and generation == former) for now, former, moved in own):
            took_part.add(key)
    has_soft = any(languages or topics for _roles, languages, topics, _generations in asked.values())
    stay = set(Answer.objects.filter(event__in=keys, person=person).values_list("event", flat=True)) if has_soft else ()
    shown = _shown_by(person, program) if any(topics for _roles, _languages, topics, _of in asked.values()) else set()
    found = set()
    for key, (roles, languages, topics, generations) in asked.items():
        invited_roles = mine & set(roles) if roles else mine
        is_of = generations == {None} or key in took_part
        speaks = not languages or person.language in languages
        fits = key in stay or (speaks and (not topics or bool(shown & set(topics))))
        if invited_roles & _always(roles) or (invited_roles and is_of and fits):
            found.add(key)
    return found


def _generations() -> QuerySet[Participant, tuple[Any, ...]]:
    """The generation a person is in, and where they were until which day."""
    of = Participant.objects.present().filter(user=Blank("person"), program=Blank("program"))
    moved = FilteredRelation("moves", condition=Q(moves__done_at__isnull=False))
    return of.annotate(moved=moved).values_list("generation", "moved__former", "moved__on")


def _narrowed() -> QuerySet[Event, tuple[Any, ...]]:
    rows = Event.objects.filter(OneOf("pk", "events")).order_by()
    return rows.values_list("pk", "roles", "languages", "topics", "generations", "milestone__on")


GENERATIONS, NARROWED = Compiled(_generations), Compiled(_narrowed)


def _shown_by(person: "User", program: Program) -> set[str]:
    """Topics that this person shows in the directory."""
    profiles = listed(program).filter(user=person, shown__contains=[Part.TOPICS])
    rows = Offer.objects.filter(profile__in=profiles, kind=Offer.Kind.TOPIC)
    return set(rows.values_list("folded", flat=True))
