"""The clock sends each job once a period, and a row that fails never starves the others."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.kit import rooms
from core.kit.rooms import Every, Room
from core.people.models import User
from core.schedule import jobs, tasks
from core.schedule.each import each
from core.schedule.models import JobRun, Setback
from influencer.health import tasks as health
from influencer.privacy import jobs as privacy
from influencer.privacy import tasks as retention
from tests.at_once import at_once

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
CLOCK = Room(name="tests", timetable=(Every(health.beat, 15, "beat"), Every(retention.retention, 3600, "retention")))


def names(at: datetime) -> list[str]:
    return sorted(line.task.name for line in jobs.due(at))


@pytest.mark.django_db
def test_each_job_is_sent_once_in_its_period() -> None:
    with rooms.using(CLOCK):
        assert names(NOON) == ["health.beat", "privacy.retention"]
        assert names(NOON + timedelta(seconds=5)) == []
        assert names(NOON + timedelta(seconds=15)) == ["health.beat"]
        assert names(NOON + timedelta(hours=1)) == ["health.beat", "privacy.retention"]
        assert names(NOON + timedelta(days=3)) == ["health.beat", "privacy.retention"]  # once, not once for each missed
        assert names(NOON) == []  # a clock that goes back sends nothing again


@pytest.mark.django_db
def test_a_rare_job_that_failed_or_vanished_is_sent_again_in_its_period() -> None:
    _often, rare = CLOCK.timetable
    minute = timedelta(minutes=1)
    with rooms.using(CLOCK):
        assert "privacy.retention" in names(NOON)
        assert names(NOON + 14 * minute) == ["health.beat"], "a worker may still be at it"
        assert "privacy.retention" in names(NOON + 15 * minute), "whoever took it is gone"
        with time_machine.travel(NOON + 16 * minute, tick=False):
            jobs.ended(rare, 2.0, "LookupError")
        assert names(NOON + 20 * minute) == ["health.beat"]
        assert "privacy.retention" in names(NOON + 21 * minute), "five minutes after it failed"
        with time_machine.travel(NOON + 22 * minute, tick=False):
            jobs.ended(rare, 2.0, "")
        assert names(NOON + 59 * minute) == ["health.beat"], "it is done"
        run = JobRun.objects.get()
        assert (run.attempts, run.failure, run.ended_at) == (3, "", NOON + 22 * minute)
        assert "privacy.retention" in names(NOON + 60 * minute)
    assert list(JobRun.objects.order_by("period").values_list("attempts", flat=True)) == [3, 1]


@pytest.mark.django_db
def test_a_job_that_never_succeeds_is_tried_four_times_in_a_period() -> None:
    _often, rare = CLOCK.timetable
    sent = 0
    with rooms.using(CLOCK):
        for minute in range(60):
            at = NOON + timedelta(minutes=minute)
            with time_machine.travel(at, tick=False):
                if "privacy.retention" in names(at):
                    sent += 1
                    jobs.ended(rare, 1.0, "LookupError")
    assert sent == jobs.ATTEMPTS


@pytest.mark.django_db
def test_what_runs_more_often_than_every_hour_waits_for_its_next_period() -> None:
    half_an_hour, minute = Every(health.beat, 1800, "beat"), timedelta(minutes=1)
    with rooms.using(Room(name="tests", timetable=(half_an_hour,))):
        assert names(NOON) == ["health.beat"]
        assert names(NOON + 16 * minute) == [], "nobody answered, and the next period is near"
        with time_machine.travel(NOON + minute, tick=False):
            jobs.ended(half_an_hour, 2.0, "LookupError")
        assert names(NOON + 20 * minute) == []
        assert names(NOON + 30 * minute) == ["health.beat"]


@pytest.mark.django_db
def test_what_runs_often_is_kept_only_where_it_failed() -> None:
    often, _rare = CLOCK.timetable
    with rooms.using(CLOCK):
        names(NOON)
        JobRun.objects.all().delete()
        jobs.ended(often, 0.1, "")
        assert not JobRun.objects.exists()
        jobs.ended(often, 0.1, "LookupError")
    assert JobRun.objects.get().failure == "LookupError"


@pytest.mark.django_db
def test_one_message_that_the_broker_refuses_keeps_no_other_from_its_queue(monkeypatch: Any) -> None:
    sent: list[str] = []

    def refuse(**_more: Any) -> None:
        raise ConnectionError

    with rooms.using(CLOCK):
        monkeypatch.setattr(health.beat, "apply_async", refuse)
        monkeypatch.setattr(retention.retention, "apply_async", lambda **_more: sent.append("retention"))
        tasks.tick()
        assert sent == ["retention"]
        monkeypatch.setattr(health.beat, "apply_async", lambda **_more: sent.append("beat"))
        tasks.tick()
    assert sent == ["retention", "beat"]


@pytest.mark.django_db(transaction=True)
def test_five_schedulers_side_by_side_send_each_job_once_a_period() -> None:
    """Each over a connection of its own, five seconds apart for a minute, all at the same moment."""
    minute = [NOON + timedelta(seconds=seconds) for seconds in range(0, 60, 5)]
    with rooms.using(CLOCK):
        found = at_once(lambda: [name for at in minute for name in names(at)], 5)
    assert Counter(name for sent in found for name in sent) == {"privacy.retention": 1, "health.beat": 4}
    with rooms.using(CLOCK):
        assert names(NOON + timedelta(seconds=59)) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)])
def test_five_schedulers_send_each_job_once_while_the_clocks_change(change: datetime) -> None:
    """The hour that comes twice, and the one that is left out: as clocks on the wall show it, every half minute."""
    berlin = ZoneInfo("Europe/Berlin")
    walls = [(change + timedelta(seconds=each)).astimezone(berlin) for each in range(-600, 600, 30)]
    assert walls[0].utcoffset() != walls[-1].utcoffset()
    clock = Room(name="tests", timetable=(Every(health.beat, 30, "x"), Every(retention.retention, 300, "y")))
    with rooms.using(clock):
        found = at_once(lambda: [name for at in walls for name in names(at)], 5)
    assert Counter(name for sent in found for name in sent) == {"health.beat": 40, "privacy.retention": 4}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"])
def test_no_change_of_the_clocks_repeats_or_skips_a_period(zone: str) -> None:
    """To 2036: as a scheduler whose clock shows the local time meets them, six hours around each change."""
    lengths = {line.seconds for room in rooms.every() for line in room.timetable}
    changes = 0
    hour = datetime(2026, 1, 1, tzinfo=UTC)
    while hour.year < 2037:
        before, after = (moment.astimezone(ZoneInfo(zone)) for moment in (hour, hour + timedelta(hours=1)))
        hour += timedelta(hours=1)
        if before.utcoffset() == after.utcoffset():
            continue
        changes += 1
        ticks = [(hour + timedelta(seconds=each)).astimezone(ZoneInfo(zone)) for each in range(-10800, 10800, 15)]
        for length in lengths:
            periods = [jobs.period_of(length, tick) for tick in ticks]
            steps = {later - earlier for earlier, later in pairwise(periods)}
            assert steps <= {0, 1}, (length, ticks[0])
            assert abs(periods[-1] - periods[0] - 21585 / length) <= 1, (length, ticks[0])
    assert changes == 22


@pytest.mark.django_db
def test_one_failing_row_starves_nobody_and_is_tried_again_later(caplog: Any) -> None:
    worked: list[int] = []

    def work(number: int) -> None:
        User.objects.create(email=f"{number}@example.com")
        worked.append(number)
        if number == 2:
            raise ValueError("anna@example.com is broken")

    with time_machine.travel(NOON, tick=False):
        outcome = each("tests.work", [1, 2, 3], work)
        assert (outcome.done, outcome.failed, worked) == (2, 1, [1, 2, 3])
        assert not User.objects.filter(email="2@example.com").exists()  # its transaction is undone
        setback = Setback.objects.get()
        assert (setback.row, setback.attempts, setback.reason) == ("2", 1, "ValueError")
        assert "anna" not in caplog.text  # an error's text may hold a person
        assert each("tests.work", [2], work).waiting == 1
    with time_machine.travel(NOON + timedelta(minutes=1, seconds=1), tick=False):
        assert each("tests.work", [2], work).failed == 1
        setback.refresh_from_db()
        assert setback.next_at == timezone.now() + timedelta(minutes=2)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert each("tests.work", [2], lambda number: None).done == 1
    assert not Setback.objects.exists()


@pytest.mark.django_db
def test_a_room_that_cannot_delete_keeps_no_other_from_it() -> None:
    ran: list[str] = []

    def fails() -> int:
        raise LookupError

    def works() -> int:
        ran.append("works")
        return 1

    with rooms.using(Room(name="first", retention=(fails,)), Room(name="second", retention=(works,))):
        outcome = privacy.retention()
    assert (ran, outcome.failed, outcome.done) == (["works"], 1, 1)
