"""The demo's pulses: three whose results are out, with what became of them, and one that asks now."""

import random
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from community.pulses import circles, pots, questions, services, worked_out
from community.pulses.models import PulseComment, PulseMoment, PulseRound
from community.pulses.queries import PUBLISHED_BY_ITSELF
from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo

KEYS = [*questions.usual(PulseMoment.WEEKLY), "recommendation"]
# In turn, how many people choose each value: from the oldest to the newest.
SAID = {
    "satisfaction": ((1, 3, 5, 4, 1), (1, 2, 4, 6, 2), (0, 2, 3, 7, 3)),
    "time": ((4, 5, 3, 2, 0), (3, 4, 4, 3, 0), (1, 2, 4, 6, 2)),
    "self_efficacy": ((2, 4, 5, 3, 0), (1, 3, 5, 4, 1), (0, 2, 5, 6, 2)),
    "recommendation": (
        (1, 0, 1, 1, 1, 1, 1, 3, 2, 2, 1),
        (0, 0, 1, 1, 1, 1, 1, 3, 3, 2, 2),
        (0, 0, 0, 1, 0, 1, 1, 3, 3, 4, 2),
    ),
}
WEEKS = (26, 14, 5)


def load(demo: Demo) -> None:
    circle = circles.circle(demo.program, None).count()
    if circle < services.least(demo.program):
        return
    said = texts.read("pulses")
    for turn, weeks in enumerate(WEEKS):
        if demo.today - timedelta(weeks=weeks) > demo.program.start_on:
            _asked(demo, turn, weeks, circle, said)
    asks = questions.chosen(questions.usual(PulseMoment.WEEKLY))
    services.plan(
        demo.program,
        moment=PulseMoment.WEEKLY,
        asks=asks,
        opens_on=demo.today,
        closes_on=demo.today + services.USUAL,
        asks_comment=True,
        by=demo.manager,
    )


def _asked(demo: Demo, turn: int, weeks: int, circle: int, said: dict[str, Any]) -> None:
    """Its result is worked out as one of people is; none of the demo's people said it."""
    asks = questions.chosen(KEYS)
    chosen = {each.key: list(SAID[each.key][turn]) for each in asks}
    answered = max(sum(counts) for counts in chosen.values())
    sums = pots.Sums(answered, chosen)
    opens_on = demo.today - timedelta(weeks=weeks)
    closes_on = opens_on + services.USUAL
    ended = datetime.combine(closes_on + timedelta(days=1), time(1), ZoneInfo(demo.program.time_zone))
    pulse = PulseRound.objects.create(
        program=demo.program,
        moment=PulseMoment.WEEKLY,
        questions=[each.kept for each in asks],
        asks_comment=True,
        opens_on=opens_on,
        closes_on=closes_on,
        by=demo.manager,
        told_at=ended - timedelta(days=7),
        closed_at=ended,
        published_at=min(ended + timedelta(days=2), ended + PUBLISHED_BY_ITSELF),
        result=worked_out.result(sums, asks, asked=max(circle, answered), k=demo.program.group_minimum),
        consequence=said["consequences"][turn],
    )
    if turn == len(WEEKS) - 1:
        language = texts.company(demo.company)["language"]
        rows = [
            PulseComment(pulse=pulse, **{key: in_language(words, language) for key, words in each.items()})
            for each in said["comments"]
        ]
        random.SystemRandom().shuffle(rows)
        PulseComment.objects.bulk_create(rows)
