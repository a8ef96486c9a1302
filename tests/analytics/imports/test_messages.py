"""Every reason has words, and the words fit what is said with it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import analytics.imports
from analytics.imports.messages import MESSAGES, UNKNOWN, text_of

SOURCES = sorted(Path(analytics.imports.__file__).parent.rglob("*.py"))
#: Where the code stands among the arguments.
PLACES = {"Unreadable": 0, "ValueError": 0, "Remark": 0, "CellError": 1, "refuse": slice(2, 4)}


def codes_in_use() -> set[str]:
    found: set[str] = set()
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                name = getattr(call.func, "id", getattr(call.func, "attr", ""))
                place = PLACES.get(name)
                if place is not None:
                    args = call.args[place] if isinstance(place, slice) else call.args[place : place + 1]
                    found |= {
                        c.value
                        for a in args
                        for c in ast.walk(a)
                        if isinstance(c, ast.Constant) and "_" in str(c.value)
                    }
        found |= set(re.findall(r'"refused"?: ?"([a-z_]+)"', path.read_text()))
    return found - {"post_url"}


def test_every_code_in_use_has_a_message() -> None:
    used = codes_in_use()
    assert {"too_large", "xml_entities", "number_ambiguous", "row_short", "post_twice", "metric_unknown"} <= used
    assert used <= set(MESSAGES)


def test_no_message_is_left_without_use() -> None:
    text = "\n".join(p.read_text() for p in SOURCES if p.name != "messages.py")
    assert [code for code in MESSAGES if f'"{code}"' not in text] == []


def test_an_unknown_code_or_missing_detail_still_says_something() -> None:
    assert text_of("from_an_older_version", {}) == str(UNKNOWN)
    assert text_of("too_large", {}) == str(UNKNOWN)


def test_a_message_says_what_where_and_what_to_do() -> None:
    assert text_of("too_large", {"size": 1024, "limit": 50}) == (
        "The file has 1024 MB, allowed are 50 MB. Please split it by months and upload the parts."
    )
