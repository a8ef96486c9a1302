"""Free hours of 20 hosts for 8 weeks, against going through as many hours that are there; under 50 ms."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as of_day

from bench.harness import REPEATS, Report
from community.office_hours.free import FreeSlot, HoursRules, OpenTime, TakenTime, free_slots

NAME = "office_hours"
HOSTS, WEEKS = 20, 8
MILLISECONDS = 50
PASSES = 40  # through what was found: what reading and comparing every hour that often takes in the same run
NOW = datetime(2026, 10, 12, 6, tzinfo=UTC)  # the clocks change in between


def run(report: Report) -> None:
    windows = {day: [OpenTime(of_day(9), of_day(11)), OpenTime(of_day(14), of_day(16))] for day in range(5)}
    rules = HoursRules(zone="Europe/Berlin", minutes=20, weeks=WEEKS, windows=windows)
    busy = [(NOW + timedelta(hours=7 * each), NOW + timedelta(hours=7 * each + 1)) for each in range(190)]
    taken = [TakenTime(NOW + timedelta(hours=24 * day + 1), NOW + timedelta(hours=24 * day + 1.5)) for day in range(50)]
    found: list[list[FreeSlot]] = []

    def compute() -> None:
        found[:] = [free_slots(rules, now=NOW, busy=busy, taken=taken) for _ in range(HOSTS)]

    def read() -> None:
        for _ in range(PASSES):
            sum(slot.start < slot.end for slots in found for slot in slots)

    compute()
    works, limits = [_milliseconds(compute) for _ in range(REPEATS)], [_milliseconds(read) for _ in range(REPEATS)]
    report.line(f"free hours of {HOSTS} hosts, {WEEKS} weeks", works, "ms", limits, target=2.0)
    report.line("the same against the promise", works, "ms", [MILLISECONDS] * REPEATS, target=1.0)


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000
