"""One file with 300,000 posts, from the upload to the last figure: memory of the worker and of the process that reads
for it, together and at their highest, and the time against a bare COPY of the rows."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from analytics.imports.models import ImportRun
from analytics.metrics.models import Post
from bench.apart import peak_of
from bench.harness import Report, seconds
from bench.import_runs import copy, upload, work, write_bare
from core.people.models import User
from programs.membership.models import Program

NAME = "many_posts"
POSTS = 300_000
MEBIBYTES = 250


def run(report: Report) -> None:
    settings.UPLOAD_LIMIT = 500 * 1024 * 1024
    user = User.objects.create_user("bench@example.com")
    program = Program.objects.create(name="Bench", slug="bench", company_name="Bench", start_on=date(2026, 1, 1))
    with TemporaryDirectory() as folder:
        table, bare = Path(folder) / "posts.csv", Path(folder) / "bare.tsv"
        _write_posts(table)
        run = upload(program, user, table)
        peaks: list[float] = []
        took = seconds(lambda: peaks.append(peak_of(lambda: work(ImportRun.objects.get(pk=run.pk), user))))
        run.refresh_from_db()
        assert (run.state, Post.objects.count(), run.rows_new) == ("applied", POSTS, POSTS), (run.state, run.message)
        report.line(f"{POSTS:,} posts in one file: memory of worker and reader", peaks, "MiB", [MEBIBYTES], 1.0)
        write_bare(bare, run)
        report.line(f"{POSTS:,} posts in one file, end to end", [took], "s", [copy(bare)])


def _write_posts(path: Path) -> None:
    start = datetime(2016, 1, 1, 9, tzinfo=UTC)
    with path.open("w") as file:
        file.write("date,post_url,metric,segment,value\n")
        for post in range(POSTS):
            published = start + timedelta(minutes=17 * post)
            number = int(published.timestamp() * 1000) << 22
            url = f"https://www.linkedin.com/feed/update/urn:li:activity:{number}"
            file.write(f"{published.date()},{url},impressions,,{post % 100_000}\n")
