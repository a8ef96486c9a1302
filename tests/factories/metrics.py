from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from analytics.channels.models import Account
from analytics.metrics import services
from analytics.metrics.batch import CODED, Batch, PostRow
from analytics.metrics.counts import Counts
from analytics.metrics.models import Grain, Metric, Reading, WeekTotal

ORDER = 51
FIRST = date(2026, 10, 5)  # a Monday
Row = tuple[int, str, str, int]  # day after FIRST, post number or "", metric, value


def tsv(rows: Iterable[Row]) -> str:
    address = "https://www.linkedin.com/feed/update/urn:li:activity:"
    return "".join(
        f"{line}\t{FIRST + timedelta(days=day)}\t\\N\t"
        + (f"activity\t{post}\t{address}{post}" if post else "\\N\t\\N\t\\N")
        + f"\t{metric}\t\t{value}\n"
        for line, (day, post, metric, value) in enumerate(rows, start=2)
    )


def coded_tsv(rows: Iterable[Row], posts: list[str]) -> str:
    return "".join(
        f"{posts.index(post) if post else chr(92) + 'N'}\t{Metric[metric.upper()]}\t0\t{Grain.DAY}"
        f"\t{FIRST + timedelta(days=day)}\t{FIRST + timedelta(days=day + 1)}\t{value}\tA!B{line}\n"
        for line, (day, post, metric, value) in enumerate(rows, start=2)
    )


@contextmanager
def batch_of(
    account: Account, run_id: int, rows: Iterable[Row], *, day: int = 0, is_coded: bool = False, **fields: Any
) -> Iterator[Batch]:
    """An import of `rows`, exported on a day of November 2026; as a table says it, or as a workbook (`is_coded`)."""
    rows = list(rows)
    with NamedTemporaryFile("w", suffix=".tsv") as file:
        if is_coded:
            posts = sorted({post for _, post, *_ in rows if post})
            fields = {"posts": [PostRow([("activity", post)]) for post in posts], **fields, "columns": CODED}
            file.write(coded_tsv(rows, posts))
        else:
            file.write(tsv(rows))
        file.flush()
        as_of = fields.pop("as_of", datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day))
        yield Batch(account.program_id, account.pk, run_id, as_of, Path(file.name), **fields)


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
