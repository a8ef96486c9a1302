"""Files and looks at one account: the same, overlapping, shuffled, at once, killed, taken back. After the next night's
look the store is the same to the last figure, whatever happened before.

Beside each drawn story stands the plain one: what was not taken back, once, in the order of its days. A look writes
only what differs from what stands, so the last night of both names every figure that looks ever named.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from analytics.connectors import jobs, queries, storing
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks.base import DayFigure, Profile, Tally, Told
from analytics.metrics import services as metrics
from analytics.metrics.models import PostId, Reading, WeekTotal
from tests.at_once import beside
from tests.factories.metrics import FIRST, Named, Row, batch_of

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = ("1001", "1002", "1003")
START = datetime(2026, 11, 1, tzinfo=UTC)  # from which `batch_of` counts the days of files
STORIES, STEPS = 14, 8
LAST = 20


class Killed(BaseException):
    """What a worker's end looks like from inside: nothing after it happens, and nothing is kept."""


@dataclass(frozen=True)
class File:
    number: int
    day: int
    rows: list[Row]
    is_undone: bool = False


@dataclass(frozen=True)
class Night:
    day: int
    followers: int
    likes: dict[str, int]
    impressions: dict[int, int]

    @property
    def told(self) -> Told:
        return Told(
            Profile("117020457910412882", "@ines@nord.example", "Ines", "https://nord.example/@ines", self.followers),
            posts=[
                Tally(number, f"https://nord.example/{number}", START - timedelta(days=9), number, {"reactions": n})
                for number, n in self.likes.items()
            ],
            days=[DayFigure("impressions", FIRST + timedelta(days=on), n) for on, n in self.impressions.items()],
        )  # fmt: skip


@dataclass
class Story:
    connection: Connection
    clock: Any
    dice: Random
    monkeypatch: Any
    applied: dict[int, bool] = field(default_factory=dict)  # number of an upload -> whether it can be taken back
    uploads: int = 0

    def begin(self) -> None:
        metrics.forget_account(self.connection.account)
        Look.objects.all().delete()
        self.applied, self.uploads = {}, 0
        self.monkeypatch.setattr(storing.imports, "undoable", lambda account: sorted(self.applied))

    def apply(self, file: File) -> int:
        self.uploads += 1
        number = self.uploads
        named = [Named(each, scheme="mastodon") for each in sorted({post for _, post, *_ in file.rows} - {""})]
        with batch_of(self.connection.account, number, file.rows, day=file.day, posts=named) as batch:
            metrics.upsert(batch)
        self.applied[number] = True
        return number

    def undo(self, number: int) -> None:
        metrics.undo(self.connection.program_id, self.connection.account_id, number)
        del self.applied[number]

    def look(self, night: Night) -> None:
        """As a worker does it, from the claim to the note of the look."""
        Connection.objects.filter(pk=self.connection.pk).update(due_at=START, lease_until=None)
        held = jobs._claim(self.connection.pk)
        assert held is not None
        jobs._store(held, night.told, "mastodon")

    def killed(self, work: Callable[[], object]) -> None:
        """The same, and the power fails in the last moment before it is kept."""
        looks = Look.objects.count()
        with self.monkeypatch.context() as patch:
            patch.setattr(metrics.comparison, "next_edition", self._die)
            patch.setattr(jobs, "next_look", self._die)
            with pytest.raises(Killed):
                work()
        assert Look.objects.count() == looks

    @staticmethod
    def _die(*_any: Any) -> Any:
        raise Killed

    def go_to(self, day: int) -> None:
        self.clock.move_to(START + timedelta(days=day, hours=3))

    def checksum(self) -> str:
        mine = {"account": self.connection.account_id}
        names = dict(PostId.objects.filter(**mine, scheme="mastodon").values_list("post", "value"))
        readings = Reading.objects.filter(**mine).values_list(
            "post", "metric", "grain", "segment", "period_start", "period_end", "value"
        )
        weeks = WeekTotal.objects.filter(**mine).values_list("metric", "week", "segment", "value", "days")
        lines = [f"{names.get(post, '')} {rest}" for post, *rest in readings]
        lines += [f"post {name}" for name in names.values()] + [f"week {row}" for row in weeks]
        return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def drawn(dice: Random) -> list[File | Night]:
    """Files of different days, some of which will be taken back, and nights between them."""
    days = dice.sample(range(1, LAST), STEPS)
    found: list[File | Night] = []
    for number, day in enumerate(days):
        if dice.random() < 0.55:
            rows = {
                (
                    dice.randrange(7),
                    dice.choice(["", "", *POSTS]),
                    dice.choice(["impressions", "clicks", "comments"]),
                ): 0
                for _row in range(dice.randrange(1, 9))
            }
            lines = [(*key, dice.randrange(4)) for key in sorted(rows)]
            found.append(File(number, day, lines, is_undone=dice.random() < 0.3))
        else:
            likes = {post: dice.randrange(3) for post in dice.sample(POSTS, dice.randrange(len(POSTS) + 1))}
            on = {dice.randrange(7): dice.randrange(4) for _ in range(dice.randrange(4))}
            found.append(Night(day, 300 + number, likes, on))
    return found


def last_night(dice: Random) -> Night:
    return Night(LAST, 400, {post: dice.randrange(3) for post in POSTS}, {on: dice.randrange(4) for on in range(7)})


def plainly(story: Story, steps: list[File | Night], last: Night) -> str:
    story.begin()
    for step in sorted(steps, key=lambda each: each.day):
        story.go_to(step.day)
        if isinstance(step, Night):
            story.look(step)
        elif not step.is_undone:
            story.apply(step)
    story.go_to(last.day)
    story.look(last)
    return story.checksum()


def wildly(story: Story, steps: list[File | Night], last: Night) -> str:
    """Nights come in their order; a file at any time after its day."""
    dice = story.dice
    story.begin()
    when = {id(step): step.day if isinstance(step, Night) else dice.randrange(step.day, LAST) for step in steps}
    to_undo: list[int] = []
    todo = sorted(steps, key=lambda each: (when[id(each)], dice.random()))
    while todo:
        step = todo.pop(0)
        story.go_to(when[id(step)])
        if dice.random() < 0.3:
            story.killed(_doing(story, step, []))
        works = [_doing(story, step, to_undo)]
        if todo and dice.random() < 0.3 and not (isinstance(step, Night) and isinstance(todo[0], Night)):
            other = todo.pop(0)  # at the same moment
            works.append(_doing(story, other, to_undo))
            if isinstance(other, Night):
                story.go_to(other.day)
        beside(*works)
        if isinstance(step, File) and dice.random() < 0.3:
            works[0]()  # the very same once more
        if to_undo and dice.random() < 0.5:
            story.undo(to_undo.pop(dice.randrange(len(to_undo))))
    while to_undo:
        story.undo(to_undo.pop())
    story.go_to(last.day)
    story.killed(lambda: story.look(last))
    story.look(last)
    return story.checksum()


def _doing(story: Story, step: File | Night, to_undo: list[int]) -> Callable[[], None]:
    def do() -> None:
        if isinstance(step, Night):
            story.look(step)
            return
        number = story.apply(step)
        if step.is_undone:
            to_undo.append(number)

    return do


@pytest.mark.parametrize("seed", range(STORIES))
def test_any_order_ends_in_the_same_store(seed: int, world: Any, now: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(queries, "is_wanted", lambda connection: True)  # consent has tests of its own
    connection = world.connection
    Connection.objects.exclude(pk=connection.pk).delete()
    dice = Random(seed)
    story = Story(connection, now, dice, monkeypatch)
    steps, last = drawn(dice), last_night(dice)
    plain = plainly(story, steps, last)
    assert Reading.objects.filter(account=connection.account_id).count() >= 7 + len(POSTS)
    assert [wildly(story, steps, last) for _time in range(2)] == [plain, plain]


def test_a_figure_that_is_lost_is_seen(world: Any, now: Any, monkeypatch: Any) -> None:
    """The checksum tells one changed value, one missing post and one wrong week."""
    monkeypatch.setattr(queries, "is_wanted", lambda connection: True)
    story = Story(world.connection, now, Random(1), monkeypatch)
    before = plainly(story, drawn(story.dice), last_night(story.dice))
    mine = Reading.objects.filter(account=world.connection.account_id)
    one = mine.earliest("pk")
    mine.filter(pk=one.pk).update(value=one.value + 1)
    assert story.checksum() != before
    mine.filter(pk=one.pk).update(value=one.value)
    assert story.checksum() == before
    PostId.objects.filter(account=world.connection.account_id, value=POSTS[0]).update(value="1009")
    assert story.checksum() != before
