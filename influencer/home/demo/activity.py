"""What the participants logged: seeded, from the day each joined until today."""

import random
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField
from django.db.models.functions import Cast

from analytics.activities.models import Activity
from analytics.activities.queries import topics_of
from influencer.home.demo import texts
from programs.generations.models import Participant
from programs.membership.models import Program

KINDS = {"conversation": "talk"}  # the others have the words of the log


def load(program: Program, rng: random.Random, today: date) -> None:
    """One to four activities a week and person, four of five of them of value to the reader."""
    pool = texts.read("notes")["activities"]
    rows = []
    participants = Participant.objects.filter(program=program).exclude(state="left").select_related("user")
    topics = topics_of(program)
    for participant in participants.order_by("user__date_joined"):
        end = today if participant.state == "active" else today - timedelta(weeks=3)
        day = participant.joined_on + timedelta(days=rng.randrange(3))
        rhythm = 1.7 if participant.user.email.endswith("@demo.example") else rng.uniform(1.6, 5.5)
        while day <= end:
            rows.append(_activity(participant, rng.choice(pool), day, rng, topics))
            day += timedelta(days=max(1, round(rng.expovariate(1 / rhythm))))
            if day.weekday() == 6:
                day += timedelta(days=1)
    Activity.objects.bulk_create(rows, batch_size=2000)
    logged = Activity.objects.filter(program=program)
    logged.update(created_at=Cast("on", DateTimeField()))  # on the day, not at the moment of loading


def _activity(
    participant: Participant, text: dict[str, Any], day: date, rng: random.Random, topics: list[str]
) -> Activity:
    kind = KINDS.get(text["kind"], text["kind"])
    promotional = rng.random() < 0.19
    label = "labelled" if promotional and rng.random() < 0.9 else "open" if promotional else "not_needed"
    return Activity(
        program_id=participant.program_id,
        user=participant.user,
        on=day,
        kind=kind,
        channel="linkedin" if kind in ("post", "comment", "talk") else "internal",
        purpose="promotional" if promotional else "value",
        minutes=text["minutes"],
        label=label,
        note=text[participant.user.language],
        topics=_of(text, topics),
    )


def _of(text: dict[str, Any], topics: list[str]) -> list[str]:
    """Two of three entries have a topic, the same note always the same."""
    number = len(text["en"])
    return [topics[number % len(topics)]] if topics and number % 3 else []
