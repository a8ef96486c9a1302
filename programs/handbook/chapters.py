"""The parts of the handbook that write themselves, from what other rooms know."""

from collections.abc import Iterator

from core.kit import rooms
from core.kit.rooms import Chapter, ChapterTable
from programs.membership.models import Program


def every() -> Iterator[Chapter]:
    for room in rooms.every():
        yield from room.chapters


def chapter(key: str) -> Chapter | None:
    return next((each for each in every() if each.key == key), None)


def table_of(program: Program, key: str) -> tuple[Chapter, ChapterTable] | None:
    """What a page shows below its own words; nothing where no room gives this part any more."""
    found = chapter(key) if key else None
    return (found, found.build(program)) if found else None
