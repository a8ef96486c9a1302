"""Figures of the program itself: how many take part, how far the checklists are."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from analytics.kpis.cohorts import NOBODY, Presence, Stay, together
from analytics.kpis.columns import Roll
from analytics.kpis.formulas import ratio
from analytics.kpis.publish import STATES, Released
from analytics.kpis.weeks import WEEK, weeks_of
from core.disclosure.publication import TOTAL, Cell
from core.disclosure.publish import publish


def members(stays: Sequence[Stay], weeks: Sequence[date], months: Sequence[date], *, k: int) -> Iterator[Released]:
    """How many take part at the end of each week and month. Small generations are not counted out loud."""
    presence = Presence(stays, Roll({stay.person for stay in stays}))
    groups = sorted({stay.group for stay in stays})
    spans = [("week", week, week) for week in weeks] + [("month", month, weeks_of(month)[-1]) for month in months]
    cells = []
    for period, start, last in spans:
        here = presence.on(last + WEEK - timedelta(days=1))
        for group, people in [(TOTAL, together(here.values())), *((g, here.get(g, NOBODY)) for g in groups)]:
            if people:
                cells.append(Cell.counting(group, start.isoformat(), people, series=period))
    for cell in publish(cells, k=k, hold_steps=False):
        start = date.fromisoformat(cell.period)
        if cell.shown:
            yield Released(
                "members_active", cell.series, cell.group, start, "shown", cell.value, None, None, cell.people_band[0]
            )
        else:
            yield Released("members_active", cell.series, cell.group, start, STATES[cell.reason])


def progress(done: int, counted: int, week: date, month: date) -> Iterator[Released]:
    """The share of the checklists' items that is done, in the phases that have begun."""
    for period, start in (("week", week), ("month", month)):
        if counted:
            above, below = Decimal(done), Decimal(counted)
            yield Released("phase_progress", period, TOTAL, start, "shown", ratio(above, below), above, below, None)
