"""Posts with the figures that a page shows of them: the same wherever a post is shown."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, DateField, F, FilteredRelation, IntegerField, Max, Q, QuerySet, When

from analytics.metrics.models import Grain, Metric, Post, Segment

COLUMNS = {
    "impressions": Metric.IMPRESSIONS,
    "reactions": Metric.REACTIONS,
    "comments": Metric.COMMENTS,
    "reposts": Metric.REPOSTS,
    "saves": Metric.SAVES,
    "sends": Metric.SENDS,
    "viewers": Metric.PROFILE_VIEWERS,
    "video": Metric.VIDEO_VIEWS,
    "watchers": Metric.VIDEO_VIEWERS,
    "watched": Metric.WATCH_SECONDS,
    "reached": Metric.MEMBERS_REACHED,
    "reported": Metric.ENGAGEMENTS,
}


def with_figures(posts: QuerySet[Post], program: Any) -> QuerySet[Post]:
    """Each with `on`, its day, and with what files said of it; the newest first. For `figured`."""
    on = Case(When(created_on=None, then=F("published_at__date")), default="created_on", output_field=DateField())
    return told_of(posts, program).annotate(on=on).order_by(F("published_at").desc(nulls_last=True), "-pk")


def told_of(posts: QuerySet[Post], program: Any, names: Iterable[str] = COLUMNS) -> QuerySet[Post]:
    """Each with what files said of it. For `figured` with the same names."""
    lifetime = Q(own__grain=Grain.LIFETIME, own__segment=Segment.ALL)
    window = Q(own__grain=Grain.WINDOW, own__segment=Segment.ALL)
    figures = {
        f"{name}_{grain}": Max("own__value", filter=where & Q(own__metric=metric), output_field=IntegerField())
        for name, metric in ((name, COLUMNS[name]) for name in names)
        for grain, where in (("lifetime", lifetime), ("window", window))
    }
    same = Q(readings__program=program, readings__account=F("account"))
    return posts.annotate(own=FilteredRelation("readings", condition=same)).annotate(**figures)


def figured(posts: Iterable[Post], names: Iterable[str] = COLUMNS) -> list[Any]:
    """What no file said stays unknown; since publication counts before the period of a file."""
    found: list[Any] = list(posts)
    for post in found:
        for name in names:
            lifetime = getattr(post, f"{name}_lifetime")
            setattr(post, name, getattr(post, f"{name}_window") if lifetime is None else lifetime)
        if "watched" in names:
            post.minutes = watched_minutes(post.watched)
    return found


def watched_minutes(seconds: int | None) -> int | None:
    """As people say it: whole minutes."""
    return None if seconds is None else round(seconds / 60)
