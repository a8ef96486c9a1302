"""The demo's survey of readiness: before the open call, and again half a year later."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from influencer.home.demo.rooms import Demo
from programs.readiness import services
from programs.readiness.models import ReadinessRound

# What people said, in turn, to each statement: then, and half a year later.
SAID = {
    "own_words": ([2, 2, 1, 3, 3, 1], [4, 3, 4, 5, 3, 4]),
    "own_time": ([2, 2, 2, 3, 2, 2], [3, 4, 3, 4, 3, 3]),
    "speak_up": ([3, 2, 4, 3, 3, 3], [4, 3, 4, 3, 4, 3]),
    "ask": ([4, 3, 4, 3, 4, 4], [4, 4, 5, 3, 4, 4]),
    "attachment": ([5, 3, 3, 5, 1, 5], [5, 3, 5, 5, 3, 5]),
    "start": ([4, 3, 4, 4, 5, 3], [4, 4, 5, 4, 4, 5]),
    "told": ([2, 1, 3, 2, 3, 2], [3, 2, 3, 4, 3, 3]),
    "heard": ([2, 3, 2, 1, 2, 3], [3, 3, 2, 3, 4, 3]),
    "who_decides": ([3, 3, 4, 2, 3, 4], [3, 4, 3, 4, 3, 3]),
    "across": ([3, 4, 2, 3, 3, 2], [4, 4, 3, 5, 4, 4]),
}
PEOPLE = (48, 66)
AFTER = (timedelta(weeks=4), timedelta(weeks=30))  # since the program began


def load(demo: Demo) -> None:
    for turn, (people, after) in enumerate(zip(PEOPLE, AFTER, strict=True)):
        opened_on = demo.program.start_on + after
        if opened_on + services.USUAL < demo.today:
            _asked(demo, turn, people, opened_on)


def _asked(demo: Demo, turn: int, people: int, opened_on: date) -> None:
    row = services.open_round(demo.program, closes_on=demo.today + services.USUAL, by=demo.manager)
    for number in range(people):
        services.answer(row, {key: said[turn][number % len(said[turn])] for key, said in SAID.items()})
    services.close(row)
    closes_on = opened_on + services.USUAL
    morning = datetime.combine(closes_on + timedelta(days=1), time(1), ZoneInfo(demo.program.time_zone))
    ReadinessRound.objects.filter(pk=row.pk).update(opened_on=opened_on, closes_on=closes_on, closed_at=morning)
