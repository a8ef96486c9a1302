"""Small facts of a day in words: greetings, when something is due, tiles of dates, the strip of phases."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.templatetags.ui import day as as_day
from core.people.models import User
from programs.checklists.models import Item
from programs.checklists.picture import PhaseOnStrip, phase_strip
from programs.membership.models import Program

NOON, EVENING = 11, 18
SOON = 7
LONG_TITLE = 16


def greeting(user: User, now: datetime) -> str:
    """Without a name it ends before the comma."""
    if now.hour < NOON:
        words = _("Good morning, %(name)s")
    else:
        words = _("Hello, %(name)s") if now.hour < EVENING else _("Good evening, %(name)s")
    return (words % {"name": user.first_name}).removesuffix(", ")


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
    return formats.date_format(day, "l") if abs((day - today).days) < SOON else as_day(day)


def todo_row(item: Item, program: Program, today: date) -> dict[str, Any]:
    """A checklist item as a line of the start page."""
    words, state = due_words(item.due_on, today)
    return {
        "title": item.title,
        "url": reverse("programs:phase_detail", args=[program.slug, item.phase_id]) + f"#item-{item.pk}",
        "meta": _("%(phase)s checklist") % {"phase": item.phase.title},
        "due": words,
        "state": state,
        "tick_url": reverse("programs:item_tick", args=[program.slug, item.pk]),
        "action_label": _("Open"),
    }


def strip(program: Program, today: date) -> list[PhaseOnStrip]:
    """The phases as a strip, with names that fit. One query."""
    return [replace(phase, name=_first_words(phase.name)) for phase in phase_strip(program, today)]


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
    if count == 1:
        return _("One thing needs you this week, and it is overdue.")
    rest = ngettext("one of them is overdue", "%(count)s of them are overdue", late) % {"count": late}
    return _("%(what)s, %(late)s.") % {"what": first, "late": rest}
