"""Readers for tests of the process that reads files; like all of them they need no Django."""

from pathlib import Path
from typing import Any

from core.sheets.book import sheets_of
from core.sheets.cells import Unreadable


def cells(path: str, **more: Any) -> dict[str, Any]:
    try:
        return {"sheets": [[str(cell) for row in sheet.rows for cell in row] for sheet in sheets_of(Path(path))]}
    except Unreadable as error:
        return {"refused": error.code, "params": error.params}


def greedy(**more: Any) -> dict[str, Any]:
    return {"bytes": len(bytearray(600 * 1024 * 1024))}


def endless(**more: Any) -> dict[str, Any]:
    while True:
        pass


def talkative(**more: Any) -> dict[str, Any]:
    return {"text": "x" * 20_000_000}


def unstorable(is_refused: bool = False, **more: Any) -> dict[str, Any]:
    if is_refused:
        return {"refused": "archive_unknown", "params": {"found": "x\udcffy"}}
    return {"name": ["a\U0001f600\ud800b\x00", {"c\udfff": 1}]}
