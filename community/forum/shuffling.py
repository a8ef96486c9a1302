"""What was put into the question box is written anew each minute, and is for hosts on the next day: see
`community.forum.box`."""

import random
from datetime import date

from django.db import OperationalError, connection, transaction
from psycopg import sql
from psycopg.errors import LockNotAvailable

from community.forum.models_box import BoxQuestion

_random = random.SystemRandom()


def shuffle(today: date) -> int:
    """The table is written anew in a random order, and those of days that are over are for hosts from now on. As long
    as one waits for that this is done again and again, whether something came or not: so the last time tells nothing.
    While somebody copies the table nobody waits for this: the next minute does it.

    TRUNCATE gives the table a new file: rows that are deleted stay in the old one, readable with the number of their
    transaction, until the database tidies up some day.
    """
    if not BoxQuestion.objects.filter(is_shuffled=False).exists():
        return 0
    try:
        return _write_anew(today)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return 0
        raise


def _write_anew(today: date) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        table = sql.Identifier(BoxQuestion._meta.db_table)
        cursor.execute("SET LOCAL lock_timeout = '1s'")
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
        rows = list(BoxQuestion.objects.all())
        over = [row for row in rows if not row.is_shuffled and row.day < today]
        for row in over:
            row.pk, row.is_shuffled = BoxQuestion().pk, True  # the form that sent it knows the old number
        _random.shuffle(rows)
        connection.check_constraints()  # of rows written in this same transaction, as the demo does
        cursor.execute(sql.SQL("TRUNCATE {}").format(table))
        BoxQuestion.objects.bulk_create(rows)
    return len(over)
