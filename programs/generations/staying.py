"""How many of a generation stay: counted once a month, drawn as one line per generation from its start.

The reader leads people and sees each of them by name on the page of the generation, with who is new and who is gone:
the line tells nothing that this page did not tell on the day. Nobody else reads it: even in steps of five, two points
in time and four accounts of one hand would tell of the fifth.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.disclosure import gate
from core.kit.charts import Chart, ChartCell, ChartKind, ChartSeries
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.templatetags.ui import people as in_words
from core.schedule.each import each
from programs.generations.models import Generation, Headcount, Participant
from programs.generations.models_moves import Move
from programs.membership.models import Program

MOST_LINES = 6  # generations in one picture, the latest ones
MoveMade = tuple[int, int, date, date, date | None]  # from, to, on; when the person joined and left


def _begun() -> QuerySet[Generation]:
    begun = Generation.objects.present().filter(program=Blank("program"), start_on__lte=Blank("today"))
    return begun.order_by("-number")[:MOST_LINES]


def _people() -> QuerySet[Participant, tuple[Any, ...]]:
    """A line for each move that was made of each; who was moved on is there for the generation they came from."""
    ours = OneOf("generation_id", "generations"), OneOf("moves__former", "generations")
    rows = Participant.objects.filter(Q(ours[0]) | Q(ours[1])).order_by()
    of_person = "pk", "generation", "state", "joined_on", "left_on"
    return rows.values_list(*of_person, "moves__former", "moves__generation", "moves__on", "moves__done_at")


BEGUN = Compiled(_begun)
COUNTED = Compiled(lambda: Headcount.objects.filter(OneOf("generation_id", "generations")))
PEOPLE = Compiled(_people)


@dataclass(frozen=True)
class MonthOfStaying:
    """A generation so many months after its start."""

    month: int
    joined: int
    there: int

    @property
    def share(self) -> int:
        """In percent; nobody yet is everybody."""
        return round(100 * self.there / self.joined) if self.joined else 100


def count_heads() -> None:
    """The first time a month that this runs; a second time in the month changes nothing."""
    today = timezone.localdate()
    begun = Generation.objects.present().filter(start_on__lte=today, closed_at=None, program__archived_at=None)
    due = begun.exclude(headcounts__month=today.replace(day=1))
    each("generations.count_heads", due.order_by("pk"), lambda row: count(row, today), key=lambda row: row.pk)


@transaction.atomic
def count(generation: Generation, today: date) -> None:
    before = generation.headcounts.last()
    joined, there = _now(generation, before)
    Headcount.objects.get_or_create(
        generation=generation,
        month=today.replace(day=1),
        defaults={"counted_on": today, "joined": joined, "there": there},
    )


def _now(generation: Generation, before: Headcount | None) -> tuple[int, int]:
    """Who joined since the last count comes on top of it: of who left long ago nothing is known any more."""
    people = generation.participants.all()
    there = people.present().count()
    new = people.filter(joined_on__gt=before.counted_on) if before else people
    moves = Move.objects.exclude(done_at=None).filter(Q(former=generation) | Q(generation=generation))
    made = moves.values_list("former", "generation", "on", "participant__joined_on", "participant__left_on")
    moved = _moved(made, {generation.pk: before})[generation.pk] if before else 0
    return max((before.joined if before else 0) + new.count() + moved, there), there


def _moved(moves: Iterable[MoveMade], last: Mapping[int, Headcount]) -> dict[int, int]:
    """How many more were moved into each generation than out of it since its last count. Who is moved has not left: it
    is as if they had joined there."""
    found: dict[int, int] = defaultdict(int)
    for former, goal, on, joined_on, left_on in moves:
        if left_on is not None and left_on < on:
            continue
        if former in last and joined_on <= last[former].counted_on < on:
            found[former] -= 1
        if goal in last and joined_on <= last[goal].counted_on < on:
            found[goal] += 1
    return found


def points(program: Program) -> dict[Generation, list[MonthOfStaying]]:
    """Of the latest generations that have begun, the latest first: month by month, and as it is today."""
    today = timezone.localdate()
    generations = {row.pk: row for row in BEGUN.rows(program=program.pk, today=today)}
    counted: dict[int, list[Headcount]] = defaultdict(list)
    for row in COUNTED.rows(generations=[*generations]):
        counted[row.generation_id].append(row)
    now = _as_of_today(generations, {pk: rows[-1] for pk, rows in counted.items()})
    found: dict[Generation, list[MonthOfStaying]] = {}
    for pk, generation in generations.items():
        by_month = {_months(generation.start_on, row.month): row for row in counted[pk]}
        line = {month: MonthOfStaying(month, row.joined, row.there) for month, row in sorted(by_month.items())}
        if generation.closed_at is None:
            month = _months(generation.start_on, today)
            line[month] = MonthOfStaying(month, *now[pk])
        found[generation] = list(line.values())
    return {generation: line for generation, line in found.items() if line and line[-1].joined}


def _as_of_today(generations: Collection[int], last: dict[int, Headcount]) -> dict[int, tuple[int, int]]:
    """As `_now`, of all of them in one query."""
    joined: dict[int, int] = {pk: row.joined for pk, row in last.items()}
    there: dict[int, int] = defaultdict(int)
    people, moves = set(), []
    for person, pk, state, joined_on, left_on, former, goal, on, done_at in PEOPLE.rows(generations=[*generations]):
        if done_at is not None:
            moves.append((former, goal, on, joined_on, left_on))
        if person in people or pk not in generations:
            continue
        people.add(person)
        there[pk] += state != "left"
        if pk not in last or joined_on > last[pk].counted_on:
            joined[pk] = joined.get(pk, 0) + 1
    for pk, moved in _moved(moves, last).items():
        joined[pk] += moved
    return {pk: (max(joined.get(pk, 0), there[pk]), there[pk]) for pk in generations}


def _months(start: date, day: date) -> int:
    """How many months lie between them; before the first of the next month it is the start itself."""
    return max(0, (day.year - start.year) * 12 + day.month - start.month)


def chart(program: Program) -> Chart | None:
    """Picture and table; nothing while nobody has joined."""
    lines = points(program)
    if not lines:
        return None
    longest = max(line[-1].month for line in lines.values())
    latest, line = next(iter(lines.items()))
    return Chart(
        id="staying",
        kind=ChartKind.LINES if longest else ChartKind.TABLE,
        sentence=_sentence(latest, line[-1]),
        what=_("Share of all who have joined so far who are still there, taking part or taking a break"),
        over=_("Months after the start"),
        labels=tuple(str(month) for month in range(longest + 1)),
        series=tuple(ChartSeries(each.name, _cells(line, longest)) for each, line in lines.items()),
        unit="%",
        shield=_("Only program managers read this: they see everybody by name in the generation."),
        source=_("Counted at the start of each month, and today"),
    )


def _sentence(generation: Generation, now: MonthOfStaying) -> str:
    there, joined = gate.named(now.there), gate.named(now.joined)
    text = ngettext(
        "%(generation)s: %(there)s of %(joined)s person who joined is still there.",
        "%(generation)s: %(there)s of %(joined)s people who joined are still there.",
        now.joined,
    )
    return text % {"generation": generation.name, "there": in_words(there), "joined": in_words(joined)}


def _cells(line: list[MonthOfStaying], longest: int) -> tuple[ChartCell, ...]:
    known = {point.month: point for point in line}
    return tuple(_cell(known.get(month)) for month in range(longest + 1))


def _cell(point: MonthOfStaying | None) -> ChartCell:
    """Before the first count, and after today, there is nothing to say."""
    if point is None:
        return ChartCell()
    said = {"there": in_words(gate.named(point.there)), "joined": in_words(gate.named(point.joined))}
    return ChartCell(point.share, _("%(there)s of %(joined)s") % said)
