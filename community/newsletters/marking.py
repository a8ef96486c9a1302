"""The mark in the ledger before each mail: what became of the last one, and that the next one goes out now.

While a quick mail server takes in a mail, the next one is marked already, in the same moment: the database works while
the mail server does. What is on its way then is noted before the next body leaves this machine, so that never more than
one mail may be out without its note; and a mark that has become older than NEWSLETTER_AHEAD is taken back and made
anew, so that who withdrew or paused meanwhile is heard.
"""
# ruff: noqa: S608  # only names of our own tables are put into the statements

import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import count
from select import select
from typing import TYPE_CHECKING, Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus

from community.newsletters import keys
from community.newsletters.ledger import TABLES, WANTS_IT, Outcome, Recipient
from community.newsletters.models import Delivery, DeliveryState

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult


def is_fresh(began: float) -> bool:
    """Whether so little time has passed since (`time.perf_counter`) that a mark still says how things are."""
    return time.perf_counter() - began < settings.NEWSLETTER_AHEAD / 1000


MARK = """
    WITH done AS (
        UPDATE {delivery}
        SET state = %s, reply = %s, due_at = %s, lease_until = NULL,
            sent_at = CASE WHEN %s = 'sent' THEN clock_timestamp() ELSE sent_at END
        WHERE id = %s AND state = 'sending'
    )
    UPDATE {delivery} next
    SET state = 'sending', attempts = attempts + 1, lease_until = now() + make_interval(secs => %s)
    FROM {issue} issue, {person} person
    WHERE next.id = %s AND next.state = 'claimed'
    AND issue.id = next.issue_id AND issue.state = 'sending'
    AND person.id = next.user_id
    AND {wants}
    AND NOT EXISTS (SELECT 1 FROM {suppression}
                    WHERE program_id = next.program_id AND address_hash = ANY(string_to_array(%s, ' ')))
    AND set_config('synchronous_commit', 'off', true) = 'off'
""".format(**TABLES, wants=WANTS_IT.format(program="next.program_id", person="next.user_id"))
MARK_IN_ORDER = MARK.replace("%s", "${}").format(*range(1, MARK.count("%s") + 1)).encode()
MARKINGS = count(1)  # statements of one connection have names


class Marking:
    """`MARK`, prepared on this connection. libpq is asked itself: the way through a cursor costs a quarter of it."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self._database: PGconn = connection.connection.pgconn
        self._name = f"mark_{next(MARKINGS)}".encode()
        self._prepare()

    def run(self, values: Sequence[Any]) -> int:
        """How many rows it changed. Bytes, or nothing."""
        self.begin(values)
        return self.outcome()

    def begin(self, values: Sequence[Any]) -> None:
        """Hand it to the database, and do not wait. From here on it is done, whatever becomes of this process."""
        self._values = values
        self._database.send_query_prepared(self._name, values)
        while self._database.flush():  # more than the socket takes at once
            select([], [self._database.socket], [])

    def outcome(self) -> int:
        """Wait for what was begun: how many rows it changed."""
        result = self._result()
        if result.error_field(DiagnosticField.SQLSTATE) == b"26000":  # psycopg drops every statement after a rollback
            self._prepare()
            result = self._database.exec_prepared(self._name, self._values)
        return _checked(result).command_tuples or 0

    def close(self) -> None:
        with suppress(psycopg.Error):  # the connection is gone, and the statement with it
            self._database.exec_(b"DEALLOCATE " + self._name)

    def _result(self) -> "PGresult":
        found = self._database.get_result()
        while self._database.get_result() is not None:  # libpq wants to be asked until there is nothing more
            pass
        if found is None:
            raise psycopg.OperationalError("the database is gone")
        return found

    def _prepare(self) -> None:
        _checked(self._database.prepare(self._name, MARK_IN_ORDER))


def _checked(result: "PGresult") -> "PGresult":
    if result.status != ExecStatus.COMMAND_OK:
        raise error_from_result(result)
    return result


def mark(done: Outcome | None, recipient: Recipient, marking: Marking | None = None) -> bool:
    """Note what became of the last mail, and that this one goes out now; False when it must not.

    A sender keeps one `marking` for all its mails: to prepare it takes longer than to use it.
    """
    own = marking or Marking()
    try:
        return own.run(values_of(done, recipient)) == 1
    finally:
        if marking is None:
            own.close()


def values_of(done: Outcome | None, recipient: Recipient) -> list[bytes | None]:
    """What a mark says: of the last mail, and of the next one."""
    state = done.state.value.encode() if done else b""
    last: list[bytes | None] = [state, b"", None, state, b"0"]
    if done:
        due_at = done.due_at.isoformat().encode() if done.due_at else None
        last = [state, done.reply[:200].encode("utf-8", "replace"), due_at, state, b"%d" % done.delivery]
    hashes = " ".join(keys.address_hashes(recipient.address)).encode()
    return [*last, b"%d" % settings.NEWSLETTER_SENDING_LEASE, b"%d" % recipient.id, hashes]


def take_back(recipient: Recipient) -> None:
    """Marked ahead, and not sent: in hand as before, and no try."""
    Delivery.objects.filter(pk=recipient.id, state=DeliveryState.SENDING).update(
        state=DeliveryState.CLAIMED,
        attempts=F("attempts") - 1,
        lease_until=timezone.now() + timedelta(seconds=settings.NEWSLETTER_LEASE),
    )
