"""A database that was brought back from a backup sends nothing until somebody has looked at it.

What was sent since the backup, the database does not know: it would send it again. It may also be a copy made to try
something out, beside the site that goes on. So the database keeps where it lives (PostgreSQL's number of the cluster,
of the database, and of its timeline), and notices that it lives somewhere else. A failover begins a new timeline too;
who fails over by themselves leaves it out (FENCE_AT_FAILOVER).
"""
# ruff: noqa: S608  # only expressions of our own are put into the statements

import logging
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from core.kit import rooms
from core.schedule.models import Fence

log = logging.getLogger(__name__)

CLUSTER = "(SELECT system_identifier::text FROM pg_control_system())"
# A dump that is put back into the same database makes its tables anew.
DATABASE = """(SELECT oid::text FROM pg_database WHERE datname = current_database())
    || '.' || 'core_fence'::regclass::oid::text"""
TIMELINE = "left(pg_walfile_name(pg_current_wal_lsn()), 8)"
# What one side does not know (a host of PostgreSQL that hides it, a setting) is no reason.
SAME = """database = {database} AND (cluster = '' OR {cluster} = '' OR cluster = {cluster})
    AND (timeline = '' OR {timeline} = '' OR timeline = {timeline})"""
LOOK = f"SELECT {SAME}, raised_at, cluster = {{cluster}} AND timeline = {{timeline}} FROM core_fence"
SETTLE = """INSERT INTO core_fence (single, cluster, database, timeline)
    VALUES (true, {cluster}, {database}, {timeline})
    ON CONFLICT (single) DO UPDATE SET cluster = excluded.cluster, timeline = excluded.timeline
    WHERE core_fence.database = excluded.database"""
RAISE = f"""UPDATE core_fence SET cluster = {{cluster}}, database = {{database}}, timeline = {{timeline}},
    raised_at = coalesce(raised_at, clock_timestamp()) WHERE NOT ({SAME}) RETURNING raised_at"""


def is_up() -> bool:
    """Whether nothing may leave this site now, except what somebody needs to sign in."""
    return up_since() is not None


def up_since() -> datetime | None:
    row = _ask(LOOK)
    if row is None:  # the first look of a new database
        _ask(SETTLE)
        return None
    is_here, raised_at, is_whole = row
    if is_here and not is_whole:  # something is known now, or not any more
        _ask(SETTLE)
    since: datetime | None = raised_at if is_here else _raise()
    return since


@transaction.atomic
def _raise() -> datetime | None:
    """Only one of several that notice it tells the rooms: they stop what was under way."""
    row = _ask(RAISE)
    if row is None:
        return Fence.objects.values_list("raised_at", flat=True).get()
    log.warning("This database was restored or copied. Nothing is sent until an administrator releases it.")
    for room in rooms.every():
        for stop in room.on_restored:
            stop()
    raised_at: datetime = row[0]
    return raised_at


@transaction.atomic
def release() -> bool:
    """Everything goes on; False when it does already."""
    return bool(Fence.objects.filter(raised_at__isnull=False).update(raised_at=None))


def keeps(task: str) -> bool:
    """Whether the fence holds this task back. Rooms whose work stays inside go on; a woken task that is dropped here is
    found by its sweep later."""
    return not any(room.stays_inside for room in rooms.every() if room.name.endswith(f".{task.partition('.')[0]}"))


def _ask(statement: str) -> tuple[Any, ...] | None:
    here = {
        "cluster": CLUSTER if _may_ask_for_cluster() else "''",
        "database": DATABASE,
        "timeline": TIMELINE if settings.FENCE_AT_FAILOVER else "''",
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**here))
        return cursor.fetchone() if cursor.description else None


@cache
def _may_ask_for_cluster() -> bool:
    """Some hosts of PostgreSQL forbid it; then the number of the database has to do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege('pg_control_system()', 'execute')")
        return bool(cursor.fetchone()[0])
