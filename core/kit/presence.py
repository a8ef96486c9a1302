"""Who else has the same thing open right now. Kept for a moment in the cache, nowhere else; without a cache nobody is
seen, and what two people write is still merged when it is saved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.cache import cache

if TYPE_CHECKING:
    from core.people.models import User

STAYS = 45  # seconds; an open page says so every 20


def say_here(thing: str, person: "User") -> None:
    """`thing` is what is open ("issue:7")."""
    cache.set(_place(thing, person.pk), True, STAYS)


def here(thing: str, people: "Sequence[User]") -> "list[User]":
    """Those of `people` who have it open."""
    places = {_place(thing, person.pk): person for person in people}
    found = cache.get_many(places)
    return [person for place, person in places.items() if place in found]


def _place(thing: str, pk: int) -> str:
    return f"here:{thing}:{pk}"
