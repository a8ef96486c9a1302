"""What one person does for themselves changes nothing that anybody else sees.

The walk asks every page that can be asked for, as every other cast member, before and after somebody's private acts:
a step, an activity, consents, figures. A page, file or list that tells one of them, by a name, a number, a line or a
time, differs. So does a list that follows the order of the rows on the disk. New addresses are walked without an entry
here: they come out of the access table.
"""

import re
from collections.abc import Iterable, Iterator
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

from analytics.kpis import jobs as kpis
from programs.generations.models import Participant
from tests.databases import forget_cache
from tests.house.private_acts import ACTS, two_outside
from tests.house.test_access import ROWS
from tests.world import CAST

PERSON = "influencer"
OTHERS = [member for member in CAST if member not in ("visitor", "pioneer", PERSON)]
# What differs in any two answers: signatures against forgery, nonces, keys of forms, numbers of one's own sessions.
NOISE = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": ?"[^"]+|nonce="[^"]+"|"id": "[0-9a-f]{24}"'
    rb'|<input[^>]+name="(?:key|once)"[^>]*>|data-sign-in="[^"]+"'  # of each sign-in
    rb'|"message_id": "<[0-9a-f]{32}@'  # of each email: one that was rolled back is made again under another number
    rb"|\bentry-\d+"  # of the log: looking is rolled back, the numbers it took are not given again
    # What the machine itself says just now: database, broker, sign of life, disk.
    rb"|answers (?:at once|in [\d,.]+ ms), [\d,.]+ [MG]B(?:, [\d,.]+ of [\d,.]+ connections)?"
    rb"|Valkey, [^<]+|last sign of life [^<]+|no response"
    rb"|[\d,.]+ [MG]B of [\d,.]+ [MG]B free|<(?:meter|progress)[^>]*, \d+ %\"></progress>"
)

OF_EACH_ANSWER = {"Content-Security-Policy", "Set-Cookie"}  # drawn for each
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


def head(answer: Any) -> bytes:
    """Status, size and whatever else an answer says before its words. How small a ZIP file packs hangs on the random
    numbers in it, such as those of emails; what is in it is compared itself."""
    own = {*OF_EACH_ANSWER, *(["Content-Length"] if answer.headers.get("Content-Type") == "application/zip" else [])}
    said = sorted((name, value) for name, value in answer.headers.items() if name not in own)
    return f"{answer.status_code} {said}\n".encode()


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
    two_outside(world)
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
