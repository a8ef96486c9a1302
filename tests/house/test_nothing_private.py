"""What one person does for themselves changes nothing that anybody else sees.

The walk asks every page that can be asked for, as every other cast member, before and after somebody's private acts:
a step, an activity, consents, figures. A page, file or list that tells one of them, by a name, a number, a line or a
time, differs. So does a list that follows the order of the rows on the disk. New addresses are walked without an entry
here: they come out of the access table.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from io import BytesIO
from itertools import zip_longest
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.activities import services as activities
from analytics.kpis import jobs as kpis
from community.barcamp import services as barcamp
from community.events import attending as events
from community.events.models_after import Attendance, Feedback
from community.forum import polls
from community.forum import services as forum
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import services as generations
from programs.generations.models import Participant
from programs.guidelines import profile_guide
from programs.guidelines import services as guidelines
from programs.leitbild import services as leitbild
from programs.support import incidents as support
from tests.conftest import forget_cache
from tests.house.test_access import ROWS
from tests.world import CAST

PERSON = "influencer"
OTHERS = [member for member in CAST if member not in ("visitor", PERSON)]
# What differs in any two answers: signatures against forgery, nonces, keys of forms, numbers of one's own sessions.
NOISE = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": ?"[^"]+|nonce="[^"]+"|"id": \d+'
    rb'|<input[^>]+name="(?:key|once)"[^>]*>'
    rb"|\bentry-\d+"  # of the log: looking is rolled back, the numbers it took are not given again
    # What the machine itself says just now: database, broker, sign of life, disk.
    rb"|answers (?:at once|in [\d,.]+ ms), [\d,.]+ [MG]B(?:, [\d,.]+ of [\d,.]+ connections)?"
    rb"|Valkey, [^<]+|last sign of life [^<]+|no sign of life"
    rb"|[\d,.]+ [MG]B of [\d,.]+ [MG]B free|<(?:meter|progress)[^>]*, \d+ %\"></progress>"
)

Seen = dict[tuple[str, str], bytes]


def walk(world: Any, members: Iterable[str] = OTHERS) -> Seen:
    """Every page as every other cast member sees it. Looking is undone again, so that it leaves no trace."""
    seen: Seen = {}
    forget_cache()
    for member in members:
        with transaction.atomic():
            client = Client(raise_request_exception=False)
            client.force_login(getattr(world, member))
            for name, row in ROWS.items():
                if row.method == "get":
                    answer = client.get(reverse(name, kwargs=row.args(world)), row.data(world))
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    seen[member, name] = NOISE.sub(b"", unpacked(body))
            transaction.set_rollback(True)
    forget_cache()
    return seen


def unpacked(body: bytes) -> bytes:
    """What is in a ZIP file, with the names of its parts."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as archive:
        return b"\n".join(part.encode() + b"\n" + archive.read(part) for part in archive.namelist())


def different(before: Seen, after: Seen) -> list[str]:
    """Who sees it where, with the first line that differs."""
    return [
        f"{member} sees it at {name}: {first_change(before[member, name], after[member, name])}"
        for member, name in before
        if before[member, name] != after[member, name]
    ]


def first_change(before: bytes, after: bytes) -> str:
    pairs = zip_longest(before.splitlines(), after.splitlines(), fillvalue=b"")
    return next((f"{old!r} became {new!r}" for old, new in pairs if old != new), "")


def take_a_step(world: Any) -> None:
    generations.finish_step(world.participant.generation.steps.last(), world.participant)


def log(world: Any) -> None:
    activities.log_activity(world.program, {"on": world.today, "minutes": 45}, by=world.influencer)


def decide(world: Any) -> None:
    for purpose in (Purpose.OWN_FIGURES, Purpose.GROUP_FIGURES, Purpose.NEWSLETTER):
        consents.grant(world.program, [purpose], by=world.influencer, channel="settings")
    consents.withdraw(world.program, [Purpose.GROUP_FIGURES], by=world.influencer, channel="settings")


def say_where_one_was(world: Any) -> None:
    events.take_back(Attendance.objects.get(person=world.influencer).event, person=world.influencer)
    Attendance.objects.create(event=world.event, person=world.influencer, with_code=True)
    Feedback.objects.create(event=world.event, person=world.influencer, worth=1, pace=2, next_step=3, helped="Words")


def vote_at_a_barcamp(world: Any) -> None:
    barcamp.vote(world.wish, person=world.influencer, wants=True)


def vote_in_a_poll(world: Any) -> None:
    polls.vote(world.poll, choices=[world.poll.choices.last()], by=world.influencer)


def read_the_forum(world: Any) -> None:
    forum.read(world.topic, to=2, by=world.influencer)
    forum.follow(world.topic, by=world.influencer, follows=False)
    forum.read_everything(world.program, by=world.influencer, until=timezone.now())


def ask_for_help(world: Any) -> None:
    helped = support.ask_for_help(world.program, text="Words", helpers=[], by=world.influencer)
    support.say(helped, text="More", by=world.influencer)
    support.close(helped, learnt="", by=world.influencer)


def agree_to_the_guideline(world: Any) -> None:
    guidelines.accept(world.guideline_version, by=world.influencer)


def check_the_own_profile(world: Any) -> None:
    profile_guide.mark(world.program, marks={"photo": "done", "banner": "skip"}, by=world.influencer)


def vote_for_the_statement(world: Any) -> None:
    leitbild.vote(world.leitbild, items=[world.leitbild.sentences[0]["key"]], person=world.influencer)


ACTS: tuple[Callable[[Any], None], ...] = (
    take_a_step,
    log,
    decide,
    read_the_forum,
    say_where_one_was,
    vote_at_a_barcamp,
    vote_in_a_poll,
    ask_for_help,
    agree_to_the_guideline,
    check_the_own_profile,
    vote_for_the_statement,
)


FREE = """
SELECT relname FROM pg_class AS kept WHERE relkind = 'r' AND has_column_privilege(oid, 1::smallint, 'UPDATE')
AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = kept.oid AND NOT tgisinternal AND tgtype & 16 <> 0)
"""
BACKWARDS = """
DO $$ DECLARE kept record; BEGIN
FOR kept IN SELECT "{key}" AS key FROM "{table}" ORDER BY ctid DESC
LOOP UPDATE "{table}" SET "{key}" = "{key}" WHERE "{key}" = kept.key; END LOOP; END $$
"""


def keep_rows_elsewhere() -> None:
    """Each table's rows lie in the opposite order on the disk: a list that names no order of its own shows it at once,
    not in one run of ten. Tables that watch or refuse changes are left alone."""
    with connection.cursor() as cursor:
        cursor.execute(FREE)
        free = {table for (table,) in cursor.fetchall()}
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy and model._meta.db_table in free:
                cursor.execute(BACKWARDS.format(table=model._meta.db_table, key=model._meta.pk.column))
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):  # an index still knows the old order
            cursor.execute(f"SET LOCAL enable_{way} = off")


@pytest.fixture
def still() -> Iterator[Any]:
    """The same moment in both walks: "two minutes ago" is no difference."""
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def test_private_acts_are_seen_by_nobody_else(world: Any, still: Any, brief: None) -> None:
    kpis.publish(world.program, world.today)
    before = walk(world)
    assert len(before) > 300
    for act in ACTS:
        act(world)
    keep_rows_elsewhere()
    kpis.publish(world.program, world.today)
    assert different(before, walk(world)) == []


def test_the_walk_would_see_it(world: Any, still: Any) -> None:
    """The same walk finds what is meant to be seen: a pause, by the program manager."""
    before = walk(world, ["manager"])
    Participant.objects.filter(pk=world.participant.pk).update(
        state="paused", joined_on=world.today - timedelta(days=90)
    )
    assert different(before, walk(world, ["manager"]))
