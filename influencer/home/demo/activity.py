"""What the participants logged: seeded, from the day each joined until today."""

import random
from datetime import date, timedelta
from typing import Any

from django.db.models import DateTimeField
from django.db.models.functions import Cast

from analytics.activities.models import Activity
from analytics.activities.queries import topics_of
from analytics.metrics.models import Post
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
    _lead_to_posts(program)


def _lead_to_posts(program: Program) -> None:
    """Those who can be signed in as have logged their posts with a link, each at its next entry of a post."""
    mine = {"program": program, "user__email__endswith": "@demo.example"}
    posts = Post.objects.filter(program=program, account__user__email__endswith="@demo.example")
    entries = list(Activity.objects.filter(**mine, kind=Activity.Kind.POST).order_by("on", "pk"))
    linked = []
    for post in posts.select_related("account").order_by("published_at"):
        day = post.published_at.date() if post.published_at else date.min
        of_it = (row for row in entries if row.user_id == post.account.user_id and row.on >= day and not row.url)
        if entry := next(of_it, None):
            entry.url = post.url
            linked.append(entry)
    Activity.objects.bulk_update(linked, ["url"])


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
