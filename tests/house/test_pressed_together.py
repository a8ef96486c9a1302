"""Every button, pressed by six hands at the same moment: an answer for each, and no more of anything than from one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.urls import reverse
from psycopg import sql

from tests.at_once import at_once
from tests.house.test_access import ROWS
from tests.house.written import BOOKKEEPING
from tests.world import CAST, client_of

HANDS = 6
MAY = {
    name: [each for each in CAST if each not in ("visitor", "pioneer") and row.status(each) < 400]
    for name, row in ROWS.items()
    if row.method == "post"
}
BY = {name: who[0] for name, who in MAY.items() if who}  # the first of the cast who may


def counts() -> dict[str, int]:
    """Rows of each table, besides bookkeeping."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in BOOKKEEPING]
        one = sql.SQL("SELECT {}, count(*) FROM {}")
        cursor.execute(sql.SQL(" UNION ALL ").join(one.format(name, sql.Identifier(name)) for name in tables))
        return dict(cursor.fetchall())


def more(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] > before[name]}


class Undone(Exception):
    """So that what one press does is taken back."""


def of_one(press: Any, before: dict[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    try:
        with transaction.atomic():
            press()
            found = more(before, counts())
            raise Undone
    except Undone:
        return found


def together(press: Callable[[], int]) -> tuple[list[int], dict[str, tuple[int, int]]]:
    """What six are answered, and of which rows they make more than one would: how many, and how many one makes."""
    before = counts()
    one = of_one(press, before)
    assert counts() == before
    answers = at_once(press, HANDS)
    many = more(before, counts())
    return answers, {table: (n, one.get(table, 0)) for table, n in many.items() if n > one.get(table, 0)}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", sorted(BY))
def test_six_hands_do_what_one_does(name: str, world: Any) -> None:
    row, member = ROWS[name], BY[name]
    address, given = reverse(name, kwargs=row.args(world)), row.data(world) or {}
    has_files = any(hasattr(value, "read") for value in given.values())

    def press() -> int:
        data = (row.data(world) if has_files else given) | {"once": "of one page"}
        return int(client_of(member, world).post(address, data).status_code)

    answers, too_many = together(press)
    assert max(answers) < 500, answers
    assert too_many == {}


@pytest.mark.django_db(transaction=True)
def test_a_careless_button_is_seen(world: Any) -> None:
    """Each press makes one: without its key, what makes an item makes six."""
    address = reverse("programs:item_new", args=[world.program.slug, world.phase.pk])

    def press() -> int:
        return int(client_of("manager", world).post(address, {"title_en": "Twice"}).status_code)

    assert together(press)[1]["programs_item"] == (HANDS, 1)
