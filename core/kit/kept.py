"""What is kept of a person, as numbers with words, in one question to the database however many rooms tell of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from core.kit.compiled import planned_once

NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Kept:
    """Rows of one kind, and what so many of them are called: "post in the forum", "posts in the forum"."""

    rows: QuerySet[Any]
    words: Callable[[int], str]
    ends_at_once: bool = False  # with the consent, as others wait for it; coming back does not restore it


class Tally:
    """How many rows there are of each kind. A hundred tables take a while to put into words, so that a question is made
    once, with stand-ins (of numbers and addresses that nobody has) where it differs from one time to the next."""

    def __init__(self, kinds: Iterable[QuerySet[Any]]) -> None:
        parts: list[str] = []
        self._values: list[Any] = []
        for number, rows in enumerate(kinds):
            sql, values = rows.order_by().values("pk").query.sql_with_params()
            parts.append(f"SELECT {number}, count(*) FROM ({sql}) AS rows")  # noqa: S608  # Django's own SQL
            self._values += values
        self._sql = " UNION ALL ".join(parts)

    def count(self, told: Mapping[Any, Any] = NOTHING) -> dict[int, int]:
        """By the place of the kind. `told`: what stands for each stand-in this time."""
        if not self._sql:
            return {}
        with planned_once() as cursor:
            cursor.execute(self._sql, [told.get(value, value) for value in self._values])
            return dict(cursor.fetchall())


def in_numbers(kept: Iterable[Kept]) -> list[tuple[int, str]]:
    """How many there are of each, with their words; what there is none of is left out."""
    kinds = list(kept)
    return in_words(kinds, Tally(kind.rows for kind in kinds).count())


def in_words(kinds: Iterable[Kept], counts: Mapping[int, int]) -> list[tuple[int, str]]:
    return [(counts[number], kind.words(counts[number])) for number, kind in enumerate(kinds) if counts[number]]
