"""Last week beside the weekly meeting: new followers and comments of people and of the company, as K+S look at them.

What people add is read from published cells, so the gate has decided already; what the company's accounts say is no
person's figure. Each week by itself: no arrow, no trend.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.channels.models import Account
from analytics.channels.pages_of_company import Named, names_apart
from analytics.dashboards import certainty
from analytics.dashboards.words import said_point
from analytics.kpis.contributions import week_totals
from analytics.kpis.queries import Board, Point, board
from analytics.kpis.weeks import WEEK, monday_of
from analytics.metrics.models import Metric, Segment
from core.kit.rooms import ChapterTable
from core.kit.templatetags.ui import day, number, percent
from programs.membership.models import Program

#: A cell whose numerator is the number, and the company's own figure.
SUMS = {"network_growth": Metric.FOLLOWERS_NEW, "dialog_rate": Metric.COMMENTS}
RATE = "engagement_rate"
LATE = 4  # weeks: figures of last week often come later


def last_week(program: Program) -> ChapterTable:
    """Three queries."""
    now = monday_of(timezone.localdate())
    cells = board(program, since=now - LATE * WEEK, weekly=(*SUMS, RATE), kpis=(*SUMS, RATE))
    week = _newest(cells, now)
    if week is None:
        few = _("Nothing to say of the last weeks: no figures yet, or too few people.")
        return ChapterTable((_("Figure"), _("People"), _("Company account")), [], few)
    own, accounts = _of_company(program, week)
    names = {"network_growth": _("New followers"), "dialog_rate": _("Comments"), RATE: _("Engagement rate")}
    rows = []
    for kpi, name in names.items():
        people, company = _point(cells, kpi, week), _point(cells, kpi, week, "company")
        if kpi == RATE:
            ours = percent(company.value, 1) if company and company.value is not None else _unknown()
            theirs = said_point(kpi, people) if people and people.is_shown else _few()
        else:
            known = own.get(SUMS[kpi])
            ours = _unknown() if known is None else number(known)
            theirs = _sum(people)
        rows.append((name, _("people %(n)s") % {"n": theirs}, _("company account %(n)s") % {"n": ours}))
    note = _("Week from %(first)s to %(last)s. Groups of at least %(k)s people.") % {
        "first": day(week),
        "last": day(week + timedelta(days=6)),
        "k": program.shown_from,
    }
    if summed := certainty.of_summed(accounts):
        note = f"{note} {summed}"
    return ChapterTable((_("Figure"), _("People"), _("Company account")), rows, note)


def _newest(cells: Board, now: date) -> date | None:
    """The newest week that is over and of which anything is said, of people or of the company."""
    weeks = [
        point.start_on
        for kpi in (*SUMS, RATE)
        for series in ("people", "company")
        for point in cells.line(kpi, period="week", series=series)
        if point.is_shown and point.start_on < now
    ]
    return max(weeks, default=None)


def _point(cells: Board, kpi: str, week: date, series: str = "people") -> Point | None:
    line = cells.line(kpi, period="week", series=series)
    return next((point for point in line if point.start_on == week), None)


def _sum(point: Point | None) -> str:
    above: Decimal | None = point.above if point and point.is_shown else None
    return _few() if above is None else number(above)


def _few() -> str:
    return _("too few or none yet")


def _unknown() -> str:
    return _("unknown")


def _of_company(program: Program, week: date) -> tuple[dict[int, int], list[str]]:
    """Of whole weeks; where a network tells only what was not paid for, that counts. And the names of the accounts."""
    rows = week_totals(program, [week], SUMS.values(), (Segment.ALL, Segment.ORGANIC))
    found: dict[tuple[int, int], int] = {}
    named: dict[int, Named] = {}
    told = ("account", "metric", "value", "account__network", "account__source", "account__handle")
    for account, metric, value, network, source, handle in (
        rows.filter(account__kind=Account.Kind.COMPANY).order_by("segment", "account").values_list(*told)
    ):
        found.setdefault((account, metric), value)
        named[account] = (account, network, source, handle)
    sums: dict[int, int] = {}
    for (_account, metric), value in found.items():
        sums[metric] = sums.get(metric, 0) + value
    return sums, list(names_apart(named.values()).values())
