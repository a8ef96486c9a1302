"""What a network told, into the store of figures: as a file would bring it, and only what is not there yet."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from analytics.connectors.models import Connection, Look
from analytics.connectors.networks.base import DayFigure, KnownPost, Tally, Told
from analytics.imports import queries as imports
from analytics.metrics import services as metrics
from analytics.metrics.batch import Batch
from analytics.metrics.counts import Counts
from analytics.metrics.models import Grain, PostId, Reading
from analytics.sources.codes import METRICS, SEGMENTS
from analytics.sources.handover import LIFETIME, ONE_DAY, ParsedFile, ParsedPost, ParsedReading
from analytics.sources.rows import write_posts, write_rows
from core.kit.workplace import piece_of_work

NAMES = {number: name for name, number in METRICS.items()}
KNOWN = 100  # numbers of posts that are looked through for those to ask about
PostKey = tuple[str, str]  # a kind of number, and the number


def store(connection: Connection, look: Look, told: Told, scheme: str) -> Counts:
    """New and changed figures; those that stand already are left as they are. Within the caller's transaction."""
    news = _news(connection, told, scheme)
    file = ParsedFile(kind=scheme)
    for post, figures in news:
        place = len(file.posts)
        file.posts.append(
            ParsedPost(
                [(post.scheme or scheme, post.number)], post.url, post.published_at, title=post.title, kind="post"
            )
        )
        file.readings += [
            ParsedReading(place, metric, "lifetime", *LIFETIME, told.segment, value, "")
            for metric, value in figures.items()
        ]
    file.readings += [
        ParsedReading(None, each.metric, "day", each.on, each.on + ONE_DAY, told.segment, each.value, "")
        for each in _new_days(connection, told)
    ]
    if told.profile.followers is not None:
        day = look.at.astimezone(ZoneInfo(connection.program.time_zone)).date()
        followers = told.profile.followers
        file.readings.append(ParsedReading(None, "followers_total", "day", day, day + ONE_DAY, "", followers, ""))
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


def _news(connection: Connection, told: Told, scheme: str) -> list[tuple[Tally, dict[str, int]]]:
    """Posts that are new, or have figures that differ from what stands, with those."""
    once = {(post.scheme or scheme, post.number): post for post in told.posts}  # a page that repeats is no second post
    stored: dict[PostKey, dict[str, int]] = {}
    for kind in {kind for kind, _number in once}:
        stored |= _stored(connection, kind, [number for each, number in once if each == kind], told.segment)
    found = []
    for key, post in once.items():
        before = stored.get(key)
        figures = {name: value for name, value in post.figures.items() if (before or {}).get(name) != value}
        if before is None or figures:
            found.append((post, figures))
    return found


def _stored(connection: Connection, scheme: str, numbers: list[str], segment: str) -> dict[PostKey, dict[str, int]]:
    """The figures of posts as they stand; a post without any is there all the same."""
    mine: dict[str, Any] = {"program": connection.program_id, "account": connection.account_id}
    ids = dict(PostId.objects.filter(**mine, scheme=scheme, value__in=numbers).values_list("post_id", "value"))
    found: dict[PostKey, dict[str, int]] = {(scheme, number): {} for number in ids.values()}
    rows = Reading.objects.filter(**mine, post__in=list(ids), grain=Grain.LIFETIME, segment=SEGMENTS[segment])
    for post, metric, value in rows.values_list("post_id", "metric", "value"):
        found[scheme, ids[post]][NAMES[metric]] = value
    return found


def _new_days(connection: Connection, told: Told) -> list[DayFigure]:
    """Of days what differs from what stands."""
    if not told.days:
        return []
    once = {(each.metric, each.on): each for each in told.days}
    rows = Reading.objects.filter(
        program=connection.program_id, account=connection.account_id, post=None, grain=Grain.DAY,
        segment=SEGMENTS[told.segment], metric__in={METRICS[metric] for metric, _on in once},
        period_start__gte=min(on for _metric, on in once),
    )  # fmt: skip
    stands = {(NAMES[metric], on): value for metric, on, value in rows.values_list("metric", "period_start", "value")}
    return [each for key, each in once.items() if stands.get(key) != each.value]


def known_posts(connection: Connection) -> list[KnownPost]:
    """The newest posts of the account that the store knows by a number, each by one."""
    rows = PostId.objects.filter(program=connection.program_id, account=connection.account_id).exclude(scheme="url")
    rows = rows.filter(post__published_at__isnull=False).order_by("-post__published_at", "post", "scheme")
    found: dict[int, KnownPost] = {}
    for each in rows.select_related("post").only("scheme", "value", "post__url", "post__published_at", "post__title")[
        :KNOWN
    ]:
        post = each.post
        if each.scheme != "activity" and post.published_at is not None:
            found.setdefault(post.pk, KnownPost(each.scheme, each.value, post.url, post.published_at, post.title))
    return list(found.values())


def since(now: datetime, *, is_first: bool) -> datetime:
    """Twelve months at the first look, later the posts of a quarter: older ones hardly change any more."""
    return now - timedelta(days=366 if is_first else 92)
