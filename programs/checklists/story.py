"""What the program's pages say in words: where it stands, what comes next, what was done last."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.kit import cldr
from core.kit.templatetags.ui import clock
from core.kit.templatetags.ui import day as as_day
from programs.checklists.models import Item, ItemState
from programs.phases.models import Milestone, Phase, PhaseState

LAST = 4


def phases_in_focus(phases: list[Phase]) -> list[Phase]:
    """What is running; before the start the first planned phase; after the end the last one."""
    running = [phase for phase in phases if phase.state == PhaseState.ACTIVE]
    planned = [phase for phase in phases if phase.state == PhaseState.PLANNED]
    return running or planned[:1] or phases[-1:]


def phase_for_new_items(phases: list[Phase], asked: Mapping[str, Any]) -> int | None:
    """The one the list is filtered by, else what is running."""
    pks = [phase.pk for phase in phases if str(phase.pk) == asked.get("phase")]
    return next(iter(pks or [phase.pk for phase in phases_in_focus(phases)]), None)


def lead(phases: list[Phase], milestones: list[Milestone], *, on: date) -> str:
    """Whole sentences: what is running, what comes next."""
    return " ".join(sentence for sentence in (_where(phases, on), _next_date(milestones, on)) if sentence)


def _where(phases: list[Phase], on: date) -> str:
    running = [phase for phase in phases if phase.state == PhaseState.ACTIVE]
    planned = [phase for phase in phases if phase.state == PhaseState.PLANNED]
    if len(running) == 1:
        phase = running[0]
        words = {"number": phase.position, "total": len(phases), "phase": phase.title}
        if phase.is_late(on=on):
            return _("Phase %(number)s of %(total)s is running past its planned end: %(phase)s.") % words
        return _("Phase %(number)s of %(total)s is running: %(phase)s.") % words
    if running:
        names = ", ".join(phase.title for phase in running)
        return _("%(count)s phases are running: %(phases)s.") % {"count": len(running), "phases": names}
    if planned:
        words = {"phase": planned[0].title, "day": as_day(planned[0].start_on, "long")}
        return _("No phase is running at the moment. The next one is “%(phase)s”, planned from %(day)s.") % words
    return _("Every phase is finished.") if phases else _("This program has no phases yet.")


def _next_date(milestones: list[Milestone], on: date) -> str:
    coming = next((row for row in milestones if row.on >= on), None)
    if coming is None:
        return ""
    return _("The next date is “%(title)s” on %(day)s.") % {"title": coming.title, "day": as_day(coming.on, "long")}


def tiles(milestones: Iterable[Milestone], *, on: date, pages: Mapping[int, str]) -> list[dict[str, Any]]:
    """Dates as `_dates.html` shows them, with the page of an event, or else the key for the link to edit."""
    return [
        {
            "pk": row.pk,
            "url": pages.get(row.pk, ""),
            "day": row.on.day,
            "below": cldr.month_short(row.on) + (f" {row.on:%y}" if row.on.year != on.year else ""),
            "title": row.title,
            "meta": ", ".join(part for part in (capfirst(row.get_kind_display()), _clock(row), row.place) if part),
            "now": row.on == on,
            "datetime": row.on.isoformat(),
        }
        for row in milestones
    ]


def last_closed(items: Iterable[Item]) -> list[Item]:
    """What was done, the newest first; what did not apply is in the list with its reason."""
    closed = [item for item in items if item.closed_at and item.closed_by and item.state == ItemState.DONE]
    return sorted(closed, key=lambda item: item.closed_at, reverse=True)[:LAST]  # type: ignore[arg-type, return-value]


def _clock(row: Milestone) -> str:
    return clock(datetime.combine(row.on, row.at)) if row.at else ""
