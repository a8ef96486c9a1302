"""A report as data: the numbers of its page, and the formulas of the day it was made."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

from django.urls import reverse
from python_calamine import CalamineWorkbook

from analytics.kpis.definitions import definitions
from analytics.reports import pdf, snapshot
from analytics.reports.models import Report
from analytics.reports.services import make_report
from core.journal.models import Entry
from tests.factories.reports import MONTHS, scene_of


def taken(client: Any, report: Report, kind: str) -> Any:
    return client.get(reverse("analytics:report_data", args=[report.program.slug, report.pk, kind]))


def as_rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_one_number_is_the_same_everywhere(world: Any, sign_in: Any) -> None:
    client = sign_in(world.executive)
    page = client.get(reverse("analytics:report_detail", args=[world.program.slug, world.report.pk])).text
    rows = as_rows(taken(client, world.report, "csv"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(client, world.report, "xlsx").content))
    told = json.loads(taken(client, world.report, "json").content)
    impressions = next(row for row in rows if row[:2] == ["Figures", "Impressions"])
    assert impressions[3:5] == ["70000", "70K"]
    assert "70K" in re.sub(r"</?span[^>]*>", "", page)
    numbers, rules, about = (book.get_sheet_by_index(place).to_python() for place in range(3))
    assert [[*map(str, row[:3]), row[4]] for row in numbers] == [[*row[:3], row[4]] for row in rows[: len(numbers)]]
    assert numbers[rows.index(impressions)][3] == 70_000
    assert ["Impressions", 1] in [row[:2] for row in rules]
    assert ["Fingerprint (SHA-256)", world.report.sha256] in about
    assert ["Filters", "All generations, all networks"] in about
    assert (told["sha256"], told["report"]) == (world.report.sha256, world.report.data)
    assert Entry.objects.filter(verb="reports.data", actor=world.executive).count() == 3
    assert taken(client, world.report, "exe").status_code == 404


def test_a_name_is_no_formula(world: Any, sign_in: Any) -> None:
    hostile = '=HYPERLINK("http://evil.example")'
    world.program.name = hostile
    world.program.save()
    report = make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    client = sign_in(world.manager)
    cells = [cell for row in as_rows(taken(client, report, "csv")) for cell in row]
    assert any(cell.startswith(f"'{hostile}") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
    with zipfile.ZipFile(io.BytesIO(taken(client, report, "xlsx").content)) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if "worksheets/" in name)
    assert b"<f>" not in sheets


def test_a_changed_formula_never_rewrites_a_report(world: Any, monkeypatch: Any) -> None:
    report = make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    before = pdf.make(report), report.sha256
    texts = {name: {"de": "Neu", "en": "Entirely new"} for name in ("name", "definition", "formula")}
    newer = {key: replace(about, formula_version=2, texts=texts) for key, about in definitions().items()}
    monkeypatch.setattr(snapshot, "definitions", lambda: newer)
    same = Report.objects.get(pk=report.pk)
    assert {row["version"] for row in same.data["formulas"]} == {1}
    assert "Entirely new" not in json.dumps(same.data)
    assert (pdf.make(same), snapshot.digest(same.data)) == before
    fresh = make_report(scene_of(world.program), MONTHS[-1], {}, by=world.manager)
    assert {row["version"] for row in fresh.data["formulas"]} == {2}
