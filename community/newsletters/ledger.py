"""The delivery ledger in SQL: who gets an issue, who is next, what became of each mail.

Every statement is one transaction of its own and safe against other senders, a pause and a withdrawn consent:
a mail goes out only if `marking.mark` turned its row from `claimed` to `sending` in the very moment before.
One statement notes the last mail as sent and the next one as being sent, so that a mail costs one commit, and
never more than one mail may have gone out without being noted when a sender is killed.

What is on disk: taking a batch in hand and every end are synchronous commits; the marks in between are visible to
everybody at once and survive any kill of ours, but reach the disk with the next synchronous commit. If the database
server itself crashes, also where it recovers by itself, the batch that was in hand is in doubt (`doubt_after_crash`),
is decided by the mail server's evidence, and without any is repeated with the same Message-ID: at most NEWSLETTER_BATCH
mails, never a lost one.
"""
# ruff: noqa: S608  # only names of our own tables are put into the statements

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from community.newsletters import audiences, keys
from community.newsletters.models import Delivery, DeliveryState, Issue, Suppression
from community.newsletters.models_audiences import Audience
from core.disclosure import gate
from core.notify.models import Bouncing
from core.people.models import User
from programs.consents.models import ConsentEvent, Purpose
from programs.membership.models import Membership, Program

log = logging.getLogger(__name__)

TABLES = {
    "delivery": Delivery._meta.db_table,
    "issue": Issue._meta.db_table,
    "suppression": Suppression._meta.db_table,
    "person": User._meta.db_table,
    "consent": ConsentEvent._meta.db_table,
    "membership": Membership._meta.db_table,
    "bouncing": Bouncing._meta.db_table,
}

# Who may be written to: the newest line of the ledger grants the newsletter, the account is active, the person still
# belongs to the program, and mails to the address do not come back. {program} and {person} are expressions.
WANTS_IT = """
    person.is_active
    AND (SELECT action FROM {consent} WHERE program_id = {{program}} AND purpose = '{purpose}' AND user_id = {{person}}
         ORDER BY number DESC LIMIT 1) = 'granted'
    AND EXISTS (SELECT 1 FROM {membership}
                WHERE program_id = {{program}} AND user_id = {{person}} AND ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM {bouncing} back
                    WHERE back.person_id = {{person}} AND back.until > now()
                    AND lower(back.address) = lower(person.email))
""".format(**TABLES, purpose=Purpose.NEWSLETTER.value)

# `WANTS_IT` for a whole program at once: one pass through each table instead of a look into each per person. A test
# compares the two over worlds of every kind.
AUDIENCE = """
    FROM {person} person
    WHERE person.is_active
    AND person.id IN (
        SELECT user_id FROM (
            SELECT DISTINCT ON (user_id) user_id, action FROM {consent}
            WHERE program_id = %s AND purpose = '{purpose}' ORDER BY user_id, number DESC) newest
        WHERE action = 'granted'
        INTERSECT SELECT user_id FROM {membership} WHERE program_id = %s AND ended_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM {bouncing} back
                    WHERE back.person_id = person.id AND back.until > now()
                    AND lower(back.address) = lower(person.email))
"""

NOT_SUPPRESSED = """
    AND NOT EXISTS (SELECT 1 FROM {suppression} gone WHERE gone.program_id = %s AND gone.address_hash = {hash})
"""

THERE_SINCE = """
    AND EXISTS (SELECT 1 FROM {membership}
                WHERE program_id = %s AND user_id = person.id AND ended_at IS NULL AND since <= %s)
""".format(**TABLES)


@dataclass(slots=True)
class Outcome:
    """What became of a mail that was handed over (or refused before it was)."""

    delivery: int
    state: DeliveryState
    reply: str = ""
    due_at: datetime | None = None


@dataclass(slots=True, frozen=True)
class Recipient:
    """A claimed row of the ledger."""

    id: int
    user_id: int
    address: str
    name: str
    language: str
    message_id: str
    attempts: int


def audience(program_id: int, *, there_since: datetime | None = None) -> list[tuple[str, bool]]:
    """Language and whether a name is known, of everybody who would get an issue now; or only of those who have been in
    the program since then."""
    where, parameters = _audience_sql(program_id, there_since)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person.language, person.name <> '' {where}", parameters)
        return list(cursor.fetchall())


def could_read(program: Program, wanted: Audience, *, there_since: datetime) -> int:
    """Of how many a number of readers is: who of an audience has been in the program since then, subscribed or not.
    Whatever language they read, for that is not known of them; and never so few that it says how few."""
    people = audiences.belonging(program, replace(wanted, languages=())).filter(is_active=True)
    there = Membership.objects.active().filter(program=program, user=OuterRef("pk"), since__lte=there_since)
    return max(people.filter(Exists(there)).count(), gate.enough(program.group_minimum))


def readers(program: Program, wanted: Audience, *, there_since: datetime) -> set[int]:
    """Who of an audience would get an issue now and has been in the program since then."""
    where, parameters = _audience_sql(program.pk, there_since)
    chosen, chosen_parameters = _among_sql(program, wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT person.id {where} {chosen}", [*parameters, *chosen_parameters])
        return {row[0] for row in cursor.fetchall()}


def fill(issue: Issue) -> int:
    """Write a row for everybody of its audience who wants the newsletter and may be written to. Twice makes no second
    row. Into an empty ledger there is nothing to look out for: an address belongs to one account, and who begins a
    sending holds its issue."""
    is_again = Delivery.objects.filter(issue=issue).exists()
    where, parameters = _audience_sql(issue.program_id)
    chosen, chosen_parameters = _among_sql(issue.program, issue.audience)
    message_id, message_id_parameters = keys.message_id_sql("%s || '.' || person.id")
    message_id_parameters = [*message_id_parameters[:2], str(issue.pk), *message_id_parameters[2:]]
    sql = f"""
        INSERT INTO {TABLES["delivery"]}
            (program_id, issue_id, user_id, address, name, language, message_id, state, attempts, reply, is_repeat)
        SELECT %s, %s, person.id, person.email, person.name, person.language, {message_id}, 'queued', 0, '', false
        {where} {chosen} ORDER BY person.id {"ON CONFLICT DO NOTHING" if is_again else ""}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [issue.program_id, issue.pk, *message_id_parameters, *parameters, *chosen_parameters])
        return int(cursor.rowcount)


def claim(issue_id: int, size: int, *, after: int = 0) -> list[Recipient]:
    """Take the next rows in hand, in the order of `user_id`, behind the one of `after`; rows that another sender holds
    are skipped.

    Materialized, for the planner may run a plain subquery once per row, and its LIMIT would hold for each run.
    """
    sql = """
        WITH next AS MATERIALIZED (
            SELECT delivery.id FROM {delivery} delivery JOIN {issue} issue ON issue.id = delivery.issue_id
            WHERE delivery.issue_id = %s AND delivery.user_id > %s AND delivery.state = 'queued'
            AND issue.state = 'sending'
            ORDER BY delivery.user_id LIMIT %s FOR UPDATE OF delivery SKIP LOCKED)
        UPDATE {delivery} mine SET state = 'claimed', lease_until = now() + make_interval(secs => %s)
        FROM next WHERE mine.id = next.id
        RETURNING mine.id, user_id, address, name, language, message_id, attempts
    """.format(**TABLES)
    with bound_cursor() as cursor:
        cursor.execute(sql, [issue_id, after, size, settings.NEWSLETTER_LEASE])
        return sorted((Recipient(*row) for row in cursor.fetchall()), key=lambda recipient: recipient.user_id)


def settle(outcome: Outcome) -> None:
    """Note what became of a mail that was handed over, if this sender still holds it."""
    _note(outcome, DeliveryState.SENDING)


def refuse(outcome: Outcome) -> None:
    """Note that a mail could not even be handed over; it counts as a try."""
    _note(outcome, DeliveryState.CLAIMED, attempts=F("attempts") + 1)


def _note(outcome: Outcome, held: DeliveryState, **more: Any) -> None:
    if outcome.state == DeliveryState.SENT:
        more["sent_at"] = timezone.now()
    Delivery.objects.filter(pk=outcome.delivery, state=held).update(
        state=outcome.state, reply=outcome.reply[:200], due_at=outcome.due_at, lease_until=None, **more
    )


def release(recipients: Iterable[Recipient]) -> None:
    """Put claimed rows back, unsent."""
    Delivery.objects.filter(pk__in=[recipient.id for recipient in recipients], state=DeliveryState.CLAIMED).update(
        state=DeliveryState.QUEUED, lease_until=None
    )


def drop_unwanted(recipients: Iterable[Recipient]) -> int:
    """Claimed rows of people who do not want it any more will not be sent; the others are left as they are."""
    sql = """
        UPDATE {delivery} next SET state = 'suppressed', lease_until = NULL
        FROM {person} person
        WHERE next.id = %s AND next.state = 'claimed' AND person.id = next.user_id
        AND NOT ({wants} AND NOT EXISTS (SELECT 1 FROM {suppression}
                                         WHERE program_id = next.program_id AND address_hash = ANY(%s)))
    """.format(**TABLES, wants=f"coalesce({WANTS_IT.format(program='next.program_id', person='next.user_id')}, false)")
    dropped = 0
    with bound_cursor() as cursor:
        for recipient in recipients:
            cursor.execute(sql, [recipient.id, keys.address_hashes(recipient.address)])
            dropped += cursor.rowcount
    return dropped


#: When the database last began to work, in SQL. After the crash of one of its processes it recovers by itself: marks
#: that were not on disk are lost, its start is the old one, and only its statistics begin anew.
LAST_START = "greatest(pg_postmaster_start_time(), (SELECT stats_reset FROM pg_stat_archiver))"


def doubt_after_crash(issue_id: int) -> int:
    """Rows taken in hand before the database server started last: marks behind them may be lost, so they are in
    doubt. After a plain restart nothing is lost, and they only go out a little later."""
    sql = """
        UPDATE {delivery} SET state = 'uncertain', due_at = now(), lease_until = NULL, reply = 'interrupted'
        WHERE issue_id = %s AND state = 'claimed'
        AND lease_until - make_interval(secs => %s) < {last_start}
    """.format(**TABLES, last_start=LAST_START)
    with connection.cursor() as cursor:
        cursor.execute(sql, [issue_id, settings.NEWSLETTER_LEASE])
        return int(cursor.rowcount)


@contextmanager
def sender_place() -> Iterator[bool]:
    """A place among the site's senders of newsletters, False when enough are at work. A killed one frees its place.

    While it is held, statements of this connection may be planned once.
    """
    place = _take_place()
    if place is None:
        yield False
        return
    held = connection.connection
    held.prepare_threshold = 5
    try:
        yield True
    finally:
        held.prepare_threshold = None
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", _lock(place))
        except DatabaseError:
            log.info("the database is gone, and the sender's place with it")


def _take_place() -> int | None:
    with connection.cursor() as cursor:
        for place in range(1, settings.NEWSLETTER_SENDERS + 1):
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", _lock(place))
            if cursor.fetchone()[0]:
                return place
    return None


def _lock(place: int) -> list[int]:
    """Both halves of a lock are short."""
    return [5_310_000, place]


def _among_sql(program: Program, wanted: Audience) -> tuple[str, list[Any]]:
    """Who fits an audience, as one more condition."""
    chosen = audiences.among(program, wanted)
    return (f"AND person.id IN ({chosen.sql})", chosen.parameters) if chosen else ("", [])


def _audience_sql(program_id: int, there_since: datetime | None = None) -> tuple[str, list[Any]]:
    sql = AUDIENCE.format(**TABLES, purpose=Purpose.NEWSLETTER.value)
    parameters: list[Any] = [program_id, program_id]
    for hashed, pads in keys.address_hashes_sql("person.email"):  # each by itself, so that it can be looked up at once
        sql += NOT_SUPPRESSED.format(**TABLES, hash=hashed)
        parameters += [program_id, *pads]
    if there_since:
        return sql + THERE_SINCE, [*parameters, program_id, there_since]
    return sql, parameters


def bound_cursor() -> psycopg.Cursor[Any]:
    """A cursor that binds on the server, so that the statement of each mail is planned once."""
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)
