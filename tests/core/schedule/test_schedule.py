"""The clock sends each job once a period, and a row that fails never starves the others."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from core.kit import rooms
from core.kit.rooms import Every, Room
from core.people.models import User
from core.schedule import jobs
from core.schedule.each import each
from core.schedule.models import Setback
from influencer.health import tasks as health
from influencer.privacy import jobs as privacy
from influencer.privacy import tasks as retention

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


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_it_once() -> None:
    def tick(_: int) -> list[str]:
        try:
            return names(NOON)
        finally:
            connection.close()

    with rooms.using(CLOCK), ThreadPoolExecutor(5) as pool:
        sent = sorted(name for found in pool.map(tick, range(10)) for name in found)
    assert sent == ["health.beat", "privacy.retention"]


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
