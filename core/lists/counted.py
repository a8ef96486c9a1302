"""A page of a list and how many rows there are in all, asked for in one question."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.expressions import BaseExpression

from core.kit.sent_numbers import whole

IN_ALL = "rows_in_all"


class CountOf(Subquery):
    """How many rows a question of its own finds; it asks nothing of the row beside it, so the database counts once."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def get_group_by_cols(self) -> list[BaseExpression]:
        return []


def counted_page(pages: "Paginator[Any]", asked: str) -> "Page[Any] | None":
    """The page asked for, or nothing where counting needs a question of its own: rows that are grouped, and a page that
    is not there."""
    rows = pages.object_list
    number = whole(asked)
    if number is None or not isinstance(rows, QuerySet) or not _is_plain(rows):
        return None
    begin = (number - 1) * pages.per_page
    if not 0 <= begin < 2**31:
        return None
    found = list(rows.annotate(**{IN_ALL: CountOf(rows.order_by().values("pk"))})[begin : begin + pages.per_page])
    if not found and begin:
        return None
    pages.count = getattr(found[0], IN_ALL) if found else 0
    return Page(found, number, pages)


def _is_plain(rows: "QuerySet[Any]") -> bool:
    query = rows.query
    is_whole = not query.is_sliced and not query.combinator and not query.distinct and query.group_by is None
    return is_whole and not query.values_select and not query.extra_select_mask
