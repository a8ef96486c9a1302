"""Publishing anew, publishing after a change, and working it out plainly come to the same cells."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from analytics.activities.models import Activity, SocialScore
from analytics.kpis import counted, jobs
from analytics.kpis.columns import Roll
from analytics.kpis.drafts import Drafts
from analytics.kpis.models import Backing, Cell
from analytics.kpis.weeks import month_of
from analytics.metrics.models import Grain, Metric, Post, Reading, WeekTotal
from core.disclosure.crowd import Crowd
from programs.consents.models import Action, Purpose
from programs.consents.queries import people_granting
from programs.generations.models import Generation, Participant, Span
from tests.analytics.kpis import plainly
from tests.factories import kpis as make

TODAY = date(2026, 11, 23)
WEEKS = 14


class Company:
    """A small program in which things happen at random."""

    def __init__(self, program: Any, seed: int) -> None:
        self.program, self.dice, self.today = program, random.Random(seed), TODAY
        self.weeks = make.mondays(TODAY, WEEKS)
        self.people: list[tuple[Any, Any]] = []
        for number in range(1, self.dice.randint(3, 5)):
            generation = make.make_generation(program, number, self.weeks[min(number - 1, 3)])
            for _ in range(self.dice.choice([3, 5, 6, 9, 12])):
                self.join(generation, generation.start_on)

    def join(self, generation: Generation, on: date) -> None:
        consents = self.dice.random() < 0.95
        user = make.make_person(
            self.program, generation, f"P {len(self.people)}", joined_on=on - timedelta(days=14), consent=consents
        )
        account = make.make_account(self.program, user)
        self.people.append((user, account))
        size = self.dice.choice([1, 1, 1, 1, 8])
        for week in self.weeks:
            if week >= on and self.dice.random() < 0.93:
                self.figures(account, week, size)
                self.work(user, week)
        if self.dice.random() < 0.95:
            self.followers(account, size)
        for month in sorted({month_of(week) for week in self.weeks}):
            if self.dice.random() < 0.9:
                parts = {part: self.dice.randint(0, 25) for part in SocialScore.PARTS}
                SocialScore.objects.create(program=self.program, user=user, month=month, **parts)
        if self.dice.random() < 0.5:
            make.make_post(account, self.dice.choice(self.weeks), impressions=400, dice=self.dice)

    def followers(self, account: Any, size: int) -> None:
        """What stands on a profile on some day; the weeks before are worked back from it."""
        day = self.dice.choice(self.weeks[-3:]) + timedelta(days=self.dice.randint(0, 6))
        known = {"metric": Metric.FOLLOWERS_TOTAL, "grain": Grain.DAY, "period_start": day, "run_id": 0}
        end, of = day + timedelta(days=1), {"program": self.program, "account": account}
        Reading.objects.create(
            value=size * self.dice.randint(80, 200), period_end=end, as_of=timezone.now(), **of, **known
        )

    def figures(self, account: Any, week: date, size: int) -> None:
        seen = size * self.dice.randint(80, 120)
        found = {Metric.IMPRESSIONS: seen, Metric.FOLLOWERS_NEW: self.dice.randint(0, 3)}
        if self.dice.random() < 0.5:
            found |= {
                Metric.REACTIONS: seen // 20,
                Metric.COMMENTS: seen // 40,
                Metric.REPOSTS: self.dice.choice([0, 1]),
            }
        elif self.dice.random() < 0.8:
            found[Metric.ENGAGEMENTS] = seen // 15
        make.make_figures(account, {week: found})

    def work(self, user: Any, week: date) -> None:
        for _ in range(self.dice.choice([0, 1, 1, 2])):
            Activity.objects.create(
                program=self.program,
                user=user,
                on=week + timedelta(days=self.dice.randint(0, 6)),
                kind=self.dice.choice(["post", "post", "comment", "talk", "request"]),
                topics=["Ovens"] if (len(self.people) + week.toordinal() // 7) % 3 else [],
                purpose=self.dice.choice(["value", "value", "promotional"]),
                label=self.dice.choice(["labelled", "not_needed", "open"]),
                minutes=self.dice.choice([10, 30]),
            )

    def happen(self) -> None:
        """Late figures of one or of many, somebody comes or goes or withdraws, a week ends, or nothing at all."""
        some = self.dice.sample(self.people, self.dice.choice([1, 1, 2, 6]))
        what = self.dice.choice(["late", "late", "log", "joins", "leaves", "withdraws", "week", "nothing"])
        if what == "late":
            week = self.dice.choice(self.weeks[-6:])
            for _, account in some:
                WeekTotal.objects.filter(account=account, week=week).update(value=self.dice.randint(1, 150))
        elif what == "log":
            for user, _ in some:
                self.work(user, self.dice.choice(self.weeks[-6:]))
        elif what == "joins":
            generation = self.program.generations.order_by("?").first()
            for _ in some:
                self.join(generation, self.dice.choice(self.weeks[-5:]))
        elif what == "leaves":
            for user, _ in some:
                Span.objects.filter(participant__user=user, end_on=None).update(end_on=self.weeks[-2])
        elif what == "withdraws":
            agreed = people_granting(self.program, Purpose.GROUP_FIGURES)
            for user in (user for user, _ in some if user.pk in agreed):
                make.agree(self.program, user, Action.WITHDRAWN)
        elif what == "week":
            self.today += timedelta(weeks=1)
            self.weeks = make.mondays(self.today, WEEKS)
            for _, account in self.people:
                self.figures(account, self.weeks[-1], 1)

    def correct(self) -> None:
        """What is put right afterwards, in figures, posts and the log."""
        rows: list[Any] = [
            WeekTotal.objects.filter(program=self.program),
            Reading.objects.filter(program=self.program, grain=Grain.LIFETIME, metric=Metric.COMMENTS),
            Post.objects.filter(program=self.program),
            Activity.objects.filter(program=self.program),
        ]
        one = self.dice.choice([each for some in rows for each in some])
        if isinstance(one, WeekTotal | Reading):
            one.value += self.dice.choice([-1, 1, 40])
        elif isinstance(one, Post):
            one.published_at += timedelta(weeks=self.dice.choice([-1, 1]))
        else:
            one.kind, one.purpose, one.minutes = "post", self.dice.choice(["value", "promotional"]), 45
        if isinstance(one, WeekTotal) or self.dice.random() < 0.7:
            one.save()
        else:
            one.delete()


@pytest.fixture
def calm(world: Any) -> Any:
    """The world's own people do not take part in the figures of these tests."""
    for rows in (Participant.objects, Generation.objects, world.program.accounts, world.other_program.accounts):
        rows.all().delete()
    return world


@pytest.mark.parametrize("seed", range(5))
def test_after_each_change_the_cells_are_what_working_them_out_plainly_gives(calm: Any, seed: int) -> None:
    company = Company(calm.program, seed)
    for _ in range(4):
        before, expected = plainly.stored(calm.program), plainly.cells_of(calm.program, company.today)
        jobs.publish(calm.program, company.today)
        now = plainly.stored(calm.program)
        for name, row in expected.items():
            assert now.get(name) == (before.get(name) if row == "stands" else row), name
        company.happen()


@pytest.mark.parametrize("seed", range(2))
def test_what_was_kept_of_a_month_makes_no_difference(calm: Any, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting only what changed comes to the same cells, with the same contributions behind them, as counting all."""
    company = Company(calm.program, 50 + seed)
    jobs.publish(calm.program, company.today)
    for _ in range(4):
        company.happen()
        company.correct()
        before = transaction.savepoint()
        jobs.publish(calm.program, company.today)
        found = plainly.stored(calm.program)
        transaction.savepoint_rollback(before)
        with monkeypatch.context() as patched:
            patched.setattr(counted, "_unpacked", lambda packed, mark: None)
            jobs.publish(calm.program, company.today)
        assert found == plainly.stored(calm.program)


def test_a_night_fetches_the_figures_of_its_month_alone(calm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    company = Company(calm.program, 1)
    jobs.publish(calm.program, company.today)
    asked: list[tuple[str, date]] = []
    fetch = counted.Fetched.fetch

    def noted(self: counted.Fetched, months: set[date]) -> None:
        asked.extend((self.gather.__name__, month) for month in months)
        fetch(self, months)

    monkeypatch.setattr(counted.Fetched, "fetch", noted)
    WeekTotal.objects.filter(program=calm.program, week=company.weeks[-1]).update(value=F("value") + 7)
    jobs.publish(calm.program, company.today)
    assert set(asked) == {("networks", month_of(company.weeks[-1]))}


def test_what_comes_and_goes_while_a_month_is_counted_is_not_kept(calm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that is applied during a publication and undone after it."""
    company = Company(calm.program, 1)
    rows, fetch = WeekTotal.objects.filter(program=calm.program), counted.Fetched.fetch

    def amid_an_import(self: counted.Fetched, months: set[date]) -> None:
        rows.update(value=F("value") + 7)
        fetch(self, months)

    before = transaction.savepoint()
    with monkeypatch.context() as patched:
        patched.setattr(counted.Fetched, "fetch", amid_an_import)
        jobs.publish(calm.program, company.today)
    transaction.savepoint_rollback(before)
    jobs.publish(calm.program, company.today)
    found = plainly.stored(calm.program)
    Cell.objects.filter(program=calm.program).delete()
    monkeypatch.setattr(counted, "_unpacked", lambda packed, mark: None)
    jobs.publish(calm.program, company.today)
    assert found == plainly.stored(calm.program)


def test_circles_are_told_apart_by_where_one_ends() -> None:
    """Three who are counted and of whom one takes part are not two of whom both do."""
    day = date(2026, 11, 2)
    marks = {
        Drafts({("1", day): circle}, {("1", day): here}, [], Roll(range(20)), b"key", k=5).told_apart(month_of(day))
        for circle, here in ((Crowd.of([0, 8, 16]), Crowd.of([0])), (Crowd.of([0, 8]), Crowd.of([0, 8])))
    }
    assert len(marks) == 2


@pytest.mark.parametrize("seed", range(3))
def test_only_what_changed_is_written(calm: Any, seed: int) -> None:
    """A cell nobody has seen yet comes out the same whether the program was published before or not."""
    company = Company(calm.program, seed)
    jobs.publish(calm.program, company.today)
    Cell.objects.filter(program=calm.program).update(published_at="2026-01-01T00:00Z")
    backings = dict(Backing.objects.values_list("pk", "digest"))
    company.work(company.people[0][0], company.weeks[-1])
    changed = jobs.publish(calm.program, company.today)
    assert (
        changed
        == Cell.objects.filter(program=calm.program, published_at__year__gt=2025)
        .exclude(published_at="2026-01-01T00:00Z")
        .count()
    )
    old_months = {pk for pk, start in Backing.objects.values_list("pk", "cell__start_on") if start < company.weeks[-6]}
    assert {pk: digest for pk, digest in Backing.objects.values_list("pk", "digest") if pk in old_months} == {
        pk: digest for pk, digest in backings.items() if pk in old_months
    }
