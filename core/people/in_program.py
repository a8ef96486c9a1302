"""People as a program knows them: where something is found about them, and what tells those of one name apart."""

from collections.abc import Iterable, Set
from typing import TYPE_CHECKING

from core.kit import rooms

if TYPE_CHECKING:
    from core.people.models import User


def pages_of_people(user: "User", program_id: int, people: Set[int]) -> dict[int, str]:
    """Where this reader finds something about these people; who has no page for the reader is not in it."""
    found: dict[int, str] = {}
    for room in rooms.every():
        if room.pages_of_people is not None and people:
            found |= room.pages_of_people(user, program_id, people)
    return found


def marked_apart(program_id: int, people: "Iterable[User]") -> "list[User]":
    """With the mark that tells those of one name apart wherever they are written."""
    people = list(people)
    marks: dict[int, str] = {}
    for room in rooms.every():
        if room.told_apart is not None and people:
            marks |= room.told_apart(program_id, {person.pk for person in people})
    for person in people:
        person.apart = marks.get(person.pk, "")
    return people
