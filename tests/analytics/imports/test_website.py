"""Figure 24: visits to the website by links that name the program, out of a table of web analytics."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analytics.imports.models import ImportRun
from analytics.kpis import jobs
from analytics.kpis.models import Cell
from analytics.metrics.models import Metric, Reading, Segment
from analytics.sources import records
from analytics.sources.record_words import is_of_program
from tests.analytics.imports.flow import applied, page, read, undone, upload, url

TODAY = date(2026, 11, 23)
DAYS = [date(2026, 8, 31) + timedelta(days=n) for n in range(28)]
ENGLISH = "\n".join(
    [
        "# ----",
        "# Traffic acquisition",
        "# ----",
        "Date,Session campaign,Session source / medium,Sessions,Engaged sessions",
    ]
    + [
        f"{day:%Y%m%d},{campaign},{source},{sessions},1"
        for day in DAYS
        for campaign, source, sessions in (
            ("corporate-influencer", "linkedin / social", "3"),
            ("(referral)", "linkedin.com / referral", "1040"),
            ("corporate-influencer-ads", "linkedin / cpc", "70"),
            ("(organic)", "google / organic", "900"),
        )
    ]
).encode()


@pytest.fixture(autouse=True)
def bare(world: Any) -> None:
    ImportRun.objects.all().delete()


def test_visits_by_links_of_the_program_are_counted_and_told_per_month(world: Any, sign_in: Any) -> None:
    """28 days of 3 sessions: 84, said as at least 80. Who comes from the network by itself, or from an ad, is no visit
    by a link of the program."""
    client = sign_in(world.manager)
    run = read(upload(client, world, ENGLISH, "traffic.csv", whose="records"))
    assert (run.kind, bool(run.file)) == ("records_visits", False), run.message
    run = applied(client, world, run)
    assert "Visits to the website" in page(client, world, run)
    rows = Reading.objects.filter(run_id=run.pk, metric=Metric.WEB_TRAFFIC).order_by("period_start")
    assert [row.value for row in rows.filter(segment=Segment.PROGRAM)] == [21] * 4
    assert [row.value for row in rows.filter(segment=Segment.ALL)] == [7 * (3 + 1040 + 70 + 900)] * 4
    jobs.publish(world.program, TODAY)
    cells = {(c.period, c.start_on): (c.state, c.value, c.is_floor) for c in Cell.objects.filter(kpi="web_traffic")}
    assert cells == {("month", date(2026, 9, 1)): (Cell.State.SHOWN, 80, True)}
    shown = sign_in(world.executive).get(url(world, "dashboard")).content.decode()
    assert "brought at least <em>80</em> visits to the website" in shown
    assert "≥\N{NO-BREAK SPACE}80" in sign_in(world.executive).get(url(world, "kpi", "web_traffic")).content.decode()
    undone(client, world, run)
    jobs.publish(world.program, TODAY)
    assert not Cell.objects.filter(kpi="web_traffic").exists()


def test_influencers_may_not_bring_it(world: Any, sign_in: Any) -> None:
    run = read(upload(sign_in(world.influencer), world, ENGLISH))
    assert run.message["code"] == "records_of_people"


@pytest.mark.parametrize(
    ("lines", "window"),
    [
        # days: weeks that a file begins or ends within are left out
        (
            [f"{date(2026, 10, 7) + timedelta(days=n)},botschafter,2" for n in range(16)],
            ((2026, 10, 12), (2026, 10, 18)),
        ),
        # weeks by their Monday: each line is a whole one
        (
            [f"{date(2026, 10, 5) + timedelta(weeks=n)},botschafter,9" for n in range(3)],
            ((2026, 10, 5), (2026, 10, 25)),
        ),
    ],
)
def test_only_whole_weeks_count(tmp_path: Path, lines: list[str], window: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["Datum,Kampagne,Sitzungen", *lines]))
    file = records.read_text(path, tmp_path / "rows", tmp_path / "posts", today=TODAY)
    assert file is not None
    assert (file.window_start, file.window_end) == (date(*window[0]), date(*window[1]))
    assert file.locale == "de"


@pytest.mark.parametrize(
    ("told", "is_ours"),
    [
        (["corporate-influencer", "linkedin / social"], True), (["Mitarbeitende"], True), (["markenbotschafter"], True),
        (["employee_advocacy"], True), (["linkedin / referral"], False), (["social"], False),
        (["employee_advocacy", "linkedin / cpc"], False), (["(not set)"], False),
    ],
)  # fmt: skip
def test_which_marks_count(told: list[str], is_ours: bool) -> None:
    assert is_of_program(told, by_mark=True) is is_ours
