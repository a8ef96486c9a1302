"""What is kept of a person, as numbers with words, in one question to the database however many rooms tell of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Kept:
    """Rows of one kind, and what so many of them are called: "post in the forum", "posts in the forum"."""

    rows: QuerySet[Any]
    words: Callable[[int], str]


def in_numbers(kept: Iterable[Kept]) -> list[tuple[int, str]]:
    """How many there are of each, with their words; what there is none of is left out."""
    kinds = list(kept)
    if not kinds:
        return []
    parts: list[str] = []
    values: list[Any] = []
    for number, kind in enumerate(kinds):
        sql, places = kind.rows.order_by().values("pk").query.sql_with_params()
        parts.append(f"SELECT {number}, count(*) FROM ({sql}) AS rows")  # noqa: S608  # Django's own SQL, with places
        values += places
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        counts = dict(cursor.fetchall())
    return [(counts[number], kind.words(counts[number])) for number, kind in enumerate(kinds) if counts[number]]
