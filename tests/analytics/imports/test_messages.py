"""Every reason has words, and the words fit what is said with it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import analytics.imports
import analytics.sources
import core.sheets
from analytics.imports.messages import LEFT, MESSAGES, WITH_TEMPLATE, text_of
from core.sheets.messages import MESSAGES as SHEETS
from core.sheets.messages import UNKNOWN

ROOMS = (analytics.imports, analytics.sources)
SOURCES = sorted(path for room in ROOMS for path in Path(room.__file__).parent.rglob("*.py"))
GROUND = sorted(Path(core.sheets.__file__).parent.rglob("*.py"))
#: Where the code stands among the arguments.
PLACES = {
    "Unreadable": slice(0, 1),
    "ValueError": slice(0, 1),
    "Remark": slice(0, 1),
    "remark": slice(0, 1),
    "CellError": slice(1, 2),
    "refuse": slice(1, 4),
}


def codes_in(paths: list[Path]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                place = PLACES.get(getattr(call.func, "id", getattr(call.func, "attr", "")))
                said = (each for argument in call.args[place] for each in ast.walk(argument)) if place else ()
                found |= {each.value for each in said if isinstance(each, ast.Constant) and "_" in str(each.value)}
        found |= set(re.findall(r'"refused"?: ?"([a-z_]+)"', path.read_text()))
    return found - {"post_url"}


def test_every_code_in_use_has_a_message() -> None:
    used, ground = codes_in(SOURCES), codes_in(GROUND)
    assert {"row_short", "row_long", "post_twice", "metric_unknown", "sum_differs", "day_outside"} <= used
    assert {"too_large", "xml_entities", "number_ambiguous", "date_time"} <= ground
    assert used - set(MESSAGES) - set(SHEETS) == set()
    assert ground - set(SHEETS) == set()


def test_no_message_is_left_without_use() -> None:
    def unused(messages: object, paths: list[Path]) -> list[str]:
        text = "\n".join(p.read_text() for p in paths if p.name != "messages.py")
        return [code for code in messages if f'"{code}"' not in text]  # type: ignore[attr-defined]

    assert unused(MESSAGES, SOURCES + GROUND) == []
    assert unused(SHEETS, GROUND + SOURCES) == []
    assert unused(LEFT, SOURCES) == []
    assert set(MESSAGES) >= WITH_TEMPLATE


def test_an_unknown_code_or_missing_detail_still_says_something() -> None:
    assert text_of("from_an_older_version", {}) == str(UNKNOWN)
    assert text_of("too_large", {}) == str(UNKNOWN)


def test_a_message_says_what_where_and_what_to_do() -> None:
    assert text_of("too_large", {"size": 1024, "limit": 50}) == (
        "The file is 1024 MB; the limit is 50 MB. Please split it by month and upload the parts."
    )
