"""What the disclosure gate decided about figures of groups: shown on which basis, or held back and why.

A decision is a published cell without its value. It is made of groups, and no person is in it.
"""

from datetime import date
from typing import Any

from babel.dates import format_date
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.dashboards.words import reason, week_label
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.models import Cell, Period
from analytics.kpis.weeks import thursday_of
from core.kit import languages
from core.kit.templatetags.ui import day, number
from core.lists.declared import Column, Empty, Filter, ListOf
from programs.membership.models import Program

PEOPLE = "people"
HELD_BACK = "held_back"


def decisions_of(program: Program) -> QuerySet[Cell]:
    cells = Cell.objects.filter(program=program, series=PEOPLE, kpi__in=FORMULAS).select_related("generation")
    return cells.order_by("-start_on", "kpi", "generation__number", "pk")


def listed(program: Program) -> ListOf:
    kpis = tuple((kpi, definitions()[kpi].name) for kpi in FORMULAS)
    why = tuple((state.value, state.label) for state in Cell.State if state != Cell.State.SHOWN)
    return ListOf(
        label=_("Decisions about group figures"),
        columns=(
            Column(name="period", label=_("Period"), order=("start_on",), value=_period),
            Column(name="figure", label=_("Figure"), order=("kpi", "start_on"), value=_figure),
            Column(name="group", label=_("Group"), value=lambda c: c.generation.name if c.generation else _("all")),
            Column(name="decision", label=_("Decision"), order=("state", "start_on"), value=_decision),
            Column(name="basis", label=_("Basis"), value=lambda cell: _basis(cell, program.group_minimum)),
            Column(name="at", label=_("Decided"), order=("published_at",), value=lambda c: day(c.published_at)),
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
                choices=(("", _("all")), *kpis),
                narrow=lambda cells, value: cells.filter(kpi=value),
            ),
            Filter(
                name="of",
                label=_("Period"),
                choices=(("month", _("months")), ("week", _("weeks"))),
                default="month",
                narrow=lambda cells, value: cells.filter(period=value),
            ),
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
        return format_date(start, "LLLL y", locale=languages.current())
    return f"{week_label(start)}, {thursday_of(start).year}"


def _figure(cell: Cell) -> str:
    return str(definitions()[cell.kpi].name)


def _decision(cell: Cell) -> str:
    return _("shown") if cell.state == Cell.State.SHOWN else _("held back")


def _basis(cell: Cell, k: int) -> str:
    """How many people at least, or the reason."""
    if cell.state != Cell.State.SHOWN:
        return reason(cell.state, k)
    return _("%(people)s+ people") % {"people": number(cell.people)} if cell.people else ""
