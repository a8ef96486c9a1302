"""Twelve months of 120 people, read through the site's own addresses with every filter and period, and then worked out
by algebra: each number that was told is one line, each person's figure of a week one column.

Whose figure follows from all lines together? A manager's four accounts are known to her and count for nothing. A line
stands for what the site says it is made from; that this is true is tested too, with the figures themselves.
"""

import csv
import io
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from analytics.dashboards.equivalent import KEY
from analytics.kpis import cost_services
from analytics.kpis import jobs as kpis
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import FORMULAS
from analytics.kpis.marks import PACKED
from analytics.kpis.models import Cell
from analytics.kpis.weeks import monday_of
from analytics.metrics.models import Metric
from core.disclosure.publish import Publication
from core.people.models import User
from programs.charter.models import BudgetLine
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import services as generations
from programs.membership.models import HISTORY
from tests.databases import forget_cache
from tests.factories import kpis as make

SIZES, OWN, MONTHS = (44, 32, 26, 18), 4, 12  # her four are of the last
ALONE = (44, 32, 39, 5)  # or beside a single one
OWN_FIGURE, LOWEST, HIGHEST = 500_000, 100_000, 1_000_000
READERS = ("manager", "executive")
PERIODS = ("3", "6", "12")
COLUMNS = ("Figure", "Group", "Period", "From", "Number")
NEAR = 5  # small groups are said to the nearest five
PRIME = (1 << 61) - 1
#: Of figures that are plain sums a line is exact; counts of people and of their weeks are said in steps.
SUMMED = [
    kpi for kpi, formula in FORMULAS.items() if formula.above == formula.below == "sum" and not formula.tells_people
]
SAME_AS = {("engagement_rate", "below"): ("impressions", "above")}  # the same figure of the same person
Column = tuple[int, int, bytes]  # person, week and the mark of a figure
Line = frozenset[Column]
Quantity = tuple[str, str]


class Year:
    def __init__(self, world: Any, sizes: tuple[int, ...] = SIZES) -> None:
        for rows in (world.program.participants, world.program.generations, world.program.accounts):
            rows.all().delete()
        User.objects.filter(pk__in=[world.manager.pk, world.executive.pk]).update(language="en")
        self.world, self.program, self.dice = world, world.program, random.Random(5)
        self.start = monday_of(world.today)
        self.weeks = [self.start + timedelta(weeks=week) for week in range(-6, 4 * MONTHS + 2)]
        joined = self.weeks[0] - HISTORY
        self.figures: dict[tuple[int, int], int] = {}
        self.generations = [make.make_generation(self.program, number, joined) for number in range(1, len(sizes) + 1)]
        self.people: list[User] = []
        self.own: list[User] = []
        for generation, size in zip(self.generations, sizes, strict=True):
            for place in range(size):
                is_own = generation is self.generations[-1] and place < OWN
                person = self.add(f"G{generation.number} {place}", generation, joined=joined, is_own=is_own)
                (self.own if is_own else self.people).append(person)
        self.dice.shuffle(self.people)
        self.told: dict[Quantity, set[Line]] = defaultdict(set)
        self.wrong: list[tuple[str, Any]] = []
        self.said: set[tuple[str, int]] = set()  # month and impressions of everybody, whenever they were told
        self.made: Counter[str] = Counter()  # numbers made of told ones
        BudgetLine.objects.filter(program=self.program).update(actual=Decimal(1000))
        cost_services.set_equivalent(self.program, is_shown=True, per_thousand=Decimal(1000), by=world.manager)

    def add(self, name: str, generation: Any, *, joined: date, is_own: bool = False) -> User:
        person = make.make_person(self.program, generation, name, joined_on=joined)
        weeks = [week for week in self.weeks if week >= joined]
        seen = {week: OWN_FIGURE if is_own else self.dice.randint(LOWEST, HIGHEST) for week in weeks}
        self.figures |= {(person.pk, week.toordinal()): value for week, value in seen.items()}
        make.make_figures(
            make.make_account(self.program, person),
            {w: {Metric.IMPRESSIONS: value, Metric.ENGAGEMENTS: value // 40} for w, value in seen.items()},
        )
        return person

    def happen(self, month: int) -> None:
        """Somebody withdraws, somebody leaves or comes, and all she controls do as she likes."""
        consents.withdraw(self.program, [Purpose.GROUP_FIGURES], by=self.people.pop(), channel="settings")
        if month % 3 == 0:
            leaves = self.people.pop()
            generations.leave(leaves.participations.get(program=self.program), by=leaves)
        elif month % 3 == 1:
            joined = self.start + timedelta(weeks=4 * month - 2)
            self.people.insert(
                0, self.add(f"New {month}", self.generations[month % (len(self.generations) - 1)], joined=joined)
            )
        for place, person in enumerate(self.own):
            agrees = place < (month * 3) % (OWN + 1)
            decide = consents.grant if agrees else consents.withdraw
            decide(self.program, [Purpose.GROUP_FIGURES], by=person, channel="settings")

    def read(self) -> None:
        """Every cell that she and the executive are told, by whatever filter and period, and what it is made from."""
        names = {str(definition.name): code for code, definition in definitions().items()}
        groups = {generation.name: generation.pk for generation in self.generations}
        read: set[tuple[str, str, str, str, str]] = set()
        forget_cache()
        for reader in READERS:
            client = Client()
            client.force_login(getattr(self.world, reader))
            for months in PERIODS:
                for group in ("", *groups.values()):
                    at = reverse("analytics:dashboard_export", args=[self.program.slug])
                    answer = client.get(at, {"months": months, "generation": group})
                    assert answer.status_code == 200
                    for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))):
                        if row["Number"] and row["Group"] in ("all", *groups):
                            read.add(tuple(row[name] for name in COLUMNS))
        impressions = str(definitions()["impressions"].name)
        self.said |= {(row[3], int(float(row[4]))) for row in read if row[:3] == (impressions, "all", "Month")}
        self.made_of_told()
        for figure, group, period, start, told in read:
            if names[figure] in SUMMED:
                self.line(names[figure], groups.get(group), period.lower(), start, told)

    def made_of_told(self) -> None:
        """What costs and the advertising equivalent say beside the figures are sums of told months, and add no line."""
        client = Client()
        client.force_login(self.world.manager)
        rows = client.get(reverse("analytics:costs", args=[self.program.slug])).context["rows"]
        shown = Cell.objects.filter(
            program=self.program, kpi="impressions", series="people", generation=None, period="month", state="shown"
        )
        months = {(cell.start_on.isoformat(), int(cell.value or 0)) for cell in shown}
        for row in (row for row in rows if row.calculation):
            _money, impressions, _thousand = numbers_in(row.calculation)
            self.made["cost"] += 1
            if impressions != sum(value for _start, value in months) or not months <= self.said:
                self.wrong.append(("cost", row.calculation))
        page = client.get(reverse("analytics:kpi", args=[self.program.slug, KEY]))
        for month in (month for month in page.context["months"] if month.calculation):
            self.made["equivalent"] += 1
            if numbers_in(month.calculation)[0] not in {value for _start, value in self.said}:
                self.wrong.append(("equivalent", month.calculation))

    def line(self, kpi: str, generation: int | None, period: str, start: str, told: str) -> None:
        cell = Cell.objects.select_related("backing").get(
            program=self.program, kpi=kpi, series="people", generation=generation, period=period, start_on=start
        )
        atoms = list(PACKED.iter_unpack(bytes(cell.backing.atoms)))
        for place, side in enumerate(("above", "below") if FORMULAS[kpi].divides else ("above",), start=2):
            line = frozenset((atom[0], atom[1], atom[place]) for atom in atoms)
            self.told[SAME_AS.get((kpi, side), (kpi, side))].add(line)
        if kpi == "impressions":
            made = sum(self.figures[person, week] for person, week, *_ in atoms)
            if abs(made - int(float(told))) > NEAR:
                self.wrong.append((told, made))


def numbers_in(calculation: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?!\d)", calculation.replace(".00", ""))]


def recovered(lines: Iterable[Line], known: set[int]) -> set[int]:
    """The people of whom alone something follows, for a reader who knows the figures of `known`."""
    told = [frozenset(column for column in line if column[0] not in known) for line in lines]
    within: dict[Column, list[int]] = defaultdict(list)
    for number, line in enumerate(told):
        for column in line:
            within[column].append(number)
    circles: dict[tuple[int, ...], set[int]] = defaultdict(set)  # columns that stand in the same lines are one
    for column, numbers in within.items():
        circles[tuple(numbers)].add(column[0])
    rows: list[dict[int, int]] = [{} for _ in told]
    for place, numbers in enumerate(circles):
        for number in numbers:
            rows[number][place] = 1
    circle = list(circles.values())
    alone = {next(iter(people)) for people in circle if len(people) == 1}
    return {person for person in alone if _follows(rows, {n for n, people in enumerate(circle) if people == {person}})}


def _follows(rows: list[dict[int, int]], own: set[int]) -> bool:
    """Whether lines can be added and taken off each other until nothing but these columns is left."""
    pivots: dict[int, dict[int, int]] = {}
    for row in rows:
        left = dict(row)
        while others := left.keys() - own:
            column = min(others)
            pivot = pivots.get(column)
            if pivot is None:
                inverse = pow(left[column], -1, PRIME)
                pivots[column] = {place: value * inverse % PRIME for place, value in left.items()}
                break
            factor = left[column]
            for place, value in pivot.items():
                if rest := (left.get(place, 0) - factor * value) % PRIME:
                    left[place] = rest
                else:
                    left.pop(place, None)
        else:
            if left:
                return True
    return False


def a_year(world: Any, months: int = MONTHS, sizes: tuple[int, ...] = SIZES) -> tuple[Year, set[int]]:
    year = Year(world, sizes)
    for month in range(months):
        with time_machine.travel(year.start + timedelta(weeks=4 * month, days=-3), tick=False):
            year.happen(month)
        with time_machine.travel(year.start + timedelta(weeks=4 * month + 1), tick=False):
            kpis.publish(world.program, year.start + timedelta(weeks=4 * month + 1))
            year.read()
    own = {person.pk for person in year.own}
    return year, set().union(*(recovered(lines, own) for lines in year.told.values()))


@pytest.mark.slow
def test_none_of_120_people_follows_from_all_that_a_year_tells(world: Any, brief: None) -> None:
    year, found = a_year(world)
    assert sum(SIZES) == 120
    assert sum(map(len, year.told.values())) > 500, "she has much to read"
    assert year.made["cost"], "the sum since the first month"
    assert year.made["equivalent"] > 20
    assert year.wrong == [], "a line is made from what it says"
    assert found == set()


@pytest.mark.slow
def test_the_one_beside_her_four_does_not_follow(world: Any, brief: None) -> None:
    year, found = a_year(world, months=5, sizes=ALONE)
    assert sum(map(len, year.told.values())) > 50
    assert found == set()


@pytest.mark.slow
def test_where_five_are_enough_the_one_beside_her_four_follows(
    world: Any, brief: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was: k people, whoever they are."""
    for module in ("core.disclosure.rules", "core.disclosure.publish", "analytics.kpis.cohorts"):
        monkeypatch.setattr(f"{module}.enough", lambda k: k)
    monkeypatch.setattr("core.disclosure.rules.is_dominated", lambda volume, tops, **_: tops[0] * 2 > volume)
    _year, found = a_year(world, months=5, sizes=ALONE)
    assert len(found) == 1


@pytest.mark.slow
def test_with_every_cell_shown_people_follow(world: Any, brief: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Open(Publication):
        def decide(self, also_hide: Any = (), **_: Any) -> Any:
            self.primary = {}
            self.lines, self.blocks = None, []
            return super().decide(())

    monkeypatch.setattr("analytics.kpis.publish.Publication", Open)
    _year, found = a_year(world, months=4)
    assert len(found) >= 3
