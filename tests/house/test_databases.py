"""What stands around every test."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from core.people.models import User
from tests import roles
from tests.databases import Databases


def test_a_database_is_entered_with_an_empty_cache(db: None, django_db_setup: Databases) -> None:
    """Also by a walk that enters the demo itself: numbers of rows come back, and must find nothing of another test."""
    cache.set("hours:1:next:1", "of the test before")
    django_db_setup.enter("blank")
    assert cache.get("hours:1:next:1") is None


def _rows() -> dict[str, Any]:
    """All of them, in the order in which they lie, and where the numbers stand."""
    with roles.owner() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute("; ".join(f'SELECT each::text FROM "{name}" each' for name in tables))  # noqa: S608
        found: dict[str, Any] = {}
        for name in tables:
            found[name] = cursor.fetchall()
            cursor.nextset()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        return found | {"numbers": cursor.fetchall()}


def _run(text: str, *, guards: bool = True) -> None:
    with roles.owner(guards=guards) as cursor:
        cursor.execute(text)


SEEN = ("rows", "a row less", "nobody sees it", "taken back and not", "numbers", "no rows", "a table")
NAMES = "UPDATE core_user SET name = name || '!'"
WRITES: dict[str, tuple[Callable[[], object], bool]] = {
    "nothing": (lambda: None, True),
    "rows": (lambda: (User.objects.create(email="new@example.com"), User.objects.update(name="Somebody")), True),
    "a row less": (lambda: _run("DELETE FROM core_journal", guards=False), True),
    "nobody sees it": (lambda: _run(NAMES, guards=False), True),
    "taken back and not": (lambda: _run(f"BEGIN; {NAMES}; ROLLBACK; {NAMES}"), True),
    "numbers": (lambda: _run("SELECT nextval(c.oid) FROM pg_class c WHERE relkind = 'S'"), True),
    "no rows": (lambda: _run("TRUNCATE core_user CASCADE"), False),
    "a table": (lambda: _run("CREATE TABLE of_a_test (x int)"), False),
    "a trigger": (lambda: _run("ALTER TABLE programs_consentevent DISABLE TRIGGER USER"), False),
    "a right": (lambda: _run("GRANT ALL ON core_user TO pg_monitor"), False),
}


def _here() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("what", WRITES)
def test_what_a_test_commits_the_next_one_does_not_find(
    what: str, django_db_setup: Databases, django_db_blocker: Any
) -> None:
    write, is_put_in_order = WRITES[what]
    with django_db_blocker.unblock():
        django_db_setup.enter("world")
        original = _rows()
        django_db_setup.enter("world", alone=True)
        here, before = _here(), _rows()
        write()
        assert (_rows() != before) == (what in SEEN)
        django_db_setup.leave()
        django_db_setup.enter("world", alone=True)
        after, same = _rows(), _here() == here
        django_db_setup.leave()
    assert same == is_put_in_order
    assert after | {"numbers": 0} == original | {"numbers": 0}
    if same:  # a new copy has the numbers of the original, which go on although its tests are rolled back
        assert after["numbers"] == before["numbers"]
