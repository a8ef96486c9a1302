"""Downloads: what people wrote must never run in a spreadsheet, and must still be what they wrote."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from core.kit.exports import Table, as_csv, as_xlsx, download, safe

FORMULAS = [
    *('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "|cmd", "%0A", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1"),
    *("＝1+1", "＋1", "－1", "＠x", "\N{NO-BREAK SPACE}=1", "\x0b=1", "\x00=1"),
]
HARMLESS = ["plain", "a=b", "5 %", "Größe", "1234", "'quoted", "<b>", ""]
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def one_column(values: list[object]) -> Table:
    return Table("=figures", ["=head"], [[value] for value in values])


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_runs_no_formula(text: str) -> None:
    assert safe(text)[0] == "'"
    assert safe(text).replace("'", "") == text.replace("\x00", "")


@pytest.mark.parametrize("sign", [",", ";", "\t", "\n", "\r\n"])
@pytest.mark.parametrize("text", ["=cmd()", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+SUM(1)", '"=1+1"', " =1", "＝1"])
def test_csv_runs_no_formula_where_another_separator_is_read(sign: str, text: str) -> None:
    """A comma file in a German Excel, a semicolon file in an English one: quotation marks keep nothing together."""
    assert safe(f"foo{sign}{text}") == f"foo{sign}'{text}"
    assert safe(f'foo"{sign}{text}{sign}{text}') == f"foo\"{sign}'{text}{sign}'{text}"


@pytest.mark.parametrize("text", ["Danke, @Anna!", "so ;-)", "- one\n- two", "1,5; -2", "a, b = c", "x; y (z)"])
def test_csv_leaves_signs_between_words_alone(text: str) -> None:
    assert safe(f"Said: {text}") == f"Said: {text}"


@pytest.mark.parametrize("text", [",\n" * 200_000, "," + "-|" * 200_000, ",@" + "a " * 200_000, "," + " " * 400_000])
def test_csv_is_written_at_once_whatever_somebody_wrote(text: str) -> None:
    assert safe(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_other_texts_alone(text: str) -> None:
    assert safe(text) == text


def test_csv_is_opened_by_a_double_click() -> None:
    table = one_column(["a;b", Decimal("-2.5"), 1234, None, date(2026, 11, 2), datetime(2026, 11, 2, 9, 5, tzinfo=UTC)])
    with override("de"):
        text = as_csv(table)
    assert text.startswith("\ufeff'=head\r\n")
    rows = list(csv.reader(io.StringIO(text[1:]), delimiter=";"))
    assert rows[1:] == [["a;b"], ["-2,5"], ["1234"], [""], ["2026-11-02"], ["2026-11-02 10:05"]]
    assert as_csv(table, mark=False).startswith("'=head")


def test_excel_runs_no_formula_and_keeps_every_text() -> None:
    written = as_xlsx(one_column([*FORMULAS, *HARMLESS]))
    sheet = ZipFile(io.BytesIO(written)).read("xl/worksheets/sheet1.xml")
    assert not list(fromstring(sheet).iter(f"{CELLS}f"))
    read = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    kept = [row[0] for row in read[1:]]
    expected = [text.replace("\r", "\n") for text in [*FORMULAS, *HARMLESS]]
    assert [text.replace("\r", "\n").replace("_x000B_", "\x0b").replace("_x0000_", "\x00") for text in kept] == [
        *expected[:-1]  # the last one is empty
    ]


def test_excel_keeps_numbers_and_days() -> None:
    values = [Decimal("-2.5"), 1234, date(2026, 11, 2), datetime(2026, 11, 2, 9, 5, tzinfo=UTC), "x" * 40_000]
    read = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(one_column(values)))).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[1:5]] == [-2.5, 1234, date(2026, 11, 2), datetime(2026, 11, 2, 10, 5)]
    assert len(read[5][0]) == 32_767


@pytest.mark.parametrize("name", ["a" * 60, "[x]:*?/\\'", "Übersicht", "=1"])
def test_any_name_is_a_name_of_a_sheet(name: str) -> None:
    assert as_xlsx(Table(name, ["a"], []))


def test_a_download_is_a_private_file() -> None:
    for kind, ending in (("xlsx", "xlsx"), ("csv", "csv"), (None, "csv"), ("exe", "csv")):
        answer = download(Table("Übersicht", ["a"], [["b"]]), kind)
        assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''%C3%9Cbersicht.{ending}"
        assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")


def test_sheets_that_are_called_alike_and_numbers_that_are_none_make_a_workbook() -> None:
    tables = [
        Table(name, ["a"], [[float("nan")], [float("inf")]]) for name in ("Posts", "POSTS", "Post's", "Posts 2", "", "")
    ]
    names = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(*tables))).sheet_names
    assert len({name.casefold() for name in names}) == len(tables)
    assert names[:3] == ["Posts", "POSTS 2", "Post s"]
