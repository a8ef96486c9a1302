"""What the disclosure gate decided about figures of groups: shown on which basis, or held back and why.

A decision is a published cell without its value. It is made of groups, and no person is in it. When it was made is said
by the month: the day on which a small group is held back is the day on which somebody left it.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.dashboards.words import reason
from analytics.kpis.book import PEOPLE
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.models import Cell, CellDecision, Period
from analytics.kpis.weeks import thursday_of
from analytics.metrics.words import week_label
from core.kit import cldr
from core.kit.rooms import Label
from core.kit.templatetags.ui import number
from core.lists.declared import Column, Empty, Filter, ListOf
from programs.membership.models import Program

HELD_BACK = "held_back"


def decisions_of(program: Program) -> QuerySet[Cell]:
    cells = Cell.objects.filter(program=program, series=PEOPLE, kpi__in=FORMULAS).select_related("generation")
    cells = cells.annotate(decided_in=TruncMonth("published_at"))
    return cells.order_by("-start_on", "kpi", "generation__number", "pk")


def history_of(program: Program) -> QuerySet[CellDecision]:
    """Every decision of the last twelve months, the newest first."""
    rows = CellDecision.objects.filter(program=program, kpi__in=FORMULAS).select_related("generation")
    rows = rows.annotate(decided_in=TruncMonth("decided_on"))
    return rows.order_by("-decided_in", "-start_on", "kpi", "generation__number", "since", "before")


def past(program: Program) -> ListOf:
    """When a figure began to be shown, was renewed, or was held back, and why."""
    k, why = program.shown_from, tuple((s.value, s.label) for s in Cell.State if s != Cell.State.SHOWN)
    return ListOf(
        label=_("History of the decisions"),
        columns=(
            Column(name="at", label=_("Decided"), order=("decided_in", "start_on"), value=_month),
            Column(name="period", label=_("Period"), order=("start_on", "decided_in"), value=_period),
            Column(name="figure", label=_("Figure"), order=("kpi", "-decided_in"), value=_figure),
            Column(name="group", label=_("Group"), value=_group),
            Column(name="decision", label=_("Decision"), order=("since", "-decided_in"), value=lambda r: _change(r, k)),
            Column(name="before", label=_("Before"), order=("before", "-decided_in"), value=_before),
        ),
        filters=(
            Filter(
                name="state",
                label=_("Decision"),
                choices=(("", _("all")), ("shown", _("shown")), (HELD_BACK, _("held back")), *why),
                narrow=_turned,
            ),
            Filter(name="kpi", label=_("Figure"), choices=_figures(), narrow=lambda rows, v: rows.filter(kpi=v)),
            _of_periods(),
        ),
        count=lambda n: ngettext("%(count)s decision", "%(count)s decisions", n) % {"count": number(n)},
        name=_("History of the decisions"),
        empty=Empty(
            icon="shield-lock",
            title=_("Nothing has been decided yet"),
            text=_("Group figures are published every night. This page lists what was shown and what was held back."),
        ),
    )


def _figures() -> tuple[tuple[str, Label], ...]:
    return (("", _("all")), *((kpi, definitions()[kpi].name) for kpi in FORMULAS))


def _of_periods() -> Filter:
    return Filter(
        name="of",
        label=_("Period"),
        choices=(("month", _("months")), ("week", _("weeks"))),
        default="month",
        narrow=lambda cells, value: cells.filter(period=value),
    )


def _turned(rows: QuerySet[CellDecision], value: str) -> QuerySet[CellDecision]:
    return rows.exclude(since__in=["", Cell.State.SHOWN]) if value == HELD_BACK else rows.filter(since=value)


def _change(row: CellDecision, k: int) -> str:
    if row.since == Cell.State.SHOWN:
        return _("renewed") if row.before == Cell.State.SHOWN else _("shown")
    return f"{_('held back')}: {reason(row.since, k)}" if row.since else _("removed")


def _before(row: CellDecision) -> str:
    if row.before in ("", Cell.State.SHOWN):
        return _("shown") if row.before else _("nothing")
    return f"{_('held back')}: {row.get_before_display()}"


def listed(program: Program) -> ListOf:
    why = tuple((state.value, state.label) for state in Cell.State if state != Cell.State.SHOWN)
    return ListOf(
        label=_("Decisions about group figures"),
        columns=(
            Column(name="period", label=_("Period"), order=("start_on",), value=_period),
            Column(name="figure", label=_("Figure"), order=("kpi", "start_on"), value=_figure),
            Column(name="group", label=_("Group"), value=_group),
            Column(name="decision", label=_("Decision"), order=("state", "start_on"), value=_decision),
            Column(name="basis", label=_("Basis"), value=lambda cell: _basis(cell, program.shown_from)),
            Column(name="at", label=_("Decided"), order=("decided_in",), value=_month),
        ),
        filters=(
            Filter(
                name="state",
                label=_("Decision"),
                choices=(("", _("all")), ("shown", _("shown")), (HELD_BACK, _("held back")), *why),
                narrow=_in_state,
            ),
            Filter(
                name="kpi",
                label=_("Figure"),
                choices=_figures(),
                narrow=lambda cells, value: cells.filter(kpi=value),
            ),
            _of_periods(),
        ),
        count=lambda n: ngettext("%(count)s decision", "%(count)s decisions", n) % {"count": number(n)},
        name=_("Decisions about group figures"),
        empty=Empty(
            icon="shield-lock",
            title=_("Nothing has been decided yet"),
            text=_("Group figures are published every night. This page lists what was shown and what was held back."),
        ),
    )


def _in_state(cells: QuerySet[Cell], value: str) -> QuerySet[Cell]:
    return cells.exclude(state=Cell.State.SHOWN) if value == HELD_BACK else cells.filter(state=value)


def _period(cell: Any) -> str:
    start: date = cell.start_on
    if cell.period == Period.MONTH:
        return cldr.written(start, "month")
    return f"{week_label(start)}, {thursday_of(start).year}"


def _month(decision: Any) -> str:
    return cldr.written(decision.decided_in, "month")


def _group(cell: Any) -> str:
    return cell.generation.name if cell.generation else _("all")


def _figure(cell: Any) -> str:
    return str(definitions()[cell.kpi].name)


def _decision(cell: Cell) -> str:
    return _("shown") if cell.state == Cell.State.SHOWN else _("held back")


def _basis(cell: Cell, k: int) -> str:
    """How many people at least, or the reason."""
    if cell.state != Cell.State.SHOWN:
        return reason(cell.state, k)
    return _("%(people)s+ people") % {"people": number(cell.people)} if cell.people else ""
