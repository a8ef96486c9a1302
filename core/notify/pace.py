"""How many mails a minute the mail account takes (SMTP_MAILS_A_MINUTE): one budget for newsletters and single mails. It
lies in the database, so that all workers share it and a restart does not fill it up.

A tenth of it may go at once, the rest flows in evenly: no sixty seconds hold more than was set. What somebody needs to
sign in goes at once and is taken off what follows.
"""

from django.conf import settings
from django.db import connection

BREATH = 1.0  # seconds until it is worth asking again

TAKE = """
WITH state AS MATERIALIZED (
    SELECT least(%(burst)s, tokens + %(rate)s * extract(epoch FROM clock_timestamp() - at)) AS there
    FROM core_mailpace FOR UPDATE),
taken AS (
    SELECT there, CASE WHEN %(now)s THEN %(wanted)s ELSE greatest(0, least(%(wanted)s, floor(there))) END AS n
    FROM state)
UPDATE core_mailpace SET tokens = there - n, at = clock_timestamp() FROM taken RETURNING n::int
"""
BEGIN = """
INSERT INTO core_mailpace (single, tokens, at) VALUES (true, %(burst)s, clock_timestamp()) ON CONFLICT DO NOTHING
"""


def take(wanted: int, *, now: bool = False) -> int:
    """How many of these mails may go out this moment, 0 to `wanted`; all of them when they cannot wait (`now`)."""
    a_minute = settings.SMTP_MAILS_A_MINUTE
    if not a_minute:
        return wanted
    burst = max(1, a_minute // 10)
    values = {"burst": burst, "rate": max(a_minute - burst, 1) / 60, "wanted": wanted, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(BEGIN, values)
            cursor.execute(TAKE, values)
            row = cursor.fetchone()
    return int(row[0])


def give_back(unused: int) -> None:
    if unused and settings.SMTP_MAILS_A_MINUTE:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE core_mailpace SET tokens = tokens + %s", [unused])
