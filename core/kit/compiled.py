"""Questions to the database that are asked on every page: put into words once, then asked again with other values.

Django works out the same SQL anew for each request, which takes longer than PostgreSQL takes to answer. A `Compiled`
is made from a queryset in which a `Blank` stands wherever a value differs from one time to the next:

    OF_BOARD = Compiled(lambda: Topic.objects.filter(OneOf("board_id", "boards"), last_at__gt=Blank("since")))
    OF_BOARD.rows(boards=[1, 2], since=moment)
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property
from typing import Any, Generic, cast

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BooleanField, Expression, F, Field, Func, QuerySet
from django.http import Http404
from psycopg.sql import Literal

from core.kit.generic import T

MOST_PLANNED = 400  # questions of a connection: more than there are in fixed words, so that none is planned again


class Blank(Expression):
    """A value that is told when the question is asked. It says of what kind it is where nothing beside it does."""

    def __init__(self, name: str, kind: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=kind)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class OneOf(Func):
    """Whether a column has one of the values of a list that is told when the question is asked."""

    def __init__(self, column: str, name: str) -> None:
        form = {"template": "%(expressions)s)", "arg_joiner": " = ANY("}
        super().__init__(F(column), Blank(name), output_field=BooleanField(), **form)


class Compiled(Generic[T]):
    """A question whose words are fixed. What is told must be exactly what it asks for, by name. What is always the same
    stands in its words: an index over some of the rows only fits a question that says which. `planned_once`: not where
    the best way depends on what is told, as a search for a rare word goes another way than one for a common word."""

    def __init__(self, build: Callable[[], QuerySet[Any, T]], *, planned_once: bool = True) -> None:
        self._build, self._planned_once = build, planned_once

    def rows(self, **told: Any) -> list[T]:
        queryset, compiler, sql, blanks = self._words
        if told.keys() != self.blanks:
            wrong = sorted(told.keys() ^ self.blanks)
            raise TypeError(f"This question has the blanks {sorted(self.blanks)}. Missing or unknown: {wrong}.")
        filled = tuple(told[name] for name in blanks)
        asked: Any = queryset.all()
        again = copy(compiler)
        again.connection = connection  # each thread has its own
        again.execute_sql = lambda *_args, **_more: [self._answer(sql, filled)]
        asked._query = copy(queryset.query)  # the public way would forget how rows are handed out
        asked._query.get_compiler = lambda *_args, **_more: again
        return list(asked)

    def or_404(self, **told: Any) -> T:
        """The one row that is asked for."""
        found = self.rows(**told)
        if not found:
            raise Http404
        return found[0]

    def _answer(self, sql: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with planned_once() if self._planned_once else connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cast("list[tuple[Any, ...]]", cursor.fetchall())

    @cached_property
    def blanks(self) -> frozenset[str]:
        return frozenset(self._words[3])

    @cached_property
    def _words(self) -> tuple[QuerySet[Any, T], Any, str, tuple[str, ...]]:
        queryset = self._build()
        compiler = queryset.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        # How values are read depends on the columns alone: finding it out takes as long as reading a row.
        found = compiler.get_converters([column for column, *_ in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda _columns: found
        return (
            queryset,
            compiler,
            _with_what_is_fixed(sql, values),
            tuple(each.name for each in values if isinstance(each, Blank)),
        )


PLACES = re.compile("%%|%s")


def _with_what_is_fixed(sql: str, values: Sequence[Any]) -> str:
    """The question with every value in it that is no blank."""
    connection.ensure_connection()
    left = iter(values)

    def said(place: re.Match[str]) -> str:
        if place[0] == "%%" or isinstance(value := next(left), Blank):
            return place[0]
        return Literal(value).as_string(connection.connection).replace("%", "%%")

    return PLACES.sub(said, sql)


_BOUND: Any = ServerBindingCursor


class _Bound(_BOUND):  # type: ignore[misc]  # its types say nothing of psycopg 3
    """Tells what it asked, as Django's record of all questions expects: psycopg forgets it where nothing is planned."""

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)
        return self._query


@contextmanager
def planned_once() -> Iterator[Any]:
    """Values travel apart from the question, so that the database plans it once for each connection and not each time:
    with several tables that takes longer than answering."""
    with connection.cursor() as cursor:
        held: Any = connection.connection
        cursor.cursor = _Bound(held)
        held.prepare_threshold, held.prepared_max = 0, MOST_PLANNED
        try:
            yield cursor
        finally:
            held.prepare_threshold = None
