"""Whatever stands in the cells: a file, or a refusal with a known reason, never an error."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.imports.messages import LEFT, MESSAGES
from analytics.sources.handover import ParsedFile, RefusedCell
from analytics.sources.reading_process import read_book
from core.sheets import messages as sheet_messages
from core.sheets.book import sheets_of as cells_of
from core.sheets.cells import CellValue, Sheet, Unreadable
from tests.workbooks import SAMPLES

NOWHERE = Path("/dev/null")
FILES = sorted([*(SAMPLES / "synthetic").glob("*.xlsx"), *(SAMPLES / "linkedin_company_ghe").glob("*.xls")])
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.just(""),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=12),
    st.dates(),
    st.datetimes(),
    st.dates().map(lambda d: f"{d.month}/{d.day}/{d.year}"),
    st.sampled_from(
        [
            "1,234",
            "1.234",
            "< 1%",
            "31.12.9999",
            "https://www.linkedin.com/x-activity-99999999999999999999-y",
            "9" * 400,
        ]
    ),
)


@cache
def sheets_of(path: Path) -> list[Sheet]:
    return cells_of(path)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name[:24])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_change_of_cells_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    sheets = [Sheet(s.name, copy.copy(s.rows)) for s in sheets_of(path)]
    for _ in range(data.draw(st.integers(1, 6))):
        sheet = data.draw(st.sampled_from([s for s in sheets if s.rows]))
        # The head of a sheet decides most, so it is changed most.
        row = data.draw(st.integers(0, min(4, len(sheet.rows) - 1)) | st.integers(0, len(sheet.rows) - 1))
        cells = list(sheet.rows[row])
        cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(CELLS)
        sheet.rows[row] = cells
    try:
        file = read_book(sheets, NOWHERE, NOWHERE, name=path.name)
    except Unreadable as error:
        file = ParsedFile("", refused=[RefusedCell("", 0, "", error.code)])
    assert {r.code for r in file.refused} <= set(MESSAGES) | set(sheet_messages.MESSAGES)
    assert {each.why for each in file.unread} <= set(LEFT)
    assert all(isinstance(r.value, int) and r.period_start < r.period_end for r in file.readings)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=6), min_size=1, max_size=4))
def test_any_workbook_is_read_or_refused(books: list[list[list[CellValue]]]) -> None:
    with pytest.raises(Unreadable):
        read_book([Sheet(f"S{i}", rows) for i, rows in enumerate(books)], NOWHERE, NOWHERE, name="x.xlsx")
