"""Reads a workbook as the process does that reads files, within this one."""

from pathlib import Path

import pytest

from analytics.sources.handover import ParsedFile
from analytics.sources.reading_process import read_book
from core.sheets.book import sheets_of
from core.sheets.cells import Unreadable

NOWHERE = Path("/dev/null")


def parsed(path: Path, name: str = "") -> ParsedFile:
    return read_book(sheets_of(path), NOWHERE, NOWHERE, name=name or path.name)


def refused(path: Path, name: str = "") -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as error:
        parsed(path, name)
    return error.value.code, error.value.params
