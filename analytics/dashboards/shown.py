"""A figure of the catalogue with a program's own numbers: the published months, as everybody reads them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analytics.dashboards import words
from analytics.kpis import queries
from analytics.kpis.catalogue import Entry, with_numbers
from core.kit.templatetags.ui import number
from programs.membership.models import Program

MONTHS = 6


@dataclass(frozen=True)
class ShownMonth:
    name: str
    value: str
    calculation: str
    reason: str  # why there is none


def months_of(program: Program, entry: Entry, *, since: date) -> list[ShownMonth]:
    """The newest months, newest first; a hidden one says why. One query; figures that are not published cost none."""
    if not entry.is_published:
        return []
    about = entry.definition
    points = queries.board(program, since=since, kpis=[about.key]).line(about.key)
    return [
        ShownMonth(
            words.month_and_year(point.start_on),
            words.said_point(about.key, point) if point.is_shown else "",
            with_numbers(about, point.above, point.below, words.said_point(about.key, point), _say),
            "" if point.is_shown else words.reason(point.state, program.shown_from),
        )
        for point in reversed(points[-MONTHS:])
    ]


def _say(value: Decimal) -> str:
    return number(value, 0 if value == value.to_integral_value() else 2)
