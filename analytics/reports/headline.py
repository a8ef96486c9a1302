"""The headline that the figures of a month support, and the months in which people and company are compared."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analytics.dashboards import sentences
from analytics.dashboards.group_past import past_of
from analytics.dashboards.words import month_name


def compared_months(data: dict[str, Any]) -> list[tuple[date, Decimal]]:
    """How many times the company's response people get, in the months that the chart draws: headline, sentences and
    chart speak of the same months and the same numbers."""
    drawn = {row["month"] for row in data["duel"] if row["people"] and row["company"]}
    return [(date.fromisoformat(start), Decimal(value)) for start, value in data["times"] if start in drawn]


def suggested_headline(data: dict[str, Any]) -> str:
    """A headline the figures support; the program manager may write another."""
    known = compared_months(data)
    month = date.fromisoformat(data["month"])
    if known and known[-1][0] == month and sentences.is_ahead(known[-1][1]):
        if sentences.lead([value for _month, value in known]) > 0:
            first = month_name(known[0][0])
            return _("People get more response than the company page, and their lead has grown since %(first)s.") % {
                "first": first
            }
        return _("People get more response than the company page.")
    reach = next(row for row in data["five"] if row["kpi"] == "impressions")
    found = past_of(reach.get("usual"))
    if reach["value"] is None:
        return _("The program is under way; figures will follow once enough people take part.")
    if found is None:
        return _("The figures are in; there are too few months yet to compare.")
    place = found.place_of(Decimal(reach["value"]))
    if place > 0:
        return _("Posts were seen more often than in any of the months before.")
    if place < 0:
        return _("Posts were seen less often than in any of the months before.")
    return _("The program's reach is within its usual range.")
