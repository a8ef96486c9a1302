"""What a list is: its columns, filters, search, order and what can be done to several rows at once.

A room declares its list as `ListOf`; `core.lists.listing.Listing` reads an address against it, and `ui/_list.html`
shows it. Rows are a queryset, or a plain list (then a column sorts by its value).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.kit.rooms import Label

Rows = Any  # a queryset or a list


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column. Without `order` (database fields) it is not sorted by; without `value` it is not in the file."""

    name: str
    label: Label
    order: tuple[str, ...] = ()
    value: Callable[[Any], Any] | None = None
    url: Callable[[Any], str] | None = None  # the cell leads there
    is_number: bool = False
    is_only_in_file: bool = False  # what a page says elsewhere in the row


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice that narrows the rows. `default` is what counts when the address says nothing, and stays out of it."""

    name: str
    label: Label
    choices: tuple[tuple[str, Label], ...]
    narrow: Callable[[Rows, str], Rows]
    default: str = ""


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """Something done to all chosen rows: a button of the bar, with the fields it asks for."""

    name: str
    label: Label
    icon: str
    key: str = ""  # the letter that opens it
    fields: tuple[Any, ...] = ()  # bound fields of the bar's form
    submit: Label = ""
    ask: Label = ""  # what will happen, for what cannot be taken back: it takes a second press
    parts: tuple["Bulk", ...] = ()  # several of a kind under one button, each opening what it asks for


@dataclass(frozen=True, kw_only=True)
class Empty:
    """What stands where no row is: why, and what to do."""

    title: Label
    text: Label = ""
    icon: str = "inbox"
    action_url: str = ""
    action_label: Label = ""


@dataclass(frozen=True, kw_only=True)
class Extra:
    """A key of this list's rows beyond moving and choosing, for the help dialog."""

    key: str
    label: Label


@dataclass(frozen=True, kw_only=True)
class ListOf:
    """A declared list."""

    label: Label  # what the table is, for who cannot see it
    columns: tuple[Column, ...]
    count: Callable[[int], str]  # how many rows, in words
    empty: Empty
    filters: tuple[Filter, ...] = ()
    search: Callable[[Rows, str], Rows] | None = None
    search_label: Label = ""
    sort: str = ""  # the column's name; without it the rows keep their own order
    per_page: int = 50
    row: str = "lists/_row.html"  # the template that draws a row's cells
    bulk: tuple[Bulk, ...] = ()
    bulk_url: str = ""
    keys: tuple[Extra, ...] = ()
    group: Callable[[Any], str] | None = None  # rows under a heading; only in the list's own order
    group_note: Callable[[Any], str] | None = None  # beside the heading, from its first row; else how many there are
    anchor: str = "row"  # rows are found at `#row-7`
    pk: Callable[[Any], Any] = lambda row: row.pk
    row_class: Callable[[Any], str] = lambda _row: ""
    below: str = ""  # a template under the rows, such as a line for adding one
    name: str = ""  # of the file; without one there is none
    as_shown: Callable[[list[Any]], Iterable[Any]] = lambda rows: rows  # what a page's rows become for the template
    is_savable: bool = True  # filters can be kept
