"""No server is asked faster than it allows, by however many workers; one that asked for patience gets it."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from analytics.connectors.models import Server
from analytics.connectors.networks.base import Trouble

PATIENCE = 20.0  # seconds for which a worker waits for its turn; later it comes again

# The turn of a request is the moment at which the server is free, and the next turn lies behind it.
TURN = """
    INSERT INTO analytics_server AS s (host, free_at) VALUES (%(host)s, %(now)s + %(step)s)
    ON CONFLICT (host) DO UPDATE SET free_at = greatest(s.free_at, %(now)s) + %(step)s
    WHERE s.free_at <= %(latest)s
    RETURNING free_at - %(step)s
    """
LEFT_ALONE = """
    INSERT INTO analytics_server AS s (host, free_at) VALUES (%(host)s, %(until)s)
    ON CONFLICT (host) DO UPDATE SET free_at = greatest(s.free_at, EXCLUDED.free_at)
    """


def wait_for_turn(host: str, seconds_between: float, patience: float = PATIENCE) -> None:
    """Wait until this server may be asked. Raises `Trouble` when that would take too long."""
    now, step = timezone.now(), timedelta(seconds=seconds_between)
    params: dict[str, Any] = {"host": host, "now": now, "step": step, "latest": now + timedelta(seconds=patience)}
    with connection.cursor() as cursor:
        cursor.execute(TURN, params)
        found = cursor.fetchone()
    if found is None:
        free_at = Server.objects.values_list("free_at", flat=True).get(host=host)
        raise Trouble("turn", pause_seconds=max(1, round((free_at - now).total_seconds())))
    turn: datetime = found[0]
    seconds = max(0.0, (turn - now).total_seconds())
    time.sleep(seconds)
    if seconds:
        _is_still_open(host, max(patience, PATIENCE) + seconds_between)


def _is_still_open(host: str, longest_line: float) -> None:
    """Who waited asks again: the server may have said to everybody in the meantime that it wants to be left alone."""
    free_at = Server.objects.values_list("free_at", flat=True).get(host=host)
    wait = (free_at - timezone.now()).total_seconds()
    if wait > longest_line:
        raise Trouble("turn", pause_seconds=round(wait))


def leave_alone(host: str, seconds: int) -> None:
    """A server that said when to come again is asked by nobody until then, whatever another one is told."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_ALONE, {"host": host, "until": timezone.now() + timedelta(seconds=seconds)})
