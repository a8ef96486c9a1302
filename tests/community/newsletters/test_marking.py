"""The mark before each mail is asked of libpq itself: it says what it did, and what was wrong, as a cursor would."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection

from community.newsletters import ledger, marking
from community.newsletters.ledger import Outcome
from community.newsletters.models import Delivery, DeliveryState
from tests.factories.newsletters import make_readers, make_running
from tests.world import make_program

pytestmark = pytest.mark.django_db


def prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'mark%%'")
        return [row[0] for row in cursor.fetchall()]


def test_one_mark_notes_the_last_mail_and_the_next() -> None:
    program: Any = make_program()
    make_readers(program, 2)
    issue = make_running(program)
    first, second = ledger.claim(issue.pk, 2)
    own = marking.Marking()
    assert marking.mark(None, first, own)
    due_at = datetime(2026, 11, 30, 12, 0, 0, 123456, tzinfo=UTC)
    said = "451 später " + "é" * 300
    assert marking.mark(Outcome(first.id, DeliveryState.RETRY, said, due_at), second, own)
    row = Delivery.objects.get(pk=first.id)
    assert (row.state, row.attempts, row.due_at, row.reply) == ("retry", 1, due_at, said[:200])
    assert not marking.mark(Outcome(second.id, DeliveryState.SENT, "250 ok"), second, own)
    row = Delivery.objects.get(pk=second.id)
    assert (row.state, row.due_at) == ("sent", None)
    assert row.sent_at is not None
    assert len(prepared()) == 1
    own.close()
    assert prepared() == []


def test_what_the_database_says_is_raised() -> None:
    own = marking.Marking()
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        own.run([b"sent", b"", None, b"sent", b"no number", b"60", b"1", b""])


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_was_dropped_is_prepared_again() -> None:
    """psycopg drops all of a connection after a rollback."""
    own = marking.Marking()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert own.run([b"", b"", None, b"", b"0", b"60", b"0", b""]) == 0
    own.close()
    connection.connection.pgconn.finish()
    own.close()
    connection.close()
