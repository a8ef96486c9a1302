"""Twelve months of joining, leaving and withdrawing, beside a manager who controls four accounts.

She knows what her own accounts bring, decides when they are counted, and reads each month whatever is published: the
cells that pages, files, mails and reports of figures are made from, and nothing else. She takes each number, each
difference of two (between groups, and between the months in which she read the same week), and takes her own figures
off. Nobody's figure may be among what is left. Figures are large and random, so that none is met by chance.
"""

import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest

from analytics.channels.models import Account
from analytics.kpis import jobs
from analytics.kpis.models import Cell
from analytics.metrics.models import Metric
from core.disclosure import rules
from core.disclosure.publish import Publication
from core.people.models import User
from programs.consents.models import Action
from programs.membership.models import HISTORY
from tests.factories import kpis as make

START = date(2025, 11, 24)
WEEKS = [START + timedelta(weeks=number) for number in range(52)]
MONTHS = [START + timedelta(weeks=4 * number) for number in range(1, 14)]
OWN, ACCOUNTS = 500_000, 4
LATE = "Real 20"  # brings the figures of the first weeks months later
NEAR = 10  # small groups are said to the nearest five


class Year:
    """A program of two generations, and one hand in the second."""

    def __init__(self, world: Any, dice: random.Random) -> None:
        self.world, self.program, self.dice = world, world.program, dice
        self.secrets: dict[date, dict[int, int]] = defaultdict(dict)  # week -> person -> figure
        self.real: list[User] = []
        self.generations = [make.make_generation(self.program, number, START) for number in (1, 2)]
        for number in range(26):
            self.real.append(self.add(f"Real {number}", self.generations[number // 13], joined=START - HISTORY))
        self.own = [
            self.add(f"Own {n}", self.generations[1], joined=START - HISTORY, own=True) for n in range(ACCOUNTS)
        ]
        self.own_count = True
        self.read: dict[date, set[int]] = defaultdict(set)  # week -> every number she ever read of it

    def add(self, name: str, generation: Any, *, joined: date, own: bool = False) -> User:
        user = make.make_person(self.program, generation, name, joined_on=joined)
        weeks = [week for week in WEEKS if week >= joined]
        figures = {week: OWN if own else self.dice.randint(100_000, 1_000_000) for week in weeks}
        is_late = name == LATE
        make.make_figures(
            make.make_account(self.program, user),
            {w: {Metric.IMPRESSIONS: value} for w, value in figures.items() if not is_late or w >= WEEKS[8]},
        )
        if not own:
            for week, value in figures.items():
                self.secrets[week][user.pk] = value
        return user

    def happen(self, month: int) -> None:
        """One real person goes, comes, or brings late figures; her own accounts change in the same month."""
        if month in (0, 1, 3, 6):
            make.agree(self.program, self.real.pop(), Action.WITHDRAWN)
        elif month in (2, 5):
            joined = MONTHS[month] - timedelta(days=3)
            self.real.append(self.add(f"New {month}", self.generations[1], joined=joined))
        elif month == 4:
            account = Account.objects.get(program=self.program, user__name=LATE)
            figures = {week: self.secrets[week][account.user_id] for week in WEEKS[:8]}
            make.make_figures(account, {week: {Metric.IMPRESSIONS: value} for week, value in figures.items()})
        self.own_count = not self.own_count
        for user in self.own:
            make.agree(self.program, user, Action.GRANTED if self.own_count else Action.WITHDRAWN)

    def look(self) -> None:
        cells = Cell.objects.filter(program=self.program, series="people", state=Cell.State.SHOWN, period="week")
        for week, *values in cells.values_list("start_on", "value", "numerator", "denominator"):
            self.read[week] |= {int(value) for value in values if value is not None}

    def recovered(self) -> set[tuple[int, date]]:
        """Whose figure of which week she is left with."""
        found = set()
        for week, people in self.secrets.items():
            numbers = sorted(number for number in self.read[week] if number >= 50_000)
            left = [*numbers, *(after - before for before, after in combinations(numbers, 2))]
            for number in left:
                for taken in range(-ACCOUNTS, ACCOUNTS + 1):
                    rest = number - taken * OWN
                    found |= {(person, week) for person, value in people.items() if abs(rest - value) <= NEAR}
        return found


def a_year_of(world: Any, seed: int) -> set[tuple[int, date]]:
    for rows in (world.program.participants, world.program.generations, world.program.accounts):
        rows.all().delete()
    year = Year(world, random.Random(seed))
    for month, today in enumerate(MONTHS):
        jobs.publish(world.program, today)
        year.look()
        year.happen(month)
    assert sum(map(len, year.read.values())) > 100, "she has much to read"
    return year.recovered()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_nobodys_figure_is_recovered_in_a_year(world: Any, seed: int) -> None:
    assert a_year_of(world, seed) == set()


@pytest.mark.slow
def test_with_a_smaller_step_she_is_left_with_somebodys_figure(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: when k people who change are enough, four of them under one hand give away the fifth."""

    def differs(self: rules.Lines, cell: Any, earlier: Any) -> bool:
        return any(rules.changed_by_few(old.people, cell.people, k=self.k) for old in earlier)

    monkeypatch.setattr(rules.Lines, "_differs", differs)
    monkeypatch.setattr("core.disclosure.publish.enough", lambda k: k)  # nor does the audit ask for more
    assert a_year_of(world, 1) != set()


@pytest.mark.slow
def test_without_the_gate_she_is_left_with_more(world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every cell shown as it is, single people stand in the differences of many weeks."""

    class Open(Publication):
        def decide(self, also_hide: Any = (), **_: Any) -> Any:
            self.primary = {}
            self.lines, self.blocks = None, []
            return super().decide(())

    monkeypatch.setattr("analytics.kpis.publish.Publication", Open)
    assert len(a_year_of(world, 1)) > 8
