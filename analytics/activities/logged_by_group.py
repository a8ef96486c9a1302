"""How many people of the group logged each kind and topic in the last twelve weeks, as far as it may be said.

Counted are people, never entries: one person with many would make a number of entries. As of a Monday, and anew only
when the number has moved by many, so that nobody reads one person's entry from two looks, with accounts of their own
neither (`standing.steadily`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from analytics.activities.models import Activity
from analytics.activities.queries import topics_of
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit import cldr
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import people as as_words
from programs.consents.models import Purpose
from programs.consents.queries import people_granting
from programs.membership.models import Program
from programs.membership.queries import long_in
from programs.membership.standing import Counts, HeadCount, beginning_of, last_monday, steadily

SPAN = timedelta(weeks=12)


@dataclass(frozen=True)
class GroupLog:
    """What the group did, as a chart of kinds and one of topics."""

    kinds: Chart
    topics: Chart | None
    is_told: bool  # at least one number may be said


def counts_of(program: Program) -> Counts:
    """By "kind:talk" and "topic:Research". Who agreed to group figures and has taken part for a while is counted."""
    monday = last_monday(program)
    return steadily(program, "activities", monday, lambda: _counted(program, monday))


def _counted(program: Program, monday: date) -> Mapping[str, HeadCount]:
    start = beginning_of(program, monday)
    circle = long_in(program, start) & people_granting(program, Purpose.GROUP_FIGURES)
    there = Q(deleted_at=None) | Q(deleted_at__gte=start)  # as it was then
    rows = Activity.objects.filter(there, program=program, on__gte=monday - SPAN, on__lt=monday, created_at__lt=start)
    done: set[tuple[int, str]] = set()
    for person, kind, topics in rows.filter(user__in=circle).values_list("user", "kind", "topics").iterator():
        done |= {(person, f"kind:{kind}"), *((person, f"topic:{word}") for word in topics)}
    found = Counter(what for _person, what in done)
    asked = [*(f"kind:{kind}" for kind in Activity.Kind.values), *(f"topic:{word}" for word in topics_of(program))]
    return {what: HeadCount(found[what], len(circle)) for what in asked}


def group_log(program: Program) -> GroupLog:
    counts = counts_of(program)
    kinds = [(str(capfirst(label)), counts.get(f"kind:{kind}")) for kind, label in Activity.Kind.choices]
    topics = [(word, counts.get(f"topic:{word}")) for word in topics_of(program)]
    return GroupLog(
        _chart("group-kinds", _("Kind"), kinds, program),
        _chart("group-topics", _("Topic"), topics, program) if topics else None,
        any(_tells(count, program) for _label, count in [*kinds, *topics]),
    )


def _chart(name: str, over: str, rows: list[tuple[str, People | None]], program: Program) -> Chart:
    # What most people logged comes last: a picture of bars brings out its last one.
    rows = sorted(rows, key=lambda row: row[1].low if row[1] and _tells(row[1], program) else 0)
    return Chart(
        id=name,
        kind=ChartKind.BARS if any(_tells(count, program) for _label, count in rows) else ChartKind.TABLE,
        size="s",
        things="equal",
        sentence=_finding(rows, program),
        what=_("People who logged it at least once in the last twelve weeks"),
        over=over,
        labels=tuple(label for label, _count in rows),
        series=series_of([_("People")], [[_cell(count, program)] for _label, count in rows]),
        source=_("What people log themselves, as of a Monday"),
        quality="self",
    )


def _tells(count: People | None, program: Program) -> bool:
    return count is not None and count.low >= gate.enough(program.group_minimum)


def _cell(count: People | None, program: Program) -> ChartCell:
    if count is None or not _tells(count, program):
        return ChartCell(hidden=True, reason=_("Too few people logged it, or too few did not."))
    return ChartCell(count.low, as_words(count), is_floor=True)


def _finding(rows: list[tuple[str, People | None]], program: Program) -> str:
    told = [(label, count) for label, count in rows if count is not None and _tells(count, program)]
    if not told:
        return _("Too few people logged any of this to say it without telling who.")
    label, count = told[-1]
    alike = [other for other, each in told if each.low == count.low]
    if len(alike) > 1:
        return _("%(what)s: %(people)s people each, as far as it can be said.") % {
            "what": cldr.listed(alike),
            "people": as_words(count),
        }
    return _("%(what)s: %(people)s people, more than anything else that can be said.") % {
        "what": label,
        "people": as_words(count),
    }
