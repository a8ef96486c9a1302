"""Twelve months of figures: the company page, and the people who share theirs. Plausible, seeded, invented."""

import math
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from analytics.channels.models import Account, Network
from analytics.channels.services import ensure_company_account
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Grain, Metric, Post, PostId, PostListing, Reading, Segment
from core.people.models import User
from influencer.home.demo import texts
from influencer.home.demo.people import instant
from programs.consents.models import Purpose
from programs.consents.queries import people_granting
from programs.generations.models import Participant
from programs.membership.models import Program

DAYS = 365
COLUMNS = (
    "program_id, account_id, post_id, metric, segment, grain, period_start, period_end, value, as_of, run_id, cell"
)
Row = tuple[int, int, int | None, int, int, int, date, date, int, datetime, int, str]


def load(program: Program, company: str, manager: User, rng: random.Random, today: date) -> None:
    """All accounts of a program with their readings, as if each had been imported yesterday."""
    as_of = instant(today - timedelta(days=1), 18)
    rows = list(_company(program, company, manager, rng, today, as_of))
    sharing = people_granting(program, Purpose.OWN_FIGURES)
    pool = texts.posts(company)
    participants = Participant.objects.filter(program=program).exclude(state="left").select_related("user")
    for participant in participants.order_by("user__date_joined"):
        if participant.user_id in sharing:
            rows += _person(program, participant, pool, rng, today, as_of)
    with connection.cursor() as cursor, cursor.copy(f"COPY {Reading._meta.db_table} ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def sum_up(*programs: Program) -> None:
    """The week totals of everything that was loaded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO analytics_weektotal (program_id, account_id, metric, segment, week, value, days)"
            " SELECT program_id, account_id, metric, segment, date_trunc('week', period_start)::date,"
            " sum(value), count(*)"
            " FROM analytics_reading WHERE program_id = ANY(%s) AND grain = %s GROUP BY 1, 2, 3, 4, 5",
            [[program.pk for program in programs], Grain.DAY],
        )


def _run(account: Account, by: User, name: str, days: tuple[date, date], count: int, as_of: datetime) -> ImportRun:
    run = ImportRun.objects.create(
        program_id=account.program_id,
        account=account,
        uploaded_by=by,
        file_name=name,
        size=80_000,
        sha256=f"{account.pk:064x}",
        fingerprint=f"{account.pk:064x}",
        kind="linkedin_company_content" if account.kind == Account.Kind.COMPANY else "linkedin_profile",
        language="de",
        exported_at=as_of,
        window_start=days[0],
        window_end=days[1],
        state=RunState.APPLIED,
        rows_new=count,
        read_at=as_of + timedelta(minutes=1),
        applied_at=as_of + timedelta(minutes=2),
    )
    ImportRun.objects.filter(pk=run.pk).update(created_at=run.read_at)
    return run


PAID = (Metric.IMPRESSIONS, Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS)  # told with and without


def _company(
    program: Program, company: str, manager: User, rng: random.Random, today: date, as_of: datetime
) -> Iterator[Row]:
    account = ensure_company_account(program, Network.LINKEDIN)  # its connection may be there already
    first = today - timedelta(days=DAYS)
    name = f"{company}_content_{int(as_of.timestamp())}.xls"
    run = _run(account, manager, name, (first, today - timedelta(days=1)), DAYS * 5, as_of)
    for offset in range(DAYS):
        day = first + timedelta(days=offset)
        impressions = _noisy(rng, 2400 * _weekday(day) * (1 - 0.12 * offset / DAYS))
        reactions = _noisy(rng, impressions * 0.0135)
        values = {
            Metric.IMPRESSIONS: impressions,
            Metric.REACTIONS: reactions,
            Metric.COMMENTS: _noisy(rng, reactions * 0.07),
            Metric.REPOSTS: _noisy(rng, reactions * 0.05),
            Metric.CLICKS: _noisy(rng, impressions * 0.011),
            Metric.FOLLOWERS_NEW: _noisy(rng, 4.2),
        }
        for metric, value in values.items():
            yield _row(account, None, metric, day, value, as_of, run, f"Metrics!{offset + 3}")
            if metric in PAID:  # a campaign in one week of four
                share = 3 if metric == Metric.IMPRESSIONS else 1
                paid = value * share // 10 if offset // 7 % 4 == 1 else 0
                for segment, part in ((Segment.ORGANIC, value - paid), (Segment.SPONSORED, paid)):
                    yield _row(account, None, metric, day, part, as_of, run, f"Metrics!{offset + 3}", segment)


def _person(
    program: Program,
    participant: Participant,
    pool: list[dict[str, Any]],
    rng: random.Random,
    today: date,
    as_of: datetime,
) -> list[Row]:
    user = participant.user
    account = Account.objects.create(program=program, kind=Account.Kind.PERSON, user=user, owner_name=user.name)
    first = today - timedelta(days=DAYS)
    name = f"AggregateAnalytics_{user.name}_{first}_{today}.xlsx"
    run = _run(account, user, name, (first, today - timedelta(days=1)), DAYS * 3, as_of)
    level = 45 * math.exp(rng.gauss(0, 0.5))
    joined = participant.joined_on
    posts = _posts(account, run, participant, pool, rng, today)
    published = {post.published_at.date() for post in posts if post.published_at}
    rows = []
    for offset in range(DAYS):
        day = first + timedelta(days=offset)
        weeks = max((day - joined).days / 7, 0)
        growth = 0.35 if day < joined else 1 + 1.6 * (1 - math.exp(-weeks / 18))
        echo = sum(6 / (1 + back) for back in range(4) if day - timedelta(days=back) in published)
        impressions = _noisy(rng, level * growth * _weekday(day) * (1 + echo))
        engagements = _noisy(rng, impressions * rng.uniform(0.028, 0.046))
        for metric, value in (
            (Metric.IMPRESSIONS, impressions),
            (Metric.ENGAGEMENTS, engagements),
            (Metric.FOLLOWERS_NEW, _noisy(rng, 0.25 * growth)),
        ):
            rows.append(_row(account, None, metric, day, value, as_of, run, f"ENGAGEMENT!{offset + 2}"))
    followers = round(420 * math.exp(rng.gauss(0, 0.5)))
    rows.append(
        _row(account, None, Metric.FOLLOWERS_TOTAL, today - timedelta(days=1), followers, as_of, run, "FOLLOWERS!B1")
    )
    for post in posts:
        rows += _post_readings(account, post, level, rng, as_of, run)
    return rows


def _posts(
    account: Account,
    run: ImportRun,
    participant: Participant,
    pool: list[dict[str, Any]],
    rng: random.Random,
    today: date,
) -> list[Post]:
    posts, day = [], participant.joined_on + timedelta(days=rng.randrange(4, 20))
    rhythm = rng.randrange(7, 24)
    end = today if participant.state == "active" else today - timedelta(weeks=3)
    while day < end:
        text = rng.choice(pool)
        moment = instant(day, rng.choice((7, 8, 9, 12, 16, 17)), rng.randrange(60))
        number = (int(moment.timestamp() * 1000) << 22) + rng.randrange(1 << 22)
        post = Post(
            program_id=account.program_id,
            account=account,
            published_at=moment,
            url=f"https://www.linkedin.com/feed/update/urn:li:activity:{number}",
            title=text["title"],
            kind=text["mix"],
        )
        posts.append(post)
        day += timedelta(days=max(2, int(rng.gauss(rhythm, 4))))
    Post.objects.bulk_create(posts)
    numbers = [
        PostId(
            program_id=account.program_id,
            account=account,
            post=post,
            scheme="activity",
            value=post.url.rsplit(":")[-1],
            made_at=post.published_at,
        )
        for post in posts
    ]
    PostId.objects.bulk_create(numbers)
    PostListing.objects.bulk_create(PostListing(account=account, number=number, run_id=run.pk) for number in numbers)
    return posts


def _post_readings(
    account: Account, post: Post, level: float, rng: random.Random, as_of: datetime, run: ImportRun
) -> Iterator[Row]:
    if post.published_at is None:
        return
    impressions = _noisy(rng, level * rng.uniform(9, 34))
    reactions = _noisy(rng, impressions * rng.uniform(0.018, 0.034))
    start = post.published_at.date()
    for metric, value in (
        (Metric.IMPRESSIONS, impressions),
        (Metric.REACTIONS, reactions),
        (Metric.COMMENTS, _noisy(rng, reactions * 0.24)),
        (Metric.REPOSTS, _noisy(rng, reactions * 0.06)),
        (Metric.SAVES, round(reactions * 0.2)),
        (Metric.SENDS, round(reactions * 0.08)),
        (Metric.PROFILE_VIEWERS, round(reactions * 0.3)),
    ):
        end = max(as_of.date(), start + timedelta(days=1))
        yield (
            account.program_id, account.pk, post.pk, metric, Segment.ALL, Grain.LIFETIME,
            start, end, value, as_of, run.pk, "Post analytics!B4",
        )  # fmt: skip


def _row(
    account: Account,
    post: int | None,
    metric: Metric,
    day: date,
    value: int,
    as_of: datetime,
    run: ImportRun,
    cell: str,
    segment: Segment = Segment.ALL,
) -> Row:
    end = day + timedelta(days=1)
    return (
        account.program_id, account.pk, post, metric, segment, Grain.DAY, day, end, value, as_of, run.pk, cell,
    )  # fmt: skip


def _weekday(day: date) -> float:
    return (1.12, 1.25, 1.2, 1.15, 0.95, 0.4, 0.35)[day.weekday()]


def _noisy(rng: random.Random, mean: float) -> int:
    """Like counted things: never below zero here, spread about the square root and a bit."""
    return max(0, round(rng.gauss(mean, math.sqrt(max(mean, 0.2)) * 1.1)))
