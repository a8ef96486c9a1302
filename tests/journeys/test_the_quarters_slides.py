"""A quarter's report, from the files of ten people to the slides that the board opens: one number all the way."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from pptx import Presentation

from analytics.imports.models import ImportRun, RunState
from analytics.kpis.models import Cell, PublishRequest
from analytics.kpis.services import request_publication
from analytics.kpis.tasks import publish_due
from analytics.kpis.weeks import ended_months, weeks_of
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from core.people.models import User
from programs.consents import services as consents
from programs.membership.models import HISTORY
from tests.factories.kpis import agree, make_generation, make_person
from tests.journeys.stage import running
from tests.journeys.test_6_imports import Uploader
from tests.worker import wait_until

PEOPLE = 10
DAY = timedelta(days=1)


@pytest.fixture
def quarter(here: Any) -> list[date]:
    """The last three months whose weeks are over."""
    return ended_months(here.today, 3)


@pytest.fixture
def people(here: Any, quarter: list[date]) -> list[User]:
    here.generation.delete()
    start = weeks_of(quarter[0])[0]
    generation = make_generation(here.program, 1, start)
    found = [
        make_person(here.program, generation, f"Person {n}", joined_on=start - HISTORY, consent=False)
        for n in range(PEOPLE)
    ]
    for person in found:
        consents.grant(here.program, ["participation", "own_figures"], by=person, channel="settings")
    return found


@pytest.fixture
def process(here: Any, settings: Any, tmp_path: Path) -> Iterator[None]:
    with running(settings, DATA_DIR=str(tmp_path / "data")):
        yield


def days_of(months: list[date]) -> list[date]:
    return [week + n * DAY for month in months for week in weeks_of(month) for n in range(7)]


def impressions(place: int, on: date) -> int:
    """What a person's posts were seen on a day: everybody has other numbers, and they grow."""
    return 40 + 3 * place + on.toordinal() % 7 + 10 * (on.month % 5)


def file_of(place: int, days: list[date]) -> bytes:
    lines = ["date,post_url,metric,value"]
    for on in days:
        seen = impressions(place, on)
        lines += [f"{on},,impressions,{seen}", f"{on},,reactions,{seen // 10}"]
    return "\n".join(lines).encode()


def imported(here: Any, client: Any, content: bytes, name: str) -> ImportRun:
    by = Uploader(here, client)
    run = by.upload(name, content)
    if run.state == RunState.QUESTION:
        run = by.act(run, "import_answer", answer="yes")
    assert run.state == RunState.PREVIEW, run.message
    run = by.act(run, "import_apply")
    assert run.state == RunState.APPLIED, run.message
    return run


def test_from_files_to_the_boards_slides(
    here: Any, quarter: list[date], people: list[User], process: None, sign_in: Any
) -> None:
    days = days_of(quarter)
    for place, person in enumerate(people):
        imported(here, sign_in(person), file_of(place, days), "my-figures.csv")
    imported(here, sign_in(here.manager), file_of(30, days), "company.csv")
    for person in people:
        agree(here.program, person)  # to count towards figures of groups, which nobody is by bringing a file
    PublishRequest.objects.update(done_at=timezone.now() - timedelta(hours=1))  # an hour passes
    request_publication(here.program.pk)
    published = PublishRequest.objects.filter(done_at__gt=F("asked_at"))
    assert wait_until(published.all().exists, tick=publish_due)

    # What the files say, added up here from nothing but the files' own numbers.
    wanted = {
        month: sum(impressions(place, on) for place in range(PEOPLE) for on in days_of([month])) for month in quarter
    }
    cells = Cell.objects.filter(
        program=here.program, kpi="impressions", series="people", generation=None, period="month"
    )
    figures = dict(cells.filter(period="month", start_on__in=quarter).values_list("start_on", "value"))
    assert {month: int(value) for month, value in figures.items() if value is not None} == wanted

    # The manager freezes the report of the quarter's last month, with what the board asks for.
    manager = sign_in(here.manager)
    sent = {"month": quarter[-1].isoformat(), "headline_en": "A quarter", "blocks": ["five", "reach", "duel"],
            "decision_en": "Another generation?"}  # fmt: skip
    answer = manager.post(reverse("analytics:report_new", args=[here.program.slug]), sent)
    assert answer.status_code == 302, answer.content.decode()
    report = Report.objects.get()
    page = sign_in(here.executive).get(reverse("analytics:report_detail", args=[here.program.slug, report.pk]))
    assert "Another generation?" in page.text

    # The board opens the slides.
    answer = sign_in(here.executive).get(reverse("analytics:report_data", args=[here.program.slug, report.pk, "pptx"]))
    deck = Presentation(io.BytesIO(answer.content))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    shown = ShownReport(report).charts
    assert len(charts) == len(shown) >= 2
    for drawn, of_page in zip(charts, shown, strict=True):
        for line, series in zip(drawn.plots[0].series, of_page.series, strict=True):
            assert list(line.values) == [None if c.value is None else float(c.value) for c in series.cells]
    values = {value for chart in charts for series in chart.plots[0].series for value in series.values}
    assert {float(value) for value in wanted.values()} <= values
    words = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    assert "A quarter" in words
    assert not [person.name for person in people if person.name in words]
    assert timezone.localdate() == here.today
