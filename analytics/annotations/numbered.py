"""Notes as a page shows them: their numbers in the pictures, their words below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartNote
from core.kit.languages import localised
from core.kit.templatetags.ui import day


@dataclass(frozen=True)
class WrittenNote:
    """A note in all its languages, from the table or from a frozen report."""

    on: date
    is_week: bool
    texts: dict[str, str]

    @property
    def when(self) -> str:
        if not self.is_week:
            return day(self.on)
        return _("%(week)s, from %(day)s") % {"week": week_label(self.on), "day": day(self.on)}

    @property
    def words(self) -> str:
        return f"{localised(self.texts)} ({self.when})"

    @property
    def as_data(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "is_week": self.is_week, "text": self.texts}


def notes_then(rows: Iterable[dict[str, Any]]) -> list[WrittenNote]:
    """As a report keeps them."""
    return [WrittenNote(date.fromisoformat(row["on"]), row["is_week"], row["text"]) for row in rows]


def numbered(notes: Iterable[WrittenNote], charts: Sequence[Chart | None]) -> list[ChartNote]:
    """Those that fall on one of the charts, from one on: a number means the same in every picture of a page."""
    days = {span for chart in charts if chart for span in chart.days}
    shown = [note for note in notes if any(first <= note.on <= last for first, last in days)]
    return [ChartNote(number, note.on, note.words) for number, note in enumerate(shown, start=1)]
