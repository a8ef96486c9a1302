"""What was put into the question box on days that are over: see `community.forum.box`."""

import random
from datetime import date

from django.db import connection, transaction
from psycopg import sql

from community.forum.models_box import BoxQuestion

_random = random.SystemRandom()


def shuffle(today: date) -> int:
    """The table is written anew in a random order, and those of days that are over are for hosts from now on.

    TRUNCATE gives the table a new file: rows that are deleted stay in the old one, readable with the number of their
    transaction, until the database tidies up some day.
    """
    if not BoxQuestion.objects.filter(is_shuffled=False, day__lt=today).exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        table = sql.Identifier(BoxQuestion._meta.db_table)
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
        rows = list(BoxQuestion.objects.all())
        over = [row for row in rows if not row.is_shuffled and row.day < today]
        for row in over:
            row.pk, row.is_shuffled = BoxQuestion().pk, True  # the form that sent it knows the old number
        _random.shuffle(rows)
        connection.check_constraints()  # of rows written in this same transaction, as the demo does
        cursor.execute(sql.SQL("TRUNCATE {}").format(table))
        BoxQuestion.objects.bulk_create(rows)
    return len(over)
