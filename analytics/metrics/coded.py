"""The rows of a workbook, already in the store's own numbers (`batch.CODED`). All of them fit into memory."""

from datetime import date

from django.db import connection

from analytics.metrics.batch import CODED, Batch
from analytics.metrics.counts import SAMPLES, Sample

ACCOUNT = "\\N\t"  # a figure of the account itself, not of a post
STORED = (*CODED, "program_id", "account_id", "as_of", "run_id")


def lines_of(batch: Batch) -> list[str]:
    text = batch.rows.read_bytes().decode()
    return text.removesuffix("\n").split("\n") if text else []


def tied(lines: list[str], posts: list[int]) -> list[str]:
    """The lines with the numbers of their posts, in the order of the unique index (then it fills twice as fast)."""
    found = []
    for line in lines:
        if not line.startswith(ACCOUNT):
            place, _, rest = line.partition("\t")
            line = f"{posts[int(place)]}\t{rest}"
        found.append(line)
    found.sort()
    return found


def samples(lines: list[str], titles: list[str]) -> list[Sample]:
    """Some of the rows, all of them new, as the file has them."""
    found = []
    for line in lines[:SAMPLES]:
        post, metric, segment, grain, start, end, value, cell = line.split("\t")
        title = "" if line.startswith(ACCOUNT) else titles[int(post)]
        first, last = date.fromisoformat(start), date.fromisoformat(end)
        cell = cell.replace("\\\\", "\\")
        found.append(Sample("new", cell, int(metric), int(segment), int(grain), first, last, int(value), post=title))
    return found


def store(batch: Batch, lines: list[str]) -> int:
    """The first figures of an account meet none: they go straight into the store."""
    if not lines:
        return 0
    end = f"\t{batch.program_id}\t{batch.account_id}\t{batch.as_of.isoformat()}\t{batch.run_id}\n"
    with connection.cursor() as cursor, cursor.copy(f"COPY analytics_reading ({', '.join(STORED)}) FROM STDIN") as copy:
        copy.write(end.join(lines) + end)
    return len(lines)
