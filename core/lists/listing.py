"""A list as one address asks for it: what is chosen, which rows, and clean addresses for everything one can press.

An address holds only what differs from the usual: `?owner=me&sort=-due`. What it cannot mean is taken as not said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from core.kit.characters import visible
from core.kit.exports import Table
from core.lists.counted import counted_page
from core.lists.declared import Column, ListOf, Rows

LONGEST_WORDS = 80


@dataclass(frozen=True)
class ColumnHead:
    """A column's head: where pressing it leads, and how it is sorted now (`ascending`, `descending` or nothing)."""

    column: Column
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a heading; without one where they are in another order."""

    lines: "list[Line]"
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A row as it is drawn."""

    of: ListOf
    pk: Any
    row: Any
    anchor: str  # the id that links jump to
    css: str

    @property
    def cells(self) -> Iterator[tuple[Column, Any, str]]:
        """For a row without a template of its own: each column with its value and where it leads."""
        for column in self.of.columns:
            if column.is_only_in_file:
                continue
            yield column, column.value(self.row) if column.value else "", column.url(self.row) if column.url else ""


class Listing:
    def __init__(
        self, of: ListOf, asked: Mapping[str, Any], rows: Rows, *, path: str, total: int | None = None
    ) -> None:
        self.of, self.path = of, path
        self.words = visible(str(asked.get("q", "")))[:LONGEST_WORDS].strip() if of.search else ""
        self.chosen = {each.name: self._choice(each.name, str(asked.get(each.name, ""))) for each in of.filters}
        sort = str(asked.get("sort", ""))
        known = {column.name for column in of.columns if column.order}
        self.sort = sort if sort.lstrip("-") in known and sort.count("-") <= 1 else of.sort
        self._page_asked = str(asked.get("page", ""))
        self._all, self._total = rows, total

    def _choice(self, name: str, value: str) -> str:
        of = next(each for each in self.of.filters if each.name == name)
        return value if value in {str(known) for known, _label in of.choices} else of.default

    # --- rows -----------------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> Rows:
        """Every row that matches, in order."""
        rows = self._all
        for each in self.of.filters:
            if self.chosen[each.name]:
                rows = each.narrow(rows, self.chosen[each.name])
        if self.words and self.of.search:
            rows = self.of.search(rows, self.words)
        return self._in_order(rows)

    def _in_order(self, rows: Rows) -> Rows:
        column = next((each for each in self.of.columns if each.name == self.sort.lstrip("-")), None)
        if column is None:
            return rows
        down = self.sort.startswith("-")
        if isinstance(rows, list):
            return sorted(rows, key=lambda row: _rank(column.value(row) if column.value else ""), reverse=down)
        return rows.order_by(*(_turned(name) if down else name for name in column.order), "pk")

    @cached_property
    def page(self) -> "Page[Any]":
        """The page asked for; a number beyond the last is the last."""
        pages = Paginator(self.rows, self.of.per_page)
        if self._total is not None and not (self.words or any(self.chosen.values())):
            pages.count = self._total  # nothing is left out: no need to count again
            page = pages.get_page(self._page_asked or 1)
        else:
            page = counted_page(pages, self._page_asked or "1") or pages.get_page(self._page_asked or 1)
        page.object_list = list(self.of.as_shown(list(page.object_list)))
        return page

    @property
    def groups(self) -> Iterator[Group]:
        """The page's rows under their headings; one group without a heading when they are sorted otherwise."""
        if self.of.group is None or self.sort != self.of.sort:
            yield Group([self._line(row) for row in self.page])
            return
        for heading, found in groupby(self.page, self.of.group):
            lines = [self._line(row) for row in found]
            note = self.of.group_note(lines[0].row) if self.of.group_note else str(len(lines))
            yield Group(lines, heading, note)

    def _line(self, row: Any) -> Line:
        pk = self.of.pk(row)
        return Line(self.of, pk, row, f"{self.of.anchor}-{pk}", self.of.row_class(row))

    @property
    def count_text(self) -> str:
        return self.of.count(self.page.paginator.count)

    @property
    def is_filtered(self) -> bool:
        return bool(self.words) or any(self.chosen[each.name] != each.default for each in self.of.filters)

    # --- addresses ------------------------------------------------------------------------------------------------

    def query(self, **changes: str) -> str:
        """The clean query of this list with some values changed; another choice begins on the first page."""
        values = {"q": self.words, **self.chosen, "sort": self.sort} | changes
        usual = {each.name: each.default for each in self.of.filters} | {"sort": self.of.sort, "page": "1"}
        if "page" not in changes and not changes and self.page.number > 1:
            values["page"] = str(self.page.number)
        return urlencode({name: value for name, value in values.items() if value != usual.get(name, "")})

    def url(self, **changes: str) -> str:
        query = self.query(**changes)
        return f"{self.path}?{query}" if query else self.path

    @property
    def here(self) -> str:
        """This list as it is, for coming back to it."""
        return self.url()

    @property
    def next_url(self) -> str:
        return self.url(page=str(self.page.next_page_number()))

    @property
    def previous_url(self) -> str:
        return self.url(page=str(self.page.previous_page_number()))

    @property
    def file_query(self) -> str:
        """What the list's file takes along: the same rows, never a page of them."""
        return self.query(page="1")

    @property
    def file_url(self) -> str:
        """The list's file but for its kind: `format=csv` goes behind it."""
        return f"{self.path}?{self.file_query}&" if self.file_query else f"{self.path}?"

    # --- what the template draws ----------------------------------------------------------------------------------

    @property
    def heads(self) -> list[ColumnHead]:
        return [self._head(column) for column in self.of.columns if not column.is_only_in_file]

    def _head(self, column: Column) -> ColumnHead:
        if not column.order:
            return ColumnHead(column)
        at = self.sort.lstrip("-") == column.name
        down = at and self.sort.startswith("-")
        wanted = f"-{column.name}" if at and not down else column.name
        return ColumnHead(column, self.url(sort=wanted), ("descending" if down else "ascending") if at else "")

    @property
    def filters(self) -> list[dict[str, Any]]:
        """As the filter bar wants them."""
        return [
            {"name": each.name, "label": each.label, "choices": each.choices, "value": self.chosen[each.name]}
            for each in self.of.filters
        ]

    def table(self) -> Table:
        """All rows as a file, in the order shown."""
        columns = [column for column in self.of.columns if column.value]
        rows = self.of.as_shown(list(self.rows))
        lines = ([column.value(row) for column in columns if column.value] for row in rows)
        return Table(self.of.name, [str(column.label) for column in columns], lines)


def _rank(value: Any) -> tuple[bool, Any]:
    """Numbers by their size, words as people look them up; numbers first."""
    is_number = isinstance(value, int | float | Decimal)
    return (not is_number, value if is_number else str(value).casefold())


def _turned(name: str) -> str:
    """The same database field the other way round."""
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
