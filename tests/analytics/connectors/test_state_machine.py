"""Files and looks at one account in any order: the same, overlapping, shuffled, side by side, killed, applied together,
discarded, taken back. After each step the store has the checksum of a model that is a list and a loop.

The files go the whole way (upload, the process that reads, preview, press, worker), the looks ask a server on the
loopback that also refuses, repeats itself and says nothing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from analytics.connectors import jobs as looks
from analytics.connectors.models import Connection, Look, Server
from analytics.imports import jobs, services, tasks, turns
from analytics.imports.access import OWN
from analytics.imports.models import ImportRun, RunState
from analytics.metrics import meeting
from analytics.metrics import services as metrics
from analytics.metrics.models import ADDITIVE, Grain, Metric, Reading, WeekTotal
from tests.analytics.connectors.networks import HOST, JSON, NOW, Mastodon, status
from tests.at_once import beside
from tests.core.kit.outside import says

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
COUNTED = {"reactions": "favourites_count", "reposts": "reblogs_count", "comments": "replies_count"}
FIRST = date(2026, 11, 14)  # a Saturday: the days of a file lie in two weeks
NUMBERS = st.integers(0, 99)
Key = tuple[str, str, str]  # post, metric, day ("" of a figure since publication)
ROW = st.tuples(
    st.integers(0, 3), st.sampled_from(["", "", "1001"]), st.sampled_from(["impressions", "followers_total", "clicks"])
)
FILE = st.dictionaries(ROW, st.integers(0, 3), min_size=1, max_size=6)
TROUBLES = (says(b"{}", 500, JSON), says(b"{}", 429, JSON), says(b"[]", 200, JSON), says(b'{"id', 200, JSON))


class Killed(BaseException):
    """What a worker's end looks like from inside."""


def die(*_any: Any) -> Any:
    raise Killed


@dataclass
class Sent:
    """A file as the model knows it."""

    number: int
    content: bytes
    said: dict[Key, int]
    last: date
    at: datetime
    state: str = RunState.PREVIEW

    @property
    def as_of(self) -> datetime:
        return min(datetime.combine(self.last + timedelta(days=1), time(), UTC), self.at)


@dataclass
class Looked:
    number: int
    said: dict[Key, int]
    as_of: datetime


@dataclass
class Plain:
    """What all of it says together: the newest counts, of two that are as old the one with the higher number."""

    sent: list[Sent] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)

    def store(self) -> dict[Key, int]:
        applied = [each for each in self.sent if each.state == RunState.APPLIED]
        found: dict[Key, int] = {}
        for each in sorted([*applied, *self.looked], key=lambda each: (each.as_of, each.number)):
            found |= each.said
        return found

    def lines(self) -> list[str]:
        store = self.store()
        found = [f"{post} {metric} {day} {value}" for (post, metric, day), value in store.items()]
        weeks: dict[tuple[str, date], list[int]] = {}
        for (post, metric, day), value in store.items():
            if not post and day and Metric[metric.upper()] in ADDITIVE:
                on = date.fromisoformat(day)
                weeks.setdefault((metric, on - timedelta(days=on.weekday())), []).append(value)
        found += [f"week {metric} {week} {sum(values)} {len(values)}" for (metric, week), values in weeks.items()]
        return sorted(found)


def checksum(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


class FiguresMachine(RuleBasedStateMachine):
    world: Any
    outside: Mastodon
    patch: Any

    def __init__(self) -> None:
        super().__init__()
        self.plain = Plain()
        self.connection = self.world.connection
        self.account = self.connection.account
        metrics.forget_account(self.account)
        for model in (ImportRun, Look, Server):
            model.objects.all().delete()
        self.outside.clock.move_to(NOW)
        self.outside.account["followers_count"], self.outside.statuses, self.outside.trouble = 300, [], None
        Connection.objects.filter(pk=self.connection.pk).update(
            setbacks=0, stopped_for="", older_from="", attempts=0, lease_until=None, fetched_at=None
        )

    # --- files ------------------------------------------------------------------------------------------------------

    @rule(told=FILE, is_backwards=st.booleans())
    def a_file_is_sent(self, told: dict[Any, int], is_backwards: bool) -> None:
        lines, said = [], {}
        for (on, post, metric), value in sorted(told.items(), reverse=is_backwards):
            day = FIRST + timedelta(days=on)
            address = f"https://{HOST}/@ines/{post}" if post else ""
            lines.append(f"{day},mastodon,{address},{metric},{value}")
            said[post, metric, str(day)] = value
        content = "\n".join(["date,account,post_url,metric,value", *lines]).encode()
        self._send(content, said, max(FIRST + timedelta(days=on) for on, *_ in told))

    @precondition(lambda self: self.plain.sent)
    @rule(which=NUMBERS)
    def the_same_is_sent_again(self, which: int) -> None:
        before = self.plain.sent[which % len(self.plain.sent)]
        self._send(before.content, before.said, before.last)

    def _send(self, content: bytes, said: dict[Key, int], last: date) -> None:
        self.outside.clock.shift(timedelta(seconds=1))
        file = SimpleUploadedFile("figures.csv", content)
        run = services.start_import(self.world.program, file, by=self.world.influencer, whose=OWN)
        twins = [each for each in self.plain.sent if each.content == content]
        if any(each.state == RunState.PREVIEW for each in twins):
            assert run.pk in {each.number for each in twins}
            return
        jobs.read(run.pk)
        run.refresh_from_db()
        assert run.account_id == self.account.pk
        stands = any(each.state == RunState.APPLIED for each in twins)
        assert run.state == (RunState.DISCARDED if stands else RunState.PREVIEW), run.message
        self.plain.sent.append(Sent(run.pk, content, said, last, run.created_at, run.state))

    @precondition(lambda self: self._in(RunState.PREVIEW))
    @rule(which=NUMBERS, is_killed=st.booleans())
    def one_is_applied(self, which: int, is_killed: bool) -> None:
        sent = self._one(RunState.PREVIEW, which)
        run = services.apply_run(self._run(sent), by=self.world.influencer)
        if is_killed:
            self._killed(lambda: jobs.apply(run.pk), metrics.comparison, "next_edition")
            self._sees_the_model()
        self._work()
        sent.state = RunState.APPLIED

    @precondition(lambda self: len(self._in(RunState.PREVIEW)) > 1)
    @rule(is_killed=st.booleans(), side_by_side=st.booleans())
    def all_are_applied_with_one_press(self, is_killed: bool, side_by_side: bool) -> None:
        waiting = self._in(RunState.PREVIEW)
        services.apply_runs([self._run(sent) for sent in waiting], by=self.world.influencer)
        if is_killed:  # between two of them
            jobs.apply(waiting[0].number)
            tasks.sweep()
        self._work(side_by_side)
        for sent in waiting:
            sent.state = RunState.APPLIED

    @precondition(lambda self: self._in(RunState.APPLIED))
    @rule(which=NUMBERS, is_killed=st.booleans())
    def one_is_taken_back(self, which: int, is_killed: bool) -> None:
        sent = self._one(RunState.APPLIED, which)
        run = services.undo_run(self._run(sent), by=self.world.influencer)
        if is_killed:
            self._killed(lambda: jobs.undo(run.pk), metrics.comparison, "next_edition")
            self._sees_the_model()
        self._work()
        sent.state = RunState.UNDONE

    @precondition(lambda self: len(self._in(RunState.APPLIED)) > 1)
    @rule()
    def all_are_taken_back_with_one_press(self) -> None:
        applied = self._in(RunState.APPLIED)
        services.undo_runs([self._run(sent) for sent in applied], by=self.world.influencer)
        self._work()
        for sent in applied:
            sent.state = RunState.UNDONE

    @precondition(lambda self: self._in(RunState.PREVIEW))
    @rule(which=NUMBERS)
    def one_is_thrown_away(self, which: int) -> None:
        sent = self._one(RunState.PREVIEW, which)
        services.discard_run(self._run(sent), by=self.world.influencer)
        sent.state = RunState.DISCARDED

    # --- looks ------------------------------------------------------------------------------------------------------

    @rule(followers=st.integers(300, 303), likes=st.lists(st.integers(0, 2), max_size=3))
    def the_network_moves_on(self, followers: int, likes: list[int]) -> None:
        self.outside.account["followers_count"] = followers
        self.outside.statuses = [status(1001 + n, likes=each, days_ago=9) for n, each in enumerate(likes)][::-1]

    @rule(is_killed=st.booleans())
    def a_night_comes(self, is_killed: bool) -> None:
        self._make_due(hours=20)
        if is_killed:
            self._killed(self._look, looks, "next_look")
            self._make_due()
        self._look()
        self._note_the_look()

    @precondition(lambda self: self._in(RunState.PREVIEW))
    @rule(which=NUMBERS)
    def a_night_comes_while_one_is_applied(self, which: int) -> None:
        sent = self._one(RunState.PREVIEW, which)
        run = services.apply_run(self._run(sent), by=self.world.influencer)
        self._make_due(hours=20)
        beside(self._look, lambda: jobs.apply(run.pk))
        self._work()
        sent.state = RunState.APPLIED
        self._note_the_look()

    @rule()
    def two_look_at_the_same_moment(self) -> None:
        self._make_due(hours=20)
        before = Look.objects.filter(code="").count()
        beside(self._look, self._look)
        assert Look.objects.filter(code="").count() == before + 1
        self._note_the_look()

    @rule(which=st.sampled_from(range(len(TROUBLES))))
    def the_network_has_a_bad_night(self, which: int) -> None:
        self._make_due(hours=20)
        self.outside.trouble = TROUBLES[which]
        self._look()
        self.outside.trouble = None
        assert Look.objects.latest("pk").code

    def _look(self) -> None:
        looks.look(self.connection.pk, **self.outside.outside.wiring)

    def _make_due(self, hours: int = 0) -> None:
        self.outside.clock.shift(timedelta(hours=hours, minutes=1))
        Server.objects.all().delete()
        due = Connection.objects.filter(pk=self.connection.pk)
        due.update(due_at=timezone.now(), lease_until=None, stopped_for="")

    def _note_the_look(self) -> None:
        """Followers of the day are always said; of a post only what differs from what stands."""
        row = Look.objects.filter(code="").latest("pk")
        stands = self.plain.store()
        said = {("", "followers_total", str(timezone.localdate())): self.outside.account["followers_count"]}
        for each in self.outside.statuses:
            for metric, count in (
                ("reactions", "favourites_count"),
                ("reposts", "reblogs_count"),
                ("comments", "replies_count"),
            ):
                if stands.get((each["id"], metric, "")) != each[count]:
                    said[each["id"], metric, ""] = each[count]
        self.plain.looked.append(Looked(-row.pk, said, row.at))

    # --- both -------------------------------------------------------------------------------------------------------

    @invariant()
    def _sees_the_model(self) -> None:
        mine: dict[str, Any] = {"account": self.account.pk}
        found = []
        for row in Reading.objects.filter(**mine).select_related("post"):
            day = row.period_start.isoformat() if row.grain == Grain.DAY else ""
            post = row.post.url.rpartition("/")[2] if row.post else ""
            found.append(f"{post} {Metric(row.metric).name.lower()} {day} {row.value}")
        for week in WeekTotal.objects.filter(**mine):
            found.append(f"week {Metric(week.metric).name.lower()} {week.week} {week.value} {week.days}")
        plain = self.plain.lines()
        assert checksum(sorted(found)) == checksum(plain), (sorted(found), plain)

    def _work(self, side_by_side: bool = False) -> None:
        """Workers, until nothing is left to do."""
        for _round in range(60):
            todo = ImportRun.objects.filter(state__in=(RunState.APPLYING, RunState.UNDOING)).first()
            if todo is None:
                assert turns.accounts_in_line() == []
                return
            work = partial(tasks.apply if todo.state == RunState.APPLYING else tasks.undo, todo.pk)
            beside(*[work] * (2 if side_by_side else 1))
        raise AssertionError("it never ends")

    def _killed(self, work: Callable[[], object], module: Any, name: str) -> None:
        with self.patch.context() as patch:
            patch.setattr(module, name, die)
            with pytest.raises(Killed):
                work()

    def _in(self, state: str) -> list[Sent]:
        return [each for each in self.plain.sent if each.state == state]

    def _one(self, state: str, which: int) -> Sent:
        found = self._in(state)
        return found[which % len(found)]

    @staticmethod
    def _run(sent: Sent) -> ImportRun:
        return ImportRun.objects.get(pk=sent.number)


def test_no_order_of_files_and_looks_changes_the_store(
    world: Any, network: Mastodon, monkeypatch: Any, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(meeting, "FEW", 2)  # also files of some lines keep what their preview found
    Connection.objects.exclude(pk=world.connection.pk).update(due_at=None)
    FiguresMachine.world, FiguresMachine.outside, FiguresMachine.patch = world, network, monkeypatch
    run_state_machine_as_test(FiguresMachine, settings=HOW)


HOW = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # what failed is printed as it was: making it shorter takes minutes
    suppress_health_check=list(HealthCheck),
)
