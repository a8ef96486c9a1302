"""What is usual for a person: the own last weeks, their middle and the range in which half of them lie.

Weeks are compared with the weeks before them and with nobody else's. The running week, and a week that a file covers
only in part, are never compared.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.kpis.contributions import common_formula
from analytics.kpis.weeks import monday_of
from analytics.metrics.models import Metric, Segment, WeekTotal
from analytics.metrics.posts_shown import watched_minutes
from analytics.metrics.words import week_label
from core.kit.compiled import Blank, Compiled
from core.kit.templatetags.ui import number
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FEWEST = 6  # weeks before; with fewer there is no usual
LONGEST = 12
NEWEST = 4  # weeks that are held against those before
SHOWN = 14  # weeks of the table
Weeks = Mapping[date, Mapping[int, int]]


@dataclass(frozen=True)
class Usual:
    """The middle of some weeks, and between what half of them lie."""

    low: int
    middle: int
    high: int
    count: int

    @property
    def band(self) -> str:
        return _("%(low)s to %(high)s") % {"low": number(self.low), "high": number(self.high)}

    def place_of(self, value: int) -> int:
        """Below (-1), within (0) or above (1) what is usual."""
        return (value > self.high) - (value < self.low)


def usual_of(values: Sequence[int], *, fewest: int = FEWEST) -> Usual | None:
    """Nothing where they are too few to tell."""
    if len(values) < fewest:
        return None
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return Usual(round(low), round(middle), round(high), len(values))


def before_last(values: Sequence[int]) -> Usual | None:
    """Of the weeks before the newest one: a week is not compared with itself."""
    return usual_of(values[:-1][-LONGEST:])


def said_week(count: int, usual: Usual) -> SafeString:
    """The newest whole week against those before."""
    way = usual.place_of(count)
    if way < 0:
        text = ngettext(
            "Your posts were seen <em>{count} time</em> in the last whole week, less than usual for you.",
            "Your posts were seen <em>{count} times</em> in the last whole week, less than usual for you.",
            count,
        )
    elif way > 0:
        text = ngettext(
            "Your posts were seen <em>{count} time</em> in the last whole week, more than usual for you.",
            "Your posts were seen <em>{count} times</em> in the last whole week, more than usual for you.",
            count,
        )
    else:
        text = ngettext(
            "Your posts were seen <em>{count} time</em> in the last whole week, as usual for you.",
            "Your posts were seen <em>{count} times</em> in the last whole week, as usual for you.",
            count,
        )
    return format_html(text, count=number(count))


def said_band(usual: Usual) -> str:
    return _("Impressions per week. Half of the %(count)s weeks before had %(band)s.") % {
        "count": usual.count,
        "band": usual.band,
    }


@dataclass(frozen=True)
class AgainstMonths:
    """A figure of the last four weeks beside the months before, both per week; without a range there are too few."""

    label: str
    now: str
    before: str
    band: str


def against_months(weeks: Weeks) -> list[AgainstMonths]:
    """The person's last whole weeks beside the own months before; no arrow, and nobody else."""
    rows = []
    for label, figure in _figures():
        values = [value for sums in weeks.values() if (value := figure(sums)) is not None]
        if len(values) < NEWEST:
            continue
        usual = usual_of(values[:-NEWEST][-LONGEST:])
        rows.append(
            AgainstMonths(
                label,
                number(round(median(values[-NEWEST:]))),
                number(usual.middle) if usual else "",
                usual.band if usual else "",
            )
        )
    return rows


def _figures() -> list[tuple[str, Callable[[Mapping[int, int]], int | None]]]:
    def of(metric: int) -> Callable[[Mapping[int, int]], int | None]:
        return lambda sums: sums.get(metric)

    return [
        (_("Impressions"), of(Metric.IMPRESSIONS)),
        (_("Interactions"), lambda sums: common_formula(dict(sums))),
        (_("Saves"), of(Metric.SAVES)),
        (_("Sends"), of(Metric.SENDS)),
        (_("Video views"), of(Metric.VIDEO_VIEWS)),
        (_("Watch time (minutes)"), lambda sums: watched_minutes(sums.get(Metric.WATCH_SECONDS))),
        (_("New followers"), of(Metric.FOLLOWERS_NEW)),
    ]


@dataclass(frozen=True)
class WeekRow:
    """A week of the table: what each figure was, the running week marked."""

    label: str
    monday: date
    figures: list[int | None]
    note: str = ""


def week_rows(weeks: Weeks, running: "Running | None") -> tuple[list[str], list[WeekRow]]:
    """The columns that say anything, and the weeks, the newest first."""
    told = [*weeks.values(), *([running.sums] if running else [])]
    shown = [(label, figure) for label, figure in _figures() if any(figure(sums) is not None for sums in told)]
    rows = [WeekRow(week_label(week), week, [figure(sums) for _label, figure in shown]) for week, sums in weeks.items()]
    if running:
        figures = [figure(running.sums) for _label, figure in shown]
        rows.append(WeekRow(week_label(running.monday), running.monday, figures, running.note))
    return [label for label, _figure in shown], rows[::-1][:SHOWN]


@dataclass(frozen=True)
class Running:
    """The week that is not over yet, as far as its days are known."""

    monday: date
    sums: dict[int, int]
    days: int

    @property
    def note(self) -> str:
        return ngettext("running, %(count)s day so far", "running, %(count)s days so far", self.days) % {
            "count": self.days
        }


def running_week(user: "User", program: Program) -> Running | None:
    """What is known of this week. One query."""
    monday = monday_of(timezone.localdate())
    sums: dict[int, int] = {}
    days = 0
    for metric, value, told in _RUNNING.rows(person=user.pk, program=program.pk, week=monday):
        sums[metric] = sums.get(metric, 0) + value
        days = max(days, told)
    return Running(monday, sums, days) if sums else None


def _rows_of_week() -> Any:
    person, program = Blank("person"), Blank("program")
    return WeekTotal.objects.filter(
        is_at_work(person, program, Purpose.OWN_FIGURES),
        program=program,
        account__user=person,
        segment=Segment.ALL,
        week=Blank("week"),
    ).values_list("metric", "value", "days")


_RUNNING = Compiled(_rows_of_week)
