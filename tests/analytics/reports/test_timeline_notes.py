"""Notes on the time line in a report: those of then, with their numbers, in every form it has."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation
from pptx import Presentation
from pypdf import PdfReader

from analytics.annotations import services
from analytics.annotations.numbered import WrittenNote
from analytics.annotations.queries import written_notes
from analytics.reports import files, pdf
from analytics.reports.letters import _lines
from analytics.reports.models import Report
from analytics.reports.reading import ShownReport
from analytics.reports.services import make_report
from core.kit import page_cache
from tests.factories.reports import MONTHS, scene_of
from tests.world import client_of

STRIKE = WrittenNote(date(2026, 9, 9), is_week=False, texts={"en": "Strike", "de": "Streik"})
FAIR = WrittenNote(date(2026, 9, 14), is_week=True, texts={"en": "Fair"})


def frozen(world: Any, *notes: WrittenNote) -> Report:
    scene = replace(scene_of(world.program), notes=notes)
    return make_report(scene, MONTHS[-1], {}, by=world.manager)


def test_a_report_keeps_the_notes_of_its_months_as_they_were(world: Any) -> None:
    early, late = replace(STRIKE, on=date(2026, 3, 1)), replace(STRIKE, on=date(2026, 11, 20))
    report = frozen(world, early, STRIKE, FAIR, late)
    assert [row["on"] for row in report.data["marks"]] == ["2026-09-09", "2026-09-14"]
    assert report.data["marks"][0]["text"] == {"en": "Strike", "de": "Streik"}
    for chart in ShownReport(report).charts:
        assert [(mark.at, mark.sign) for mark in chart.marks] == [("Sept", "1–2")]
        assert "Strike (" in chart.marked[0]
        assert "Fair (CW 38" in chart.marked[0]
    with translation.override("de"):
        assert "Streik (" in ShownReport(report).charts[0].marked[0]


def test_what_becomes_of_a_note_changes_no_report(world: Any) -> None:
    page_cache.clear(f"program:{world.program.pk}")
    scene = replace(scene_of(world.program), notes=written_notes(world.program))
    report = make_report(scene, MONTHS[-1], {}, by=world.manager)
    before = (report.sha256, ShownReport(report).charts[0].marked)
    assert "Campaign (" in before[1][0]
    services.edit_note(world.timeline_note, text={"en": "Something else"}, by=world.manager)
    services.remove_note(world.timeline_note, by=world.manager)
    again = Report.objects.get(pk=report.pk)
    assert (again.sha256, ShownReport(again).charts[0].marked) == before


def test_the_page_that_makes_a_report_freezes_what_is_written(world: Any) -> None:
    report = frozen(world)
    assert report.data["marks"] == []
    old = Report(data={name: told for name, told in report.data.items() if name != "marks"})
    assert [chart.marks for chart in ShownReport(old).charts] == [()] * len(ShownReport(old).charts)


def test_every_form_says_them(world: Any) -> None:
    report = frozen(world, STRIKE)
    client = client_of("executive", world)
    page = client.get(reverse("analytics:report_detail", args=[world.program.slug, report.pk])).content.decode()
    assert page.count('data-sign="1"') == len(ShownReport(report).charts)
    assert "Strike (" in page
    said = [PdfReader(io.BytesIO(pdf.make(report))).pages[0].extract_text()]
    said.append("\n".join(_lines(ShownReport(report))))
    said += [files.answer(report, kind).content.decode() for kind in ("csv", "json")]
    deck = Presentation(io.BytesIO(files.answer(report, "pptx").content))
    said.append("\n".join(s.text_frame.text for slide in deck.slides for s in slide.shapes if s.has_text_frame))
    for text in said:
        assert "Strike" in text
    labels = [list(s.chart.plots[0].categories) for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert all("Sept [1]" in each for each in labels)


def test_with_many_notes_the_first_page_still_holds_what_it_did(world: Any) -> None:
    """Their words stand below the pictures, which give way."""
    many = [replace(STRIKE, on=date(2026, month, 15), texts={"en": "A long word " * 6}) for month in range(5, 11)]
    document = PdfReader(io.BytesIO(pdf.make(frozen(world, *many))))
    assert len(document.pages) <= 3
    assert "Frozen on" in document.pages[0].extract_text()
