"""The search over a program: pages and actions that a person may reach, and what the rooms find."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from core.kit import rooms
from core.kit.rooms import Hit
from core.people.models import User
from programs.membership import access as membership
from programs.membership.models import Program

MOST_PER_GROUP = 6


@dataclass
class Group:
    """Hits of one kind."""

    label: str
    hits: list[Hit] = field(default_factory=list)


def search(user: User, program: Program, words: str) -> list[Group]:
    """At most a few hits per kind; without words the pages a person may go to."""
    groups = {"": Group(_("Go to"), _actions(user, program, words))}
    if words:
        searches = sorted((search for room in rooms.every() for search in room.searches), key=lambda each: each.order)
        for each in searches:
            group = groups.setdefault(str(each.label), Group(str(each.label)))
            room_left = MOST_PER_GROUP - len(group.hits)
            group.hits += list(each.find(user, program, words, room_left)) if room_left else []
    return [group for group in groups.values() if group.hits]


def _actions(user: User, program: Program, words: str) -> list[Hit]:
    may = membership.abilities_in(user, program)
    actions = sorted((action for room in rooms.every() for action in room.actions), key=lambda action: action.order)
    wanted = words.casefold()
    hits = [
        Hit(str(action.label), reverse(action.address, args=[program.slug]))
        for action in actions
        if action.ability in may and wanted in f"{action.label} {action.synonyms}".casefold()
    ]
    return hits[: MOST_PER_GROUP if words else None]
