"""What the participants logged: seeded, from the day each joined until today."""

import random
from datetime import date, timedelta
from typing import Any

from analytics.activities.models import Activity
from influencer.home.demo import texts
from programs.generations.models import Participant
from programs.membership.models import Program

KINDS = {"post": "post", "comment": "comment", "conversation": "talk", "other": "other"}


def load(program: Program, rng: random.Random, today: date) -> None:
    """One to four activities a week and person, four of five of them of value to the reader."""
    pool = texts.read("notes")["activities"]
    rows = []
    participants = Participant.objects.filter(program=program).exclude(state="left").select_related("user")
    for participant in participants.order_by("user__date_joined"):
        end = today if participant.state == "active" else today - timedelta(weeks=3)
        day = participant.joined_on + timedelta(days=rng.randrange(3))
        rhythm = 1.7 if participant.user.email.endswith("@demo.example") else rng.uniform(1.6, 5.5)
        while day <= end:
            rows.append(_activity(participant, rng.choice(pool), day, rng))
            day += timedelta(days=max(1, round(rng.expovariate(1 / rhythm))))
            if day.weekday() == 6:
                day += timedelta(days=1)
    Activity.objects.bulk_create(rows, batch_size=2000)


def _activity(participant: Participant, text: dict[str, Any], day: date, rng: random.Random) -> Activity:
    kind = KINDS[text["kind"]]
    promotional = rng.random() < 0.19
    label = "labelled" if promotional and rng.random() < 0.9 else "open" if promotional else "not_needed"
    return Activity(
        program_id=participant.program_id,
        user=participant.user,
        on=day,
        kind=kind,
        channel="internal" if kind == "other" else "linkedin",
        purpose="promotional" if promotional else "value",
        minutes=text["minutes"],
        label=label,
        note=text[participant.user.language],
    )
