"""All kinds of news, as the rooms tell them, and who hears nothing of a program now."""

from collections.abc import Set
from typing import TYPE_CHECKING

from core.kit import rooms
from core.kit.rooms import News

if TYPE_CHECKING:
    from core.people.models import User


def every() -> list[News]:
    return sorted((news for room in rooms.every() for news in room.news), key=lambda news: news.order)


def named(kind: str) -> News | None:
    """Nothing for a kind that no room has any more."""
    return next((news for news in every() if news.kind == kind), None)


def for_person(person: "User") -> list[News]:
    """What this person can hear of at all."""
    return [news for news in every() if news.concerns(person)]


def silent_among(program_id: int | None, people: Set[int]) -> set[int]:
    """Who of these left the program or pauses, and is told nothing about it. Of what belongs to no program everybody
    may hear."""
    if program_id is None:
        return set()
    found: set[int] = set()
    for room in rooms.every():
        if room.silent is not None:
            found.update(room.silent(program_id, people))
    return found
