"""What was imported of the company's own accounts: how often its page was seen and visited, and who follows it.

These are no persons' figures, so nothing has to be hidden; they are shown as the network tells them. Only whole weeks.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Account
from analytics.channels.pages_of_company import Named, names_apart
from analytics.dashboards import sentences
from analytics.dashboards.company_channels import channels_chart
from analytics.kpis.weeks import WEEK, days_of_week, monday_of
from analytics.metrics.models import DAYS_OF_WEEK, Grain, Metric, Reading, Segment
from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import day, number
from programs.membership.models import Program

#: A week's days, the newest first, as one number: what may be added up is, who may be counted twice is not.
Folding = Callable[[list[int]], int]
Measure = tuple[str, Folding, Callable[[int], SafeString], Promise, Promise]


def average(days: list[int]) -> int:
    return round(sum(days) / len(days))


def newest(days: list[int]) -> int:
    return days[0]


MEASURES: dict[int, Measure] = {
    Metric.PAGE_VIEWS: ("views", sum, sentences.company_views, _("Page views"), _("Page views per week")),
    Metric.UNIQUE_VISITORS: (
        "visitors",
        average,
        sentences.company_visitors,
        _("Visitors a day"),
        _("Visitors a day, average of each week. Who comes on two days is counted on both."),
    ),
    Metric.FOLLOWERS_TOTAL: ("followers", newest, sentences.company_followers, _("Followers"), _("Followers by week")),
    Metric.FOLLOWERS_NEW: (
        "new-followers",
        sum,
        sentences.company_gained,
        _("New followers"),
        _("New followers per week"),
    ),
}


def charts_of(program: Program, months: int, within: tuple[date, date] | None = None) -> list[Chart]:
    """The accounts of the company beside each other, and one small chart for each figure that one of them has. One
    query."""
    now = monday_of(timezone.localdate())
    first, last = within or (now - WEEK * round(months * 52 / 12), now)
    told = Q(segment=Segment.ALL, metric__in=(*MEASURES, Metric.IMPRESSIONS))
    told |= Q(segment=Segment.ORGANIC, metric=Metric.IMPRESSIONS)  # some networks tell nothing else of a page
    rows = (
        Reading.objects.filter(
            told,
            program=program,
            account__kind=Account.Kind.COMPANY,
            post=None,
            grain=Grain.DAY,
            period_start__gte=monday_of(first),
            period_start__lt=min(last, now),
        )
        .annotate(week=TruncWeek("period_start"))
        .order_by()
        .values("account", "account__network", "account__source", "account__handle", "metric", "segment", "week")
        .annotate(days=ArrayAgg("value", order_by="-period_start"))
    )
    found: dict[tuple[int, int], dict[date, int]] = defaultdict(dict)
    seen: dict[tuple[int, int], dict[date, int]] = defaultdict(dict)
    pages: set[Named] = set()
    for row in rows:
        pages.add((row["account"], row["account__network"], row["account__source"], row["account__handle"]))
        metric, is_stock = row["metric"], row["metric"] == Metric.FOLLOWERS_TOTAL
        if metric == Metric.IMPRESSIONS and len(row["days"]) == DAYS_OF_WEEK:
            seen[row["account"], row["segment"]][row["week"]] = sum(row["days"])
        elif metric != Metric.IMPRESSIONS and (is_stock or len(row["days"]) == DAYS_OF_WEEK):
            found[row["account"], metric][row["week"]] = MEASURES[metric][1](row["days"])
    networks = names_apart(pages)
    keys = [(account, metric) for account in sorted(networks) for metric in MEASURES if (account, metric) in found]
    whole = {account: seen.get((account, Segment.ALL)) or weeks for (account, _segment), weeks in seen.items()}
    beside = channels_chart(whole, networks)
    small = [_chart(account, networks[account], metric, found[account, metric]) for account, metric in keys]
    return [beside, *small] if beside else small


def _chart(account: int, network: str, metric: int, weeks: dict[date, int]) -> Chart:
    name, _fold, sentence, what_one, what = MEASURES[metric]
    known: list[Any] = sorted(weeks)
    last = known[-1]
    return Chart(
        id=f"company-{name}-{account}",
        kind=ChartKind.LINES if len(known) > 1 else ChartKind.BARS,
        size="s",
        sentence=sentence(weeks[last]),
        what=str(what),
        over=str(_("Week")),
        labels=tuple(week_label(week) for week in known),
        days=tuple(days_of_week(week) for week in known),
        series=series_of([str(what_one)], [[ChartCell(weeks[week], number(weeks[week]))] for week in known]),
        source=str(_("Company account: %(network)s, up to %(day)s"))
        % {"network": network, "day": day(last + timedelta(days=6))},
        quality="imported",
    )
