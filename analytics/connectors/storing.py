"""What a network told, into the store of figures: as a file would bring it, and only what is not there yet."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from analytics.connectors.models import Connection, Look
from analytics.connectors.networks.base import Tally, Told
from analytics.imports import queries as imports
from analytics.imports.sources.base import LIFETIME, ParsedFile, ParsedPost, ParsedReading
from analytics.imports.sources.codes import METRICS
from analytics.imports.sources.rows import write_posts, write_rows
from analytics.metrics import services as metrics
from analytics.metrics.batch import Batch
from analytics.metrics.counts import Counts
from analytics.metrics.models import Grain, PostId, Reading, Segment
from core.kit.workplace import piece_of_work

NAMES = {number: name for name, number in METRICS.items()}


def store(connection: Connection, look: Look, told: Told, scheme: str) -> Counts:
    """New and changed figures; those that stand already are left as they are. Within the caller's transaction."""
    news = _news(connection, told.posts, scheme)
    file = ParsedFile(kind=scheme)
    for post, figures in news:
        place = len(file.posts)
        file.posts.append(
            ParsedPost([(scheme, post.number)], post.url, post.published_at, title=post.title, kind="post")
        )
        file.readings += [
            ParsedReading(place, metric, "lifetime", *LIFETIME, "", value, "") for metric, value in figures.items()
        ]
    if told.profile.followers is not None:
        day = look.at.astimezone(ZoneInfo(connection.program.time_zone)).date()
        until = day + timedelta(days=1)
        file.readings.append(ParsedReading(None, "followers_total", "day", day, until, "", told.profile.followers, ""))
    if not file.readings and not file.posts:
        return Counts(0, 0, 0, 0)
    with piece_of_work() as folder:
        return _upsert(connection, look, file, folder)


def _upsert(connection: Connection, look: Look, file: ParsedFile, folder: Path) -> Counts:
    rows, posts = folder / "rows", folder / "posts"
    write_rows(file, rows)
    with posts.open("w", encoding="utf-8", newline="") as target:
        write_posts(file.posts, target)
    batch = Batch(connection.program_id, connection.account_id, -look.pk, look.at, rows, posts, has_repeats=False)
    counts = metrics.upsert(batch)
    # Of looks the newest value is enough; what a file said can still be taken back.
    metrics.forget_versions(connection.account, list(imports.undoable(connection.account)))
    return counts


def _news(connection: Connection, posts: Iterable[Tally], scheme: str) -> list[tuple[Tally, dict[str, int]]]:
    """Posts that are new, or have figures that differ from what stands, with those."""
    once = {post.number: post for post in posts}  # a page that repeats is no second post
    stored = _stored(connection, scheme, list(once))
    found = []
    for number, post in once.items():
        before = stored.get(number)
        figures = {name: value for name, value in post.figures.items() if (before or {}).get(name) != value}
        if before is None or figures:
            found.append((post, figures))
    return found


def _stored(connection: Connection, scheme: str, numbers: list[str]) -> dict[str, dict[str, int]]:
    """The figures of posts as they stand; a post without any is there all the same."""
    mine: dict[str, Any] = {"program": connection.program_id, "account": connection.account_id}
    ids = dict(PostId.objects.filter(**mine, scheme=scheme, value__in=numbers).values_list("post_id", "value"))
    found: dict[str, dict[str, int]] = {number: {} for number in ids.values()}
    rows = Reading.objects.filter(**mine, post__in=list(ids), grain=Grain.LIFETIME, segment=Segment.ALL)
    for post, metric, value in rows.values_list("post_id", "metric", "value"):
        found[ids[post]][NAMES[metric]] = value
    return found


def since(now: datetime, *, is_first: bool) -> datetime:
    """Twelve months at the first look, later the posts of a quarter: older ones hardly change any more."""
    return now - timedelta(days=366 if is_first else 92)
