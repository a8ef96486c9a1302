"""Somebody has all but the site's keys: each row of each table with the database's own numbers of transactions and
places, copied before and after every single answer, and the log of the site. 120 people answer, each through the page;
the attacker knows who is in front of the screen and how everything is written down. 0 answers come out; with the seal
taken off, all of them do, so this attacker can read."""

import base64
import json
import logging
import random
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql

from community.pulses import pots, services
from community.pulses.models import PulseComment, PulseRound
from tests.factories.pulses import make_crowd, make_pulse

PEOPLE = 120
NUMBERS = 11  # how many answered, and five for each of two questions
Row = tuple[str, str, str]  # table, the transaction that wrote it, all of it


class Attacker:
    def __init__(self) -> None:
        tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
        one = sql.SQL(
            "SELECT {}, xmin::text, ctid::text, to_jsonb(t)::text FROM {} t WHERE xmin::text::bigint > %(last)s"
        )
        parts = [one.format(sql.Literal(table), sql.Identifier(table)) for table in tables]
        self.question = sql.SQL(" UNION ALL ").join(parts)
        self.last = self.newest()

    def newest(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT txid_current()")
            return int(cursor.fetchone()[0])

    def look(self) -> list[Row]:
        """What was written since the last look."""
        with connection.cursor() as cursor:
            cursor.execute(self.question, {"last": self.last})
            rows = [(table, xmin, text) for table, xmin, _ctid, text in cursor.fetchall()]
        self.last = self.newest()
        return rows


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts_in(each)


def numbers_in(rows: list[Row]) -> list[int]:
    """The sums, wherever they are: as the site packs them."""
    for _table, _xmin, row in rows:
        for text in texts_in(json.loads(row)):
            try:
                packed = base64.b64decode(text, validate=True)
                numbers = struct.unpack(f">{len(packed) // 4}I", packed)
            except (ValueError, struct.error):
                continue
            if len(numbers) == NUMBERS and max(numbers) <= PEOPLE:
                return list(numbers)
    return []


def words_in(rows: list[Row], words: set[str]) -> set[str]:
    found = set()
    for _table, _xmin, row in rows:
        for text in texts_in(json.loads(row)):
            for read in (text, _decoded(text)):
                found |= {each for each in words if each in read}
    return found


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode(errors="ignore")
    except ValueError:
        return ""


def said_between(before: list[int], after: list[int]) -> tuple[int, int] | None:
    """One answer to two questions of five steps: what the sums grew by."""
    if len(before) != len(after) or not after:
        return None
    more = [place for place, (old, new) in enumerate(zip(before[1:], after[1:], strict=True)) if new == old + 1]
    return (more[0] + 1, more[1] - 4) if len(more) == 2 else None


def shape(rows: list[Row]) -> tuple[tuple[str, int], ...]:
    """How much was written where, but for numbers that are drawn by chance."""
    kept = [(table, json.loads(row)) for table, _xmin, row in rows]
    return tuple(sorted((table, len(json.dumps(row | {"id": 0, "person_id": 0}))) for table, row in kept))


@pytest.fixture
def pulse(world: Any) -> PulseRound:
    PulseRound.objects.all().delete()
    return make_pulse(world.program, keys=("satisfaction", "time"), asks_comment=True)


def attack(world: Any, pulse: PulseRound, caplog: Any) -> tuple[int, int, list[Any], str]:
    """How many answers and comments came out, what every single act looked like, and the log."""
    people = make_crowd(world.program, world.generation, PEOPLE)
    chance = random.Random(7)
    said = {person.pk: (chance.randint(1, 5), chance.randint(1, 5)) for person in people}
    words = {person.pk: f"Thought {number:03}" if number % 3 else "" for number, person in enumerate(people)}
    address = reverse("community:pulse", args=[world.program.slug, pulse.pk])
    attacker, seen, shapes, comments, told = Attacker(), [numbers_in(_all_of(pulse))], [], 0, ""
    with caplog.at_level(logging.DEBUG):
        for person in people:
            client = Client()
            client.force_login(person)
            client.get(address)
            attacker.look()
            caplog.clear()
            first, second = said[person.pk]
            client.post(address, {"do": "answer", "satisfaction": first, "time": second, "comment": words[person.pk]})
            rows = attacker.look()
            seen.append(numbers_in(rows))
            shapes.append(shape(rows))
            told += "\n".join(row.getMessage() for row in caplog.records if "django.db" not in row.name)
            comments += bool(words[person.pk]) and words_in(rows, {words[person.pk]}) == {words[person.pk]}
    guesses = [said_between(before, after) for before, after in pairwise(seen)]
    return sum(guess == said[person.pk] for guess, person in zip(guesses, people, strict=True)), comments, shapes, told


def _all_of(pulse: PulseRound) -> list[Row]:
    return [("community_pulseround", "", json.dumps({"pot": pulse.pot}))]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_whole_database_gives_away_none_of_120_answers(world: Any, pulse: PulseRound, caplog: Any) -> None:
    answers, comments, shapes, told = attack(world, pulse, caplog)
    assert (answers, comments) == (0, 0)
    assert len(set(shapes)) == 1, "what is written looks the same whatever somebody says"
    assert "Thought" not in told
    client = Client()
    client.force_login(world.influencer)
    client.get(reverse("community:pulse", args=[world.program.slug, pulse.pk]))
    attacker = Attacker()
    client.post(reverse("community:pulse", args=[world.program.slug, pulse.pk]), {"do": "not"})
    assert shape(attacker.look()) == shapes[0], "and as “not this time” does"
    services.close(pulse)
    rows = attacker.look()
    assert len({xmin for table, xmin, _row in rows if table == "community_pulsecomment"}) == 1
    in_place = [json.loads(row)["text"] for table, _xmin, row in rows if table == "community_pulsecomment"]
    assert len(in_place) == PEOPLE * 2 // 3
    assert in_place != sorted(in_place)
    assert list(PulseComment.objects.values_list("text", flat=True)) != sorted(in_place)
    assert not numbers_in(rows)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_this_attacker_reads_all_of_them_once_the_seal_is_off(
    world: Any, pulse: PulseRound, caplog: Any, monkeypatch: Any
) -> None:
    for name in ("seal", "unseal"):
        monkeypatch.setattr(pots, name, lambda text: text)
    pulse.pot = pots.close_up(pots.empty(services.asked(pulse)))
    pulse.save(update_fields=["pot"])
    answers, comments, _shapes, _told = attack(world, pulse, caplog)
    assert (answers, comments) == (PEOPLE, PEOPLE * 2 // 3)
