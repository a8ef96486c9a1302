from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analytics.channels.models import Account
from analytics.metrics import services
from analytics.metrics.batch import Batch
from analytics.metrics.counts import Counts
from analytics.metrics.models import Grain, Metric, Reading, WeekTotal

ORDER = 51
FIRST = date(2026, 10, 5)  # a Monday
NULL = r"\N"
ADDRESS = "https://www.linkedin.com/feed/update/urn:li:activity:"
Row = tuple[int, str, str, int]  # day after FIRST, post number or "", metric, value


@dataclass
class Named:
    """A post as a file names it."""

    number: str
    scheme: str = "activity"
    made_at: datetime | None = None
    published_at: datetime | None = None
    title: str = ""

    def line(self, place: int) -> str:
        cells = (
            place, self.scheme, self.number, ADDRESS + self.number, self.published_at or NULL, "second", NULL,
            self.title or NULL, NULL, self.made_at or NULL,
        )  # fmt: skip
        return "\t".join(map(str, cells)) + "\n"


def figure(post: int | str, metric: str, day: int, value: int, line: int, grain: int = Grain.DAY) -> str:
    first = FIRST + timedelta(days=day)
    code = Metric[metric.upper()].value
    return f"{post}\t{code}\t0\t{grain}\t{first}\t{first + timedelta(days=1)}\t{value}\tA!B{line}\n"


@contextmanager
def batch_of(
    account: Account, run_id: int, rows: Iterable[Row], *, day: int = 0, posts: list[Named] | None = None, **fields: Any
) -> Iterator[Batch]:
    """An import of `rows`, exported on a day of November 2026. Posts that only the rows name are added to `posts`."""
    rows, named = list(rows), list(posts or [])
    named += [Named(number) for number in sorted({post for _, post, *_ in rows} - {"", *(n.number for n in named)})]
    places = {post.number: place for place, post in enumerate(named)}
    with TemporaryDirectory() as folder:
        rows_file, posts_file = Path(folder) / "rows", Path(folder) / "posts"
        rows_file.write_text(
            "".join(
                figure(places[post] if post else NULL, metric, on, value, line)
                for line, (on, post, metric, value) in enumerate(rows, start=2)
            )
        )
        posts_file.write_text("".join(post.line(place) for place, post in enumerate(named)))
        as_of = fields.pop("as_of", datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day))
        yield Batch(account.program_id, account.pk, run_id, as_of, rows_file, posts_file, **fields)


def apply(account: Account, run_id: int, rows: Iterable[Row], **fields: Any) -> Counts:
    with batch_of(account, run_id, rows, **fields) as batch:
        return services.upsert(batch)


def store_of(account: Account) -> dict[tuple, int]:
    """All figures of an account: (post number, metric, day) -> value."""
    rows = Reading.objects.filter(account=account).select_related("post").prefetch_related("post__ids")
    return {
        (
            min((number.value for number in row.post.ids.all()), default="") if row.post else "",
            row.get_metric_display() and row.metric,
            (row.period_start - FIRST).days,
        ): row.value
        for row in rows
    }


def weeks_of(account: Account) -> dict[tuple, int]:
    rows = WeekTotal.objects.filter(account=account)
    return {(row.metric, (row.week - FIRST).days // 7): row.value for row in rows}


def furnish(world: Any) -> None:
    """Nothing of its own: figures come with the imports."""
