"""A person's own figures, for the person alone. Callers hand in an account they have asked `channels` for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, Min, QuerySet, Sum

from analytics.channels.models import Account
from analytics.metrics.models import ADDITIVE, Grain, Metric, Post, Reading, Segment, WeekTotal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

SHOWN_OF_POST = (Metric.IMPRESSIONS, Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS, Metric.ENGAGEMENTS)


@dataclass(frozen=True)
class PostFigures:
    """A post with what is known of it. What is not known is None, never 0."""

    post: Post
    figures: dict[int, int]
    as_of: date | None

    def __getitem__(self, name: str) -> int | None:
        """For templates: `{{ row.impressions }}`."""
        return self.figures.get(Metric[name.upper()])


def account_of(user: "User", program: Program) -> Account | None:
    """The person's own account; there is no way to another person's."""
    return Account.objects.filter(program=program, user=user, kind=Account.Kind.PERSON).order_by("pk").first()


def own_weeks(
    account: Account, metrics: Iterable[int], *, since: date | None = None, segment: int = Segment.ALL
) -> dict[date, dict[int, int]]:
    """Sums per week: {monday: {metric: value}}, oldest first. Only figures that may be summed. One query."""
    rows = WeekTotal.objects.filter(
        program=account.program_id, account=account, segment=segment, metric__in=set(metrics) & ADDITIVE
    )
    if since is not None:
        rows = rows.filter(week__gte=since)
    found: dict[date, dict[int, int]] = {}
    for week, metric, value in rows.order_by("week").values_list("week", "metric", "value"):
        found.setdefault(week, {})[metric] = value
    return found


def own_days(account: Account, metric: int, *, since: date | None = None) -> list[tuple[date, int]]:
    """A daily figure of the account, oldest first."""
    rows = _of_account(account).filter(metric=metric, grain=Grain.DAY, segment=Segment.ALL)
    if since is not None:
        rows = rows.filter(period_start__gte=since)
    return list(rows.order_by("period_start").values_list("period_start", "value"))


def own_stock(account: Account, metric: int = Metric.FOLLOWERS_TOTAL) -> tuple[date, int] | None:
    """The newest value of a stock such as followers."""
    rows = _of_account(account).filter(metric=metric, segment=Segment.ALL).order_by("-period_end", "-as_of")
    return rows.values_list("period_start", "value").first()


def own_posts(account: Account, *, limit: int = 20, metrics: Iterable[int] = SHOWN_OF_POST) -> list[PostFigures]:
    """The newest posts with their figures since publication (else of the longest known period). Two queries."""
    posts = list(Post.objects.filter(account=account).order_by("-published_at", "-pk")[:limit])
    rows = Reading.objects.filter(
        program=account.program_id, account=account, post__in=posts, metric__in=list(metrics), segment=Segment.ALL
    ).exclude(grain=Grain.DAY)
    found: dict[int, dict[int, Reading]] = {}
    for row in rows.order_by("as_of"):
        known = found.setdefault(row.post_id or 0, {})
        held = known.get(row.metric)
        if held is None or row.grain >= held.grain:
            known[row.metric] = row
    return [
        PostFigures(
            post,
            {metric: row.value for metric, row in found.get(post.pk, {}).items()},
            max((row.as_of.date() for row in found.get(post.pk, {}).values()), default=None),
        )
        for post in posts
    ]


def own_posts_count(account: Account) -> int:
    return Post.objects.filter(account=account).count()


def own_sum(account: Account, metric: int, start: date, end: date) -> int | None:
    """The sum of a daily figure within days (end exclusive); None where nothing is known."""
    rows = _of_account(account).filter(
        metric=metric, grain=Grain.DAY, segment=Segment.ALL, period_start__gte=start, period_start__lt=end
    )
    return rows.aggregate(sum=Sum("value"))["sum"]


def known_days(account: Account) -> tuple[date, date] | None:
    """From when to when daily figures of an account are known."""
    span = _of_account(account).filter(grain=Grain.DAY).aggregate(first=Min("period_start"), last=Max("period_start"))
    return (span["first"], span["last"]) if span["first"] else None


def _of_account(account: Account) -> QuerySet[Reading]:
    return Reading.objects.filter(program=account.program_id, account=account, post=None)
