"""Numbers of what participants make tell nothing of what others make.

Two counted numbers of one's own say how much lies between them, made by all others. So what participants make has a
number that is drawn or follows the clock (`core.kit.drawn`). The walk finds what does not: every counter of the
database is set to numbers that can be told from all others, participants act and send their forms, and then no page,
file or address of theirs may hold one. What stands in addresses is looked at in `test_numbers_in_addresses.py`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import BigAutoField
from django.urls import reverse

from tests import roles
from tests.house.private_acts import ACTS, two_outside
from tests.house.test_access import ROWS
from tests.house.test_nothing_private import unpacked
from tests.house.test_once import FORMS
from tests.world import client_of

BASE = 7 * 10**12  # beyond counts, below what is drawn for the most part
COUNTED = re.compile(rb"(?<!\d)7\d{12}(?!\d)")
MAKERS = ("influencer", "influencer2", "coach")
STEP = 10**8
FEW = 10**5  # rows of one table that a walk makes, and more: what is drawn meets such a number once in 10^8 times


@pytest.fixture
def counters(world: Any) -> Iterator[dict[int, str]]:
    """Each counter begins far from the others: a number says whose it is."""
    ours, were = {}, []
    with roles.owner() as cursor:
        for place, model in enumerate(apps.get_models()):
            key = [model._meta.db_table, model._meta.pk.column]
            cursor.execute("SELECT s, pg_sequence_last_value(s::regclass) FROM pg_get_serial_sequence(%s, %s) s", key)
            sequence, was = cursor.fetchone()
            if sequence and isinstance(model._meta.pk, BigAutoField):
                were.append((sequence, was or 1, was is not None))
                cursor.execute("SELECT setval(%s, %s)", [sequence, BASE + place * STEP])
                ours[place] = model._meta.label
    yield ours
    with roles.owner() as cursor:  # counters are not rolled back
        for was in were:
            cursor.execute("SELECT setval(%s, %s, %s)", was)


def seen_by(member: str, world: Any) -> Iterator[tuple[str, bytes]]:
    """Every page and file of this person."""
    client = client_of(member, world)
    for name, row in ROWS.items():
        if row.method == "get" and row.status(member) == 200:
            answer = client.get(reverse(name, kwargs=row.args(world)), row.data(world))
            yield name, unpacked(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def counted(pages: Iterator[tuple[str, bytes]], counters: dict[int, str]) -> set[tuple[str, str]]:
    found = set()
    for name, body in pages:
        for number in COUNTED.findall(body):
            place, rows = divmod(int(number) - BASE, STEP)
            if place in counters and rows < FEW:
                found.add((name, counters[place]))
    return found


def send_forms(world: Any) -> Iterator[tuple[str, bytes]]:
    """Where a form leads to is an address, too."""
    for name, form in FORMS.items():
        if form.by in MAKERS:
            files = {key: SimpleUploadedFile(f"{key}.csv", content) for key, content in form.files.items()}
            address = reverse(name, kwargs=ROWS[name].args(world)) + form.query
            answer = client_of(form.by, world).post(address, form.values(world) | files | {"once": f"key-{name}"})
            yield name, (answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")).encode()


def test_what_participants_make_is_not_counted_where_it_is_seen(world: Any, counters: dict[int, str]) -> None:
    two_outside(world)
    for act in ACTS:
        act(world)
    places = list(send_forms(world))
    assert len(places) > 5
    found = counted(iter(places), counters)
    for member in ("influencer", "manager"):
        found |= counted(seen_by(member, world), counters)
    assert sorted(found) == []


def test_the_walk_would_see_it(counters: dict[int, str]) -> None:
    """A number of a counter, in an address or as text, is found and named; one that is not counted is none of it."""
    place, label = next(iter(counters.items()))
    number, longer, alike = BASE + place * STEP + 3, 7 * 10**14, BASE + place * STEP + FEW
    pages = [("programs:a", b"/items/%d/" % number), ("programs:b", b"/items/%d/ 12 %d" % (longer, alike))]
    assert counted(iter(pages), counters) == {("programs:a", label)}
