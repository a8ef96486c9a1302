"""LinkedIn's score as a person entered it month by month: their own history, for them alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _

from analytics.activities.models import SocialScore
from core.kit import cldr
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import number
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MONTHS_ENTERED = 12  # so far back one can be entered


def months_to_enter(today: date) -> list[tuple[date, str]]:
    """This month first."""
    month, found = today.replace(day=1), []
    for _place in range(MONTHS_ENTERED):
        found.append((month, cldr.written(month, "month")))
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def scores_of(user: "User", program: Program) -> list[SocialScore]:
    return list(SocialScore.objects.filter(user=user, program=program))


def score_chart(scores: Sequence[SocialScore]) -> Chart | None:
    """A picture and its table, from two months on: before that there is nothing to compare."""
    if len(scores) < 2:
        return None
    now, before = scores[-1], scores[-2]
    change = now.total - before.total
    words = {"score": number(now.total), "change": f"{change:+d}".replace("-", "\N{MINUS SIGN}") if change else "±0"}
    return Chart(
        id="own-score",
        kind=ChartKind.LINES,
        size="s",
        sentence=format_html(_("Your index is <em>{score}</em> of 100, {change} since the one before."), **words),
        what=_("Social Selling Index by month, as you entered it"),
        over=_("Month"),
        labels=tuple(cldr.month_short(each.month) for each in scores),
        series=series_of([_("Index")], [[ChartCell(Decimal(each.total), number(each.total))] for each in scores]),
        quality="self",
    )
