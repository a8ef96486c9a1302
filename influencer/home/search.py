"""The search over a program: actions and pages a person may reach, and what the rooms find; typing errors forgiven."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.kit import rooms
from core.kit.rooms import Act, Hit, Search
from core.people.models import User
from influencer.home.forgiving import NOT_AT_ALL, RESEMBLES, misfit
from programs.membership import access as membership
from programs.membership.models import Program

MOST_PER_GROUP = 6
MOST_ALIKE = 400  # rows of a room that are compared with a mistyped word
PIECE = 2  # letters of a mistyped word that are taken to be right


@dataclass
class Group:
    """Hits of one kind."""

    label: str
    acts: list[Act] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


def search(user: User, program: Program, words: str) -> list[Group]:
    """At most a few hits per kind; without words the pages a person may go to. What fits best comes first."""
    groups = {"": Group(_("Actions") if words else _("Go to"), _acts(user, program, words))}
    if words:
        searches = sorted((search for room in rooms.every() for search in room.searches), key=lambda each: each.order)
        for each in searches:
            group = groups.setdefault(str(each.label), Group(str(each.label)))
            room_left = MOST_PER_GROUP - len(group.hits)
            group.hits += list(each.find(user, program, words, room_left)) if room_left else []
        if not any(group.hits for group in groups.values()):
            _find_alike(user, program, words, searches, groups)
    return [group for group in groups.values() if group.acts or group.hits]


def _find_alike(user: User, program: Program, words: str, searches: list[Search], groups: dict[str, Group]) -> None:
    """Nothing is written like this: what begins or ends alike is compared."""
    longest = max(words.split(), key=len, default="")
    for each in searches:
        found = {
            hit.url + hit.title: hit
            for piece in {longest[:PIECE], longest[-PIECE:]}
            for hit in (each.find(user, program, piece, MOST_ALIKE) if len(longest) > PIECE else ())
        }
        alike = [hit for hit in found.values() if misfit(words, hit.title) < NOT_AT_ALL]
        groups[str(each.label)].hits += alike[:MOST_PER_GROUP]


def _acts(user: User, program: Program, words: str) -> list[Act]:
    offered = sorted(_offered(user, program), key=lambda act: act.order)
    if not words:
        return [act for act in offered if not act.only_when_asked]
    ranked = [(min(misfit(words, *_names(act)), misfit(words, *_synonyms(act)) + 1), act) for act in offered]
    fitting = [pair for pair in ranked if pair[0] < RESEMBLES] or [pair for pair in ranked if pair[0] < NOT_AT_ALL]
    return [act for _rank, act in sorted(fitting, key=lambda pair: pair[0])[:MOST_PER_GROUP]]


def _offered(user: User, program: Program) -> Iterator[Act]:
    may = membership.abilities_in(user, program)
    for room in rooms.every():
        for action in room.actions:
            if action.ability in may:
                url = reverse(action.address, args=[program.slug])
                yield Act(action.label, url, action.order, action.synonyms, action.icon)
        for offer in room.acts:
            yield from offer(user, program)


def _names(act: Act) -> Iterable[str]:
    return _in_every_language(act.label)


def _synonyms(act: Act) -> Iterable[str]:
    return _in_every_language(act.synonyms)


def _in_every_language(words: rooms.Label) -> Iterator[str]:
    """Whoever reads German may still type the English word."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield str(words)
