"""Small facts of a day in words: greetings, when something is due, tiles of dates, the strip of phases."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from influencer.people.models import User
from programs.checklists.models import Item
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase, PhaseState

NOON, EVENING = 11, 18
SOON = 7
LONG_TITLE = 16


def greeting(user: User, now: datetime) -> str:
    if now.hour < NOON:
        return _("Good morning, %(name)s") % {"name": user.first_name}
    if now.hour < EVENING:
        return _("Hello, %(name)s") % {"name": user.first_name}
    return _("Good evening, %(name)s") % {"name": user.first_name}


def due_words(due_on: date | None, today: date) -> tuple[str, str]:
    """How a due date is said, and its state: late is said of things, never of people."""
    if due_on is None:
        return "", ""
    if due_on < today:
        return _("due since %(day)s") % {"day": _short(due_on, today)}, "late"
    if due_on == today:
        return _("due today"), "now"
    if due_on == today + timedelta(days=1):
        return _("due tomorrow"), ""
    return _("due %(day)s") % {"day": _short(due_on, today)}, ""


def _short(day: date, today: date) -> str:
    return formats.date_format(day, "l" if abs((day - today).days) < SOON else "SHORT_DATE_FORMAT")


def todo_row(item: Item, program: Program, today: date) -> dict[str, Any]:
    """A checklist item as a line of the start page."""
    words, state = due_words(item.due_on, today)
    return {
        "title": item.title,
        "url": reverse("programs:phase_detail", args=[program.slug, item.phase_id]) + f"#item-{item.pk}",
        "meta": _("Checklist %(phase)s") % {"phase": item.phase.title},
        "due": words,
        "state": state,
        "tick_url": reverse("programs:item_tick", args=[program.slug, item.pk]),
        "action_label": _("Open"),
    }


def date_tile(mark: Milestone, program: Program, today: date) -> dict[str, Any]:
    """A date of the program as a tile."""
    near = abs((mark.on - today).days) < SOON
    below = _("today") if mark.on == today else formats.date_format(mark.on, "D" if near else "M")
    time = formats.time_format(mark.at, "TIME_FORMAT") if mark.at else ""
    return {
        "day": mark.on.day,
        "below": below,
        "title": mark.title,
        "meta": ", ".join(part for part in (time, mark.place) if part) or mark.get_kind_display().capitalize(),
        "now": mark.on == today,
        "datetime": mark.on.isoformat(),
        "url": "",
    }


def strip(phases: list[Phase], program: Program, today: date) -> list[dict[str, Any]]:
    """The phases as a strip; today stands in the first active one."""
    active = next((phase for phase in phases if phase.state == PhaseState.ACTIVE), None)
    rows = []
    for number, phase in enumerate(phases, start=1):
        state = {PhaseState.FINISHED: "past", PhaseState.SKIPPED: "past", PhaseState.ACTIVE: "current"}
        days = max((phase.end_on - phase.start_on).days, 1)
        rows.append(
            {
                "number": number,
                "name": _first_words(phase.title),
                "when": formats.date_format(phase.start_on, "M Y"),
                "done": phase.done,  # type: ignore[attr-defined]  # annotated by phases_with_progress
                "total": phase.total,  # type: ignore[attr-defined]
                "state": state.get(phase.state, "next"),  # type: ignore[call-overload]  # keys are the enum's values
                "today_percent": min(100, 100 * (today - phase.start_on).days // days) if phase is active else None,
                "url": reverse("programs:phase_detail", args=[program.slug, phase.pk]),
            }
        )
    return rows


def _first_words(title: str) -> str:
    """A strip is narrow: "Expansion and development" is the expansion here."""
    return re.split(r"\s+(?:und|and)\s+", title)[0] if len(title) > LONG_TITLE else title


def todo_sentence(count: int, late: int) -> str:
    """What today looks like, in one sentence."""
    if not count:
        return _("Nothing is waiting for you this week.")
    first = ngettext("One thing needs you this week", "%(count)s things need you this week", count) % {"count": count}
    if not late:
        return _("%(what)s, none of them late.") % {"what": first}
    rest = ngettext("one of them is overdue", "%(count)s of them are overdue", late) % {"count": late}
    return _("%(what)s, %(late)s.") % {"what": first, "late": rest}
