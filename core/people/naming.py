"""Whom one may name in a text, found by the beginnings of the name's words."""

import unicodedata

from core.kit import rooms
from core.kit.characters import visible
from core.people import mentions
from core.people.in_program import marked_apart
from core.people.models import User

MOST_FOUND = 8


def people_found(user: User, kind: str, target_id: int, words: str) -> list[tuple[int, str]]:
    """Whom one may name at an object (its room says so), each word being the beginning of one of the name's."""
    spot = rooms.spot(kind, user, target_id)
    people = marked_apart(spot.program_id, spot.people())
    called = {person.pk for person in people if person.name}
    names = {pk: name for pk, name in mentions.names_of(people).items() if pk in called}
    wanted = _plain(visible(words)).split()
    fitting = [(pk, name) for pk, name in names.items() if _fits(wanted, _plain(name).split())]
    return sorted(fitting, key=lambda found: _plain(found[1]))[:MOST_FOUND]  # namesakes by the marks beside their names


def _fits(wanted: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in wanted)


def _plain(text: str) -> str:
    """Without marks: Muller finds Müller."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
