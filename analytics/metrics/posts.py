"""Which post of an account is meant: found by any of its numbers, or by the second in which they were made.

A network gives one post numbers of several kinds within seconds (a share and its activity). So numbers of different
kinds that were made within five seconds are one post; two numbers of the same kind never are. A file may name hundreds
of thousands of posts: they stay in the database (`staging.staged_posts`) and never pass through this process.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from analytics.metrics.batch import Batch
from analytics.metrics.models import Post
from analytics.metrics.staging import run_sql

CLOSE = timedelta(seconds=5)  # the numbers of one post are made within seconds of each other
NEIGHBOURS = 20  # nobody publishes more posts than these within five seconds


@dataclass
class Meant:
    """Numbers that mean one post: of different kinds, and at most one post that is stored already."""

    schemes: set[str]
    post_id: int | None = None
    places: list[int] = field(default_factory=list)
    into: "Meant | None" = None

    @property
    def root(self) -> "Meant":
        found = self
        while found.into is not None:
            found = found.into
        return found


def match(batch: Batch) -> None:
    """Tie each staged post to the stored one it is; new ones have negative numbers. Nothing is written."""
    if batch.names_posts:
        _find(batch)
        run_sql("UPDATE staged_posts SET post_id = -1 - coalesce(leader, place), is_new = true WHERE post_id IS NULL")


def store(batch: Batch) -> None:
    """Make what is new, fill in what was not known, and note that this import names them."""
    if not batch.names_posts:
        return
    _find(batch)
    run_sql(
        "UPDATE staged_posts SET post_id = nextval(pg_get_serial_sequence(%s, 'id')), is_new = true"
        " WHERE post_id IS NULL AND leader IS NULL",
        Post._meta.db_table,
    )
    run_sql(
        "UPDATE staged_posts s SET post_id = first.post_id, is_new = true"
        " FROM staged_posts first WHERE s.post_id IS NULL AND first.place = s.leader"
    )
    where = {"program": batch.program_id, "account": batch.account_id, "run": batch.run_id}
    run_sql(
        """
        INSERT INTO analytics_post (id, program_id, account_id, published_at, precision, created_on, url, title, kind)
        SELECT post_id, %(program)s, %(account)s, published_at, coalesce(precision, 'second'), created_on,
               coalesce(url, ''), coalesce(title, ''), coalesce(kind, '')
        FROM staged_posts WHERE is_new AND leader IS NULL
        """,
        where,
    )
    run_sql(
        """
        INSERT INTO analytics_postid (program_id, account_id, post_id, scheme, value, made_at)
        SELECT %(program)s, %(account)s, post_id, scheme, number, made_at FROM staged_posts WHERE NOT is_known
        ON CONFLICT DO NOTHING
        """,
        where,
    )
    run_sql(
        """
        INSERT INTO analytics_postlisting (account_id, number_id, run_id)
        SELECT %(account)s, i.id, %(run)s FROM staged_posts s JOIN analytics_postid i ON i.program_id = %(program)s
            AND i.account_id = %(account)s AND i.scheme = s.scheme AND i.value = s.number
        ON CONFLICT DO NOTHING
        """,
        where,
    )
    _fill_in()


def count_new() -> int:
    return int(run_sql("SELECT count(DISTINCT post_id) FROM staged_posts WHERE is_new")[0][0])


def some_are_one() -> bool:
    """Whether two numbers of the file mean the same post."""
    return bool(run_sql("SELECT count(post_id) <> count(DISTINCT post_id) FROM staged_posts")[0][0])


def forget_unlisted(account_id: int, run_id: int) -> None:
    """Numbers that only this import named go with it, and posts that have no number left. A post with a note of its
    owner stays, with its numbers: an import that is taken back must not take away what somebody wrote."""
    where = {"account": account_id, "run": run_id}
    run_sql("DROP TABLE IF EXISTS unlisted")
    run_sql(
        """
        CREATE TEMPORARY TABLE unlisted ON COMMIT DROP AS
        SELECT i.id, i.post_id FROM analytics_postlisting l JOIN analytics_postid i ON i.id = l.number_id
        WHERE l.account_id = %(account)s AND l.run_id = %(run)s AND NOT EXISTS (
            SELECT 1 FROM analytics_postlisting o WHERE o.number_id = l.number_id AND o.run_id <> %(run)s)
            AND NOT EXISTS (SELECT 1 FROM analytics_post p WHERE p.id = i.post_id AND p.worked <> '')
        """,
        where,
    )
    run_sql("DELETE FROM analytics_postlisting WHERE account_id = %(account)s AND run_id = %(run)s", where)
    run_sql("DELETE FROM analytics_postid i USING unlisted u WHERE i.id = u.id")
    run_sql(
        "DELETE FROM analytics_post p USING (SELECT DISTINCT post_id FROM unlisted) u WHERE p.id = u.post_id"
        " AND NOT EXISTS (SELECT 1 FROM analytics_postid i WHERE i.post_id = p.id)"
    )


def _find(batch: Batch) -> None:
    """By the number itself, else by the second in which one of another kind was made."""
    where = {"program": batch.program_id, "account": batch.account_id, "close": CLOSE}
    run_sql(
        """
        UPDATE staged_posts s SET post_id = i.post_id, is_known = true FROM analytics_postid i
        WHERE i.program_id = %(program)s AND i.account_id = %(account)s AND i.scheme = s.scheme AND i.value = s.number
        """,
        where,
    )
    same = [
        (place, meant.post_id, min(meant.places))
        for meant in _by_second(_neighbours(where))
        if meant.post_id or len(meant.places) > 1
        for place in meant.places
    ]
    if same:
        run_sql(
            "UPDATE staged_posts s SET post_id = m.post_id, leader = nullif(m.leader, s.place)"
            " FROM unnest(%s::int[], %s::bigint[], %s::int[]) AS m (place, post_id, leader) WHERE m.place = s.place",
            *map(list, zip(*same, strict=True)),
        )


def _neighbours(where: dict[str, object]) -> list[tuple[datetime, str, int | None, int | None]]:
    """The numbers that were made within seconds of another one: when, of which kind, new (its place) or stored."""
    return run_sql(
        """
        WITH fresh AS (
            SELECT made_at, scheme, place, NULL::bigint AS post_id FROM staged_posts
            WHERE post_id IS NULL AND made_at IS NOT NULL
        ), every AS (
            SELECT * FROM fresh UNION ALL
            SELECT made_at, scheme, NULL, post_id FROM analytics_postid
            WHERE program_id = %(program)s AND account_id = %(account)s AND made_at BETWEEN
                (SELECT min(made_at) FROM fresh) - %(close)s AND (SELECT max(made_at) FROM fresh) + %(close)s
        ), gaps AS (
            SELECT *, made_at - lag(made_at) OVER near AS before, lead(made_at) OVER near - made_at AS after
            FROM every WINDOW near AS (ORDER BY made_at)
        )
        SELECT made_at, scheme, place, post_id FROM gaps WHERE least(before, after) <= %(close)s
        ORDER BY made_at, place
        """,
        where,
    )


def _by_second(numbers: list[tuple[datetime, str, int | None, int | None]]) -> list[Meant]:
    """Which of these numbers mean one post: the closest of different kinds first."""
    stored = {post for *_, post in numbers if post is not None}
    kinds = dict(
        run_sql(
            "SELECT post_id, array_agg(scheme) FROM analytics_postid WHERE post_id = ANY(%s) GROUP BY 1", list(stored)
        )
        if stored
        else ()
    )
    groups = {post: Meant(set(kinds[post]), post) for post in stored}
    belongs = [
        groups[post] if post is not None else Meant({scheme}, places=[place] if place is not None else [])
        for _, scheme, place, post in numbers
    ]
    for one, other in _pairs([at for at, *_ in numbers]):
        first, second = belongs[one].root, belongs[other].root
        if first is second or first.schemes & second.schemes or (first.post_id and second.post_id):
            continue
        first.schemes |= second.schemes
        first.post_id = first.post_id or second.post_id
        first.places += second.places
        second.into = first
    return [meant for meant in {id(each.root): each.root for each in belongs}.values() if meant.places]


def _pairs(moments: list[datetime]) -> list[tuple[int, int]]:
    """Places of moments that lie within five seconds of each other, the closest first."""
    found = [
        (moments[other] - moments[one], one, other)
        for one in range(len(moments))
        for other in range(one + 1, min(one + 1 + NEIGHBOURS, len(moments)))
        if moments[other] - moments[one] <= CLOSE
    ]
    return [(one, other) for _, one, other in sorted(found)]


def _fill_in() -> None:
    """Some exports carry the text and some do not: what is empty is filled, what stands stays."""
    run_sql(
        """
        UPDATE analytics_post p SET
            title = coalesce(nullif(p.title, ''), s.title, ''), url = coalesce(nullif(p.url, ''), s.url, ''),
            kind = coalesce(nullif(p.kind, ''), s.kind, ''), created_on = coalesce(p.created_on, s.created_on),
            published_at = coalesce(p.published_at, s.published_at)
        FROM (
            SELECT post_id, max(title) AS title, max(url) AS url, max(kind) AS kind, min(created_on) AS created_on,
                   min(published_at) AS published_at
            FROM staged_posts WHERE NOT (is_new AND leader IS NULL) GROUP BY 1
        ) s
        WHERE p.id = s.post_id AND (
            (p.title = '' AND s.title <> '') OR (p.url = '' AND s.url <> '') OR (p.kind = '' AND s.kind <> '')
            OR (p.created_on IS NULL AND s.created_on IS NOT NULL)
            OR (p.published_at IS NULL AND s.published_at IS NOT NULL))
        """
    )
