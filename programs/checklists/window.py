"""Which stretch of time the timeline shows: a quarter, a year, three years, or everything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from core.kit.templatetags.ui import day as as_day

MONTHS = {"quarter": 3, "year": 12, "three": 36}
YEARS = range(2000, 2200)  # further away there is nothing to look at


@dataclass(frozen=True)
class Window:
    """From the first of a month to the last day of one; `name` is empty where everything is shown."""

    name: str = ""
    first: date = date.min
    last: date = date.max

    def holds(self, start: date, end: date | None = None) -> bool:
        """Whether any of it lies within."""
        return start <= self.last and (end or start) >= self.first

    @property
    def words(self) -> str:
        return _("%(first)s to %(last)s") % {"first": as_day(self.first, "long"), "last": as_day(self.last, "long")}


def window_of(asked: Mapping[str, str], today: date) -> Window:
    """As the address says it; nonsense shows everything, or the stretch that today is in."""
    name = asked.get("show", "")
    if name not in MONTHS:
        return Window()
    first = _month(asked.get("from", "")) or _month_away(today, -((today.month - 1) % 3))
    return Window(name, first, _month_away(first, MONTHS[name]) - timedelta(days=1))


def choices(window: Window, kept: Mapping[str, str]) -> list[dict[str, Any]]:
    """The links of the choice; `kept` stays in each address."""
    named = (("", _("Everything")), ("three", _("3 years")), ("year", _("Year")), ("quarter", _("Quarter")))
    return [
        {"label": label, "query": _query(kept, show=name), "is_current": name == window.name} for name, label in named
    ]


def neighbours(window: Window, kept: Mapping[str, str]) -> tuple[str, str]:
    """Where the stretch before and the one after are, as the rest of an address; nothing where everything is shown."""
    if not window.name:
        return "", ""
    months = MONTHS[window.name]
    starts = [_month_away(window.first, step) for step in (-months, months)]
    before, after = (
        _query(kept, show=window.name, **{"from": f"{start:%Y-%m}"}) if start.year in YEARS else "" for start in starts
    )
    return before, after


def _query(kept: Mapping[str, str], **asked: str) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in {**kept, **asked}.items() if value)


def _month(text: str) -> date | None:
    year, _dash, month = text.partition("-")
    is_one = len(text) == 7 and text.isascii() and year.isdigit() and month.isdigit()
    return date(int(year), int(month), 1) if is_one and int(year) in YEARS and 1 <= int(month) <= 12 else None


def _month_away(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
