"""How many connections the mail account takes at once (SMTP_CONNECTIONS), newsletters and single mails together. Each
is a lock in the database, so that all workers share them and a killed one frees its own.

One is never used for newsletters, where there are two or more. What somebody needs to sign in waits for none.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection

LOCK = 5_310_001  # beside the places of newsletters


@contextmanager
def held(*, spare: int = 0, patience: float = 0) -> Iterator[bool]:
    """One of them, False when all are in use. `spare`: so many stay for others; `patience`: seconds to wait for one."""
    if not settings.SMTP_CONNECTIONS:
        yield True
        return
    most = max(settings.SMTP_CONNECTIONS - spare, 1)
    number = next((each for each in range(1, most + 1) if _try(each)), None)
    if number is None and patience and _wait(most, patience):
        number = most
    try:
        yield number is not None
    finally:
        if number is not None:
            with suppress(DatabaseError), connection.cursor() as cursor:  # the database is gone, and the lock with it
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, number])


def _try(number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, number])
        return bool(cursor.fetchone()[0])


def _wait(number: int, patience: float) -> bool:
    """In a queue: who gives one back does not get it again before who waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{patience * 1000:.0f}ms"])
        try:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, number])
        except OperationalError:
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True
