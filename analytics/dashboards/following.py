"""How many follow a person's accounts, week by week: one curve for each account, since people are not added up."""

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Network
from analytics.kpis.weeks import WEEK, days_of_week, monday_of
from analytics.metrics.models import Grain, Metric, Reading, Segment
from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import day, number
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SHOWN_BACK = 26
FollowersByWeek = dict[date, int]


def following_charts(user: "User", program: Program) -> list[Chart]:
    """A curve for each account of which more than one week is known. One query."""
    rows = (
        Reading.objects.filter(
            is_at_work(user, program, Purpose.OWN_FIGURES),
            program=program,
            account__user=user,
            post=None,
            segment=Segment.ALL,
            grain=Grain.DAY,
            metric__in=(Metric.FOLLOWERS_TOTAL, Metric.FOLLOWERS_NEW),
            period_start__gte=monday_of(timezone.localdate()) - SHOWN_BACK * WEEK,
        )
        .annotate(week=TruncWeek("period_start"))
        .order_by()
        .values("account", "account__network", "account__source", "account__handle", "metric", "week")
        .annotate(days=ArrayAgg("value", order_by="-period_start"))
    )
    totals: dict[int, FollowersByWeek] = defaultdict(dict)
    new: dict[int, FollowersByWeek] = defaultdict(dict)
    networks: dict[int, tuple[str, str]] = {}
    for row in rows:
        networks[row["account"]] = row["account__network"], row["account__handle"] if row["account__source"] else ""
        if row["metric"] == Metric.FOLLOWERS_TOTAL:
            totals[row["account"]][row["week"]] = row["days"][0]
        else:
            new[row["account"]][row["week"]] = sum(row["days"])
    found = []
    for account, (network, handle) in sorted(networks.items(), key=lambda each: each[1]):
        weeks = course_of(totals[account], new[account])
        if len(weeks) > 1:
            place = f"{network}-{account}" if handle else network
            name = handle or str(Network(network).label)
            found.append(_chart(place, name, weeks, is_worked_out=len(weeks) > len(totals[account])))
    return found


def course_of(totals: FollowersByWeek, new: FollowersByWeek) -> FollowersByWeek:
    """What is known of each week; between and before two such numbers, the new ones of each week are taken off."""
    if not totals:
        return {}
    week = max(totals)
    found = {week: totals[week]}
    while True:
        before = week - WEEK
        if before in totals:
            found[before] = totals[before]
        elif week in new:
            found[before] = found[week] - new[week]
        else:
            earlier = [each for each in totals if each < week]
            if not earlier:
                return dict(sorted(found.items()))
            before = max(earlier)
            found[before] = totals[before]
        week = before


def _chart(place: str, name: str, weeks: FollowersByWeek, *, is_worked_out: bool) -> Chart:
    last = max(weeks)
    note = _("calculated back from the new ones of each week; who stopped following is not known")
    return Chart(
        id=f"own-followers-{place}",
        kind=ChartKind.LINES,
        size="s",
        sentence=_said(weeks[last], name),
        what=_("Followers by week") + (f" ({note})" if is_worked_out else ""),
        over=_("Week"),
        labels=tuple(week_label(week) for week in weeks),
        days=tuple(days_of_week(week) for week in weeks),
        series=series_of([_("Followers")], [[ChartCell(value, number(value))] for value in weeks.values()]),
        source=_("Your account on %(network)s, up to %(day)s")
        % {"network": name, "day": day(min(last + timedelta(days=6), timezone.localdate()))},
        quality="imported",
    )


def _said(count: int, network: str) -> SafeString:
    return format_html(
        ngettext(
            "<em>{count} person</em> follows you on {network}.",
            "<em>{count} people</em> follow you on {network}.",
            count,
        ),
        count=number(count),
        network=network,
    )
