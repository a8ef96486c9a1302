"""Hostile and broken files are refused in the right words; the process that asks stays whole."""

from __future__ import annotations

import io
import re
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

from analytics.imports import sandbox, sandbox_guards
from analytics.imports.sandbox import Parsed, Refused, read_file, run_child
from analytics.imports.sources.base import Unreadable

from .hostile import (
    DAILY,
    absolute,
    bomb,
    corrupted,
    doctype,
    doctype_late,
    doctype_utf16,
    far_column,
    far_prefixed,
    far_row,
    formula,
    just_a_zip,
    linked,
    macro,
    ole,
    parts,
    password,
    ratio,
    slip,
    truncated,
)
from .workbooks import SAMPLES, raw_workbook, workbook

HOSTILE = SAMPLES / "synthetic" / "hostile"
GHE = SAMPLES / "linkedin_company_ghe"


def refusal(path: Path, name: str = "") -> Refused:
    outcome = read_file(path, name=name or path.name, into=path.parent)
    assert isinstance(outcome, Refused), outcome
    return outcome


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ("synthetic/hostile/formula_and_macro.xlsm", "macros"),
        ("synthetic/hostile/lying_dimension.xlsx", "too_far"),
        ("synthetic/hostile/xml_entity_expansion.xlsx", "xml_entities"),
        ("synthetic/hostile/csv_formula_injection.csv", "columns"),
        ("synthetic/account_analytics_content_2026-10-03_2026-11-01.csv", "columns"),
        ("synthetic/meta_posts_de_headers-reconstructed.csv", "columns"),
    ],
)
def test_samples_that_are_not_for_us_are_refused(sample: str, code: str, tmp_path: Path) -> None:
    outcome = read_file(SAMPLES / sample, name=Path(sample).name, into=tmp_path)
    assert isinstance(outcome, Refused)
    assert outcome.code == code


def test_without_the_guard_only_the_child_dies_of_a_far_away_cell(tmp_path: Path) -> None:
    """Negative control: the library aborts on this file, and the asking process lives on."""
    with pytest.raises(Unreadable) as error:
        run_child("cells", HOSTILE / "lying_dimension.xlsx", tmp_path / "rows", tmp_path / "posts")
    assert error.value.code in {"too_complex", "too_many_cells"}


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (bomb, "unpacked_size"),
        (ratio, "unpacked_size"),
        (parts, "too_many_parts"),
        (macro, "macros"),
        (linked, "external_links"),
        (doctype, "xml_entities"),
        (doctype_utf16, "xml_entities"),
        (doctype_late, "xml_entities"),
        (far_row, "too_far"),
        (far_column, "too_far"),
        (far_prefixed, "too_far"),
        (formula, "formulas"),
        (slip, "unsafe_names"),
        (absolute, "unsafe_names"),
        (truncated, "damaged"),
        (corrupted, "damaged"),
        (just_a_zip, "type_mismatch"),
        (password, "encrypted"),
    ],
)
def test_hostile_workbooks_are_refused_before_a_reader_starts(
    build: Callable[[Path], Path], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "run_child", never)
    path = build(tmp_path / "file.xlsx") if build is not password else build(tmp_path / "file.xls")
    assert refusal(path).code == code


def never(*args: object, **more: object) -> None:
    raise AssertionError(f"called with {args} {more}")


@pytest.mark.parametrize(("build", "code"), [(bomb, "unpacked_size"), (ratio, "unpacked_size"), (slip, "unsafe_names")])
def test_what_the_directory_gives_away_is_refused_before_anything_is_unpacked(
    build: Callable[[Path], Path], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build(tmp_path / "file.xlsx")
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    assert refusal(path).code == code


def test_a_directory_of_any_length_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = parts(tmp_path / "file.xlsx")
    monkeypatch.setattr(zipfile, "ZipInfo", never)
    assert refusal(path).code == "too_many_parts"


def test_parts_are_counted_where_the_directory_is_short(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "file.xlsx", extra={f"xl/{i}.xml": b"<a/>" for i in range(501)})
    assert refusal(path) == Refused("too_many_parts", {"limit": 500})


def test_a_formula_is_refused_with_its_place(tmp_path: Path) -> None:
    assert refusal(formula(tmp_path / "f.xlsx")) == Refused("formulas", {"sheet": "sheet1.xml", "cell": "B2"})


def test_a_size_that_lies_does_not_help(tmp_path: Path) -> None:
    """The zip's directory says the part is small; what comes out is large."""
    path = raw_workbook(tmp_path / "lie.xlsx", extra={"xl/styles.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    data = bytearray(path.read_bytes())
    true = struct.pack("<I", 3_000_007)
    while (at := data.find(true)) >= 0:
        data[at : at + 4] = struct.pack("<I", 500_000)
    path.write_bytes(data)
    assert refusal(path).code in {"damaged", "unpacked_size"}


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"%PDF-1.7 ...", "export.csv", "PDF"),
        (b"%PDF-1.7 ...", "export.xlsx", "PDF"),
        (b"<html><table><tr><td>Date</td></tr></table></html>", "export.xls", "HTML"),
        (b"\xef\xbb\xbf\n<!-- x --><TABLE>", "export.csv", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "export.xls", "XML"),
        (b"\x89PNG\r\n\x1a\n", "export.csv", "PNG"),
        (b"MZ\x90\x00", "export.xls", "EXE"),
        (b"a\x00b\x00c", "export.csv", "binary"),
        (b"Date,Value\n", "export.xlsx", "csv"),
        (b"Date,Value\n", "export.xls", "csv"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(
    content: bytes, name: str, found: str, tmp_path: Path
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert refusal(path, name) == Refused("type_mismatch", {"extension": Path(name).suffix, "found": found})


def test_renamed_workbooks_are_recognised(tmp_path: Path) -> None:
    assert refusal(DAILY, "x.xls").params["found"] == "xlsx"
    assert refusal(DAILY, "x.csv").params["found"] == "xlsx"
    assert refusal(GHE / "linkedin-followers.xls", "x.xlsx").params["found"] == "xls"


@pytest.mark.parametrize("name", ["x.zip", "x.exe", "x", "x.numbers", "x.csv.gz"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"x")
    assert refusal(path, name).code == "type_unknown"


def test_a_file_of_one_gigabyte_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(1024 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", never)
    assert refusal(path) == Refused("too_large", {"size": 1024, "limit": 50})


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    assert refusal(path).code == "empty"
    assert refusal(workbook(tmp_path / "empty.xlsx", {"Sheet1": []})).code == "empty"


def test_a_workbook_of_another_kind_is_named_by_its_sheets(tmp_path: Path) -> None:
    path = workbook(tmp_path / "other.xlsx", {"Budget": [["Item", "Cost"], ["Tea", 3]]})
    assert refusal(path) == Refused("layout_unknown", {"sheets": "Budget"})


@pytest.mark.parametrize("keep", [600, 2_000, 20_000, 54_000])
def test_an_xls_that_was_cut_off_is_damaged(keep: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.xls"
    path.write_bytes((GHE / "linkedin-followers.xls").read_bytes()[:keep])
    assert refusal(path).code == "damaged"
    with pytest.raises(Unreadable):
        sandbox_guards.check(path, path.name)


def test_an_xls_whose_own_table_counts_more_than_there_is_was_cut_off(tmp_path: Path) -> None:
    data = bytearray(ole(["Workbook"]))
    struct.pack_into("<50I", data, 512, 0xFFFFFFFD, *range(2, 50), 0xFFFFFFFE)
    path = tmp_path / "cut.xls"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged"):
        sandbox_guards.check(path, path.name)
    path.write_bytes(data.ljust(512 * 60, b"\x00"))
    assert sandbox_guards.check(path, path.name) == "xls"


def test_an_xls_with_macros_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "macro.xls"
    path.write_bytes(ole(["Workbook", "_VBA_PROJECT_CUR"]))
    assert refusal(path).code == "macros"


def test_random_damage_to_a_real_file_never_raises(tmp_path: Path) -> None:
    """Whatever the bytes: an outcome, not an exception."""
    whole = (GHE / "linkedin-followers.xls").read_bytes()
    path = tmp_path / "damaged.xls"
    for seed in range(25):
        data = bytearray(whole)
        place = (seed * 7919 + 513) % (len(data) - 64)
        data[place : place + 48] = bytes((seed * 31 + i * 17) % 256 for i in range(48))
        path.write_bytes(data)
        assert isinstance(read_file(path, name="x.xls", into=tmp_path), Parsed | Refused)


def test_the_child_has_little_memory_and_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    source = sandbox.CHILD.read_text()
    child.write_text(source.replace("def cells(path: str)", "def unused(path: str)") + "\n")
    greedy = "def cells(path):\n    return {'sheets': [bytearray(600 * 1024 * 1024)]}\n\n\n"
    child.write_text(child.read_text().replace("def lines(", greedy + "def lines("))
    monkeypatch.setattr(sandbox, "CHILD", child)
    with pytest.raises(Unreadable, match="too_complex"):
        run_child("cells", DAILY, tmp_path / "rows", tmp_path / "posts")
    sandbox.readers.stop()
    child.write_text(
        re.sub(r"CPU_SECONDS = \d+", "CPU_SECONDS = 1", child.read_text()).replace(
            "return {'sheets': [bytearray(600 * 1024 * 1024)]}", "\n    while True: pass"
        )
    )
    # The wall may be far away: it is its use of the processor that ends this one.
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 600)
    with pytest.raises(Unreadable, match="too_complex"):
        run_child("cells", DAILY, tmp_path / "rows", tmp_path / "posts")


def test_each_file_has_a_process_of_its_own_and_the_next_is_read_whatever_happened_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that kills its reader, one that takes too long, a ready process that is gone: the next file is read."""

    def is_read() -> bool:
        return bool(run_child("cells", DAILY, tmp_path / "rows", tmp_path / "posts")["sheets"])

    assert is_read()
    ready = sandbox.readers.process
    assert ready is not None
    with pytest.raises(Unreadable):
        run_child("cells", HOSTILE / "lying_dimension.xlsx", tmp_path / "rows", tmp_path / "posts")
    assert is_read()
    assert sandbox.readers.process is ready
    with monkeypatch.context() as patch:
        patch.setattr(sandbox, "WALL_SECONDS", 0)
        with pytest.raises(Unreadable, match="too_complex"):
            is_read()
    assert ready.returncode is not None
    assert is_read()
    again = sandbox.readers.process
    assert again is not None
    again.kill()
    again.wait()
    assert is_read()


def test_the_child_needs_no_django_and_sees_no_environment(tmp_path: Path) -> None:
    assert "django" not in sandbox.CHILD.read_text()
    path = tmp_path / "t.csv"
    path.write_text("date,metric,value\n2026-10-03,impressions,5\n")
    out = tmp_path / "rows"
    code = (
        "import sys; sys.argv = ['x'];"
        f"sys.path.insert(0, {str(sandbox.ROOT)!r});"
        "from analytics.imports.sources import readings_csv;"
        f"readings_csv.read_to_json({str(path)!r}, {str(out)!r}, {str(out) + 'posts'!r});"
        "assert not any(m.split('.')[0] == 'django' for m in sys.modules)"
    )
    run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_characters_nobody_can_see_are_taken_out(tmp_path: Path) -> None:
    text = "a_x0000_b\u202ec \\u0000 \U0001f389\nd"
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    answer = run_child("cells", raw_workbook(tmp_path / "x.xlsx", rows), tmp_path / "rows", tmp_path / "posts")
    assert answer["sheets"][0]["rows"][0][0] in {
        "abc \\u0000 \U0001f389\nd",
        "a_x0000_bc \\u0000 \U0001f389\nd",
    }


def test_pieces_never_cut_a_tag_in_two(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 20_000))
    path = raw_workbook(tmp_path / "x.xlsx", rows)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
        found = [c for piece in sandbox_guards.pieces(archive, part) for c in sandbox_guards.CELL.findall(piece)]
    assert len(found) == 19_999
