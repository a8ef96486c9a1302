"""Refused rows come back as a file in the shape of the upload: put right, it is read without another word."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Reading
from analytics.sources import handover
from analytics.sources.refused_rows import NOTES
from core.sheets.book import sheets_of
from tests.analytics.imports.flow import applied, page, read, upload, url
from tests.analytics.imports.test_columns import TABLE, ask
from tests.factories.imports import GHE, PROFILE
from tests.workbooks import SAMPLES, workbook

LONG = (
    b"sep=;\nBericht;;\ndate;metric;value;post_url\n2026-10-05;impressions;100;\n"
    b"2026-10-06;impressions;viele;\n2026-10-07;=cmd|'/c calc'!A1;-3;\n31.02.2026;reactions;-4;\n"
)


def cells(path: Path) -> dict[str, list[list[Any]]]:
    return {sheet.name: [list(row) for row in sheet.rows] for sheet in sheets_of(path)}


def given_back(client: Any, world: Any, run: ImportRun, kind: str = "csv") -> Any:
    answer = client.get(url(world, "import_refused", run.pk) + f"?format={kind}")
    assert answer.status_code == 200
    return answer


def rows(answer: Any, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=delimiter))


def written(table: list[list[str]], delimiter: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(table)
    return text.getvalue().encode()


def test_the_labels_of_the_three_columns_are_known_in_every_language() -> None:
    """Else a file that comes back in that language would be taken for a table with columns nobody knows."""
    for language, labels in zip(("en", "de"), NOTES, strict=True):
        with translation.override(language):
            said = gettext("refused: column"), gettext("refused: value"), gettext("refused: reason")
            assert said == labels


def test_a_table_comes_back_with_its_refused_rows_alone(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, LONG, "Oktober.csv"))
    assert (run.rows_new, run.rows_refused) == (1, 3)
    answer = given_back(client, world, run)
    assert "Oktober - corrections.csv" in answer["Content-Disposition"]
    title, head, *found = rows(answer)
    assert title[0] == "Bericht"
    assert head == ["date", "metric", "value", "post_url", *NOTES[0]]
    assert [row[:3] for row in found] == [
        ["2026-10-06", "impressions", "viele"],
        ["2026-10-07", "'=cmd|'/c calc'!A1", "'-3"],
        ["31.02.2026", "reactions", "'-4"],
    ]
    assert found[0][4:] == ["Amount", "viele", "“viele” is not a number."]
    assert not any(cell.lstrip()[:1] in tuple("=+-@|%") for row in found for cell in row if cell)


def test_put_right_it_is_read_and_what_was_not_touched_is_refused_again(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    applied(client, world, first := read(upload(client, world, LONG)))
    assert "Rejected lines" in page(client, world, first), "also after applying"
    table = rows(given_back(client, world, first))
    table[2][2], table[3][1], table[4][0] = "1204", "reactions", "2026-10-08"
    again = read(upload(client, world, written(table), "figures - corrections.csv"))
    assert (again.rows_new, again.rows_refused, again.preview["unread"]) == (3, 0, [])
    applied(client, world, again)
    values = Reading.objects.filter(run_id=again.pk).order_by("period_start").values_list("value", flat=True)
    assert list(values) == [1204, -3, -4]

    same = read(upload(client, world, written(rows(given_back(client, world, first)))))
    assert (same.rows_new, same.rows_refused) == (0, 3)


def test_answers_about_columns_are_offered_for_the_corrected_file_too(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    run = read(upload(client, world, TABLE))
    ask(client, world, run)
    run = read(run)
    table = rows(given_back(client, world, run))
    assert table[1][:4] == ["Wann", "Gesehen von", "Gefällt", "Notiz"]
    assert [row[0] for row in table[2:]] == ["04.10.2026", "05.10.2026"]
    table[2][1], table[3][2] = "1.500", "7"
    again = read(upload(client, world, written(table), "b.csv"))
    shown = client.get(url(world, "import_columns", again.pk))
    assert shown.context["again"] is not None
    assert "refused: reason" not in shown.content.decode()
    ask(client, world, again)
    assert (read(again).rows_new, again.state) == (4, RunState.PREVIEW)


def test_a_network_s_export_comes_back_under_a_name_that_still_tells_its_period(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    source = SAMPLES / "synthetic" / "account_analytics_content_2026-10-03_2026-11-01.csv"
    head, first, *rest = list(csv.reader(io.StringIO(source.read_text())))
    first[head.index("Impressions")] = "many"
    run = read(upload(client, world, written([head, first, *rest], ","), source.name))
    assert run.rows_refused == 1
    answer = given_back(client, world, run)
    assert f"{source.stem} - corrections.csv" in answer["Content-Disposition"]
    table = rows(answer, ",")
    assert table[0] == [*head, *NOTES[0]]
    assert len(table) == 2
    assert table[1][: len(head)] == first
    table[1][head.index("Impressions")] = "77"
    again = read(upload(client, world, written(table, ","), f"{source.stem} - corrections.csv"))
    assert (again.kind, again.rows_refused, again.window_start) == (run.kind, 0, run.window_start)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_workbook_comes_back_whole_since_its_sheets_hang_together(
    world: Any, sign_in: Any, kind: str, tmp_path: Path
) -> None:
    world.influencer.name = "Erika Beispiel"
    world.influencer.save()
    client = sign_in(world.influencer)
    book = cells(PROFILE)
    days = book["ENGAGEMENT"]
    right, days[3][1] = days[3][1], "viele"
    run = read(upload(client, world, workbook(tmp_path / "a.xlsx", book), PROFILE.name))
    assert (run.kind, run.rows_refused) == ("linkedin_profile", 1)
    answer = given_back(client, world, run, kind)
    if kind == "csv":
        assert rows(answer, ",")[1][0] == "ENGAGEMENT!B4"
        return
    (tmp_path / "back.xlsx").write_bytes(answer.content)
    back = cells(tmp_path / "back.xlsx")
    assert list(back) == list(book)
    assert back["ENGAGEMENT"][3][-3:] == ["B", "viele", "“viele” is not a number."]
    back["ENGAGEMENT"][3][1] = right
    again = read(
        upload(client, world, workbook(tmp_path / "b.xlsx", back), PROFILE.name.replace(".xlsx", " - Korrekturen.xlsx"))
    )
    assert (again.state, again.rows_refused) == (RunState.PREVIEW, 0)
    assert again.rows_new == run.rows_new + 1
    original = read(upload(client, world, PROFILE))
    assert again.fingerprint == original.fingerprint, "the corrected workbook says what the network's own says"


def test_a_company_workbook_comes_back_too(world: Any, sign_in: Any, tmp_path: Path) -> None:
    client = sign_in(world.manager)
    book = cells(GHE / "linkedin-content.anonymised.xls")
    next(iter(book.values()))[5][1] = "?!"
    run = read(
        upload(
            client, world, workbook(tmp_path / "a.xlsx", book), "nordwerk_content_1760000000000.xlsx", whose="company"
        )
    )
    assert run.rows_refused == 1
    (tmp_path / "back.xlsx").write_bytes(given_back(client, world, run, "xlsx").content)
    again = read(upload(client, world, tmp_path / "back.xlsx", "nordwerk_content_1760000000000.xlsx", whose="company"))
    assert (again.rows_new, again.rows_refused) == (run.rows_new, 1)
    assert again.preview["unread"] == run.preview["unread"], "our columns are not named as unread"


def test_more_than_a_file_holds_is_said(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    lines = "".join(f"2026-10-05,impressions,x{n}\n" for n in range(handover.MAX_REFUSED + 5))
    run = read(upload(client, world, b"date,metric,value\n2026-10-04,impressions,1\n" + lines.encode()))
    assert run.rows_refused == handover.MAX_REFUSED + 5
    assert len(rows(given_back(client, world, run), ",")) == handover.MAX_REFUSED + 1
    assert "The file holds the first 10,000 of them." in page(client, world, run)
    assert len(json.dumps(run.preview)) < 100_000, "the preview stays small"


def test_nobody_else_gets_it(world: Any, sign_in: Any) -> None:
    run = read(upload(sign_in(world.influencer), world, LONG))
    for other in (world.influencer2, world.manager):
        assert sign_in(other).get(url(world, "import_refused", run.pk)).status_code == 404
