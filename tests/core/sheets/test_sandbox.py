"""The process that reads files: little memory, little time, and whatever happens to one file the next is read."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from core.sheets import sandbox
from core.sheets.cells import Unreadable
from core.sheets.messages import MESSAGES
from core.sheets.process import NotWanted
from tests.core.sheets.hostile import DAILY
from tests.workbooks import SAMPLES, raw_workbook

HOSTILE = SAMPLES / "synthetic" / "hostile"
GHE = SAMPLES / "linkedin_company_ghe"
READER = "tests.core.sheets.readers:cells"


def is_read(into: Path, **more: Any) -> bool:
    return bool(sandbox.run(READER, into, path=str(DAILY), **more)["sheets"])


def test_without_the_guard_only_the_child_dies_of_a_far_away_cell(tmp_path: Path) -> None:
    """Negative control: the library aborts on this file, and the asking process lives on."""
    with pytest.raises(Unreadable) as error:
        sandbox.run(READER, tmp_path, path=str(HOSTILE / "lying_dimension.xlsx"))
    assert error.value.code in {"too_complex", "too_many_cells"}


def test_random_damage_to_a_real_file_never_raises(tmp_path: Path) -> None:
    """Whatever the bytes: an answer or a refusal, nothing else."""
    whole = (GHE / "linkedin-followers.xls").read_bytes()
    path, refused = tmp_path / "damaged.xls", set()
    for seed in range(25):
        data = bytearray(whole)
        place = (seed * 7919 + 513) % (len(data) - 64)
        data[place : place + 48] = bytes((seed * 31 + i * 17) % 256 for i in range(48))
        path.write_bytes(data)
        try:
            sandbox.read(READER, path, name="x.xls", into=tmp_path)
        except Unreadable as error:
            refused.add(error.code)
    assert refused
    assert refused <= set(MESSAGES)


@pytest.mark.parametrize("reader", ["greedy", "talkative"])
def test_a_reader_has_little_memory_and_few_words(reader: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="too_complex"):
        sandbox.run(f"tests.core.sheets.readers:{reader}", tmp_path)


def test_a_reader_has_little_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text(re.sub(r"CPU_SECONDS = \d+", "CPU_SECONDS = 1", sandbox.CHILD.read_text()))
    monkeypatch.setattr(sandbox, "CHILD", child)
    # The wall may be far away: it is its use of the processor that ends this one.
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 600)
    with pytest.raises(Unreadable, match="too_complex"):
        sandbox.run("tests.core.sheets.readers:endless", tmp_path)


def test_a_reader_of_what_nobody_waits_for_is_ended(tmp_path: Path) -> None:
    asked = []

    def is_wanted() -> bool:
        asked.append(True)
        return len(asked) < 2

    with pytest.raises(NotWanted):
        sandbox.run("tests.core.sheets.readers:endless", tmp_path, is_wanted=is_wanted)
    assert sandbox.readers.process is None
    assert is_read(tmp_path)


def test_each_file_has_a_process_of_its_own_and_the_next_is_read_whatever_happened_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that kills its reader, one that takes too long, a ready process that is gone: the next file is read."""
    assert is_read(tmp_path)
    ready = sandbox.readers.process
    assert ready is not None
    with pytest.raises(Unreadable):
        sandbox.run(READER, tmp_path, path=str(HOSTILE / "lying_dimension.xlsx"))
    assert is_read(tmp_path)
    assert sandbox.readers.process is ready
    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "WALL_SECONDS", 0)
        with pytest.raises(Unreadable, match="too_complex"):
            sandbox.run("tests.core.sheets.readers:endless", tmp_path)
    assert ready.returncode is not None
    assert is_read(tmp_path)
    again = sandbox.readers.process
    assert again is not None
    again.kill()
    again.wait()
    assert is_read(tmp_path)


@pytest.mark.parametrize(
    "reader", ["analytics.sources.reading_process", "core.sheets.book", "programs.generations.roster_file"]
)
def test_readers_need_no_django(reader: str) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(sandbox.ROOT)!r}); import {reader};"
        "assert not any(m.split('.')[0] == 'django' for m in sys.modules)"
    )
    run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_characters_nobody_can_see_are_taken_out(tmp_path: Path) -> None:
    text = "a_x0000_b\u202ec \\u0000 \U0001f389\nd"
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    path = raw_workbook(tmp_path / "x.xlsx", rows)
    [[cell]] = sandbox.read(READER, path, name="x.xlsx", into=tmp_path)["sheets"]
    assert cell in {"abc \\u0000 \U0001f389\nd", "a_x0000_bc \\u0000 \U0001f389\nd"}


def test_what_no_database_takes_stays_with_the_child(tmp_path: Path) -> None:
    """Half a character and NUL; what is a whole one, in two halves for JSON, stays."""
    found = sandbox.run("tests.core.sheets.readers:unstorable", tmp_path)
    assert found == {"name": ["a\U0001f600b", {"c": 1}]}
    with pytest.raises(Unreadable) as error:
        sandbox.run("tests.core.sheets.readers:unstorable", tmp_path, is_refused=True)
    assert error.value.params == {"found": "xy"}
