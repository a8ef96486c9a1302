"""Hostile and broken files are refused in the right words; the process that asks stays whole."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from core.sheets import guards, package, sandbox
from core.sheets.cells import Unreadable
from core.sheets.messages import text_of
from tests.core.sheets.hostile import (
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
from tests.workbooks import SAMPLES, raw_workbook

HOSTILE = SAMPLES / "synthetic" / "hostile"
GHE = SAMPLES / "linkedin_company_ghe"


READER = "tests.core.sheets.readers:cells"


def refusal(path: Path, name: str = "") -> tuple[str, dict[str, str | int]]:
    with pytest.raises(Unreadable) as error:
        sandbox.read(READER, path, name=name or path.name, into=path.parent)
    return error.value.code, error.value.params


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ("formula_and_macro.xlsm", "macros"),
        ("lying_dimension.xlsx", "too_far"),
        ("xml_entity_expansion.xlsx", "xml_entities"),
    ],
)
def test_hostile_samples_are_refused(sample: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=code):
        sandbox.read(READER, HOSTILE / sample, name=sample, into=tmp_path)


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
    monkeypatch.setattr(sandbox, "run", never)
    path = build(tmp_path / "file.xlsx") if build is not password else build(tmp_path / "file.xls")
    assert refusal(path)[0] == code


def never(*args: object, **more: object) -> None:
    raise AssertionError(f"called with {args} {more}")


@pytest.mark.parametrize(("build", "code"), [(bomb, "unpacked_size"), (ratio, "unpacked_size"), (slip, "unsafe_names")])
def test_what_the_directory_gives_away_is_refused_before_anything_is_unpacked(
    build: Callable[[Path], Path], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build(tmp_path / "file.xlsx")
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    assert refusal(path)[0] == code


def test_a_directory_of_any_length_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = parts(tmp_path / "file.xlsx")
    monkeypatch.setattr(zipfile, "ZipInfo", never)
    assert refusal(path)[0] == "too_many_parts"


def test_parts_are_counted_where_the_directory_is_short(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "file.xlsx", extra={f"xl/{i}.xml": b"<a/>" for i in range(501)})
    assert refusal(path) == ("too_many_parts", {"limit": 500})


def test_a_formula_is_refused_with_its_place(tmp_path: Path) -> None:
    assert refusal(formula(tmp_path / "f.xlsx")) == ("formulas", {"sheet": "S", "cell": "B2"})


def test_a_size_that_lies_does_not_help(tmp_path: Path) -> None:
    """The zip's directory says the part is small; what comes out is large."""
    path = raw_workbook(tmp_path / "lie.xlsx", extra={"xl/styles.xml": b"<a>" + b" " * 3_000_000 + b"</a>"})
    data = bytearray(path.read_bytes())
    true = struct.pack("<I", 3_000_007)
    while (at := data.find(true)) >= 0:
        data[at : at + 4] = struct.pack("<I", 500_000)
    path.write_bytes(data)
    assert refusal(path)[0] in {"damaged", "unpacked_size"}


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
        (b"a\x00\x00\x01b", "export.csv", "binary"),
    ],
)
def test_content_that_is_not_what_the_name_says_is_refused(
    content: bytes, name: str, found: str, tmp_path: Path
) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert refusal(path, name) == ("type_mismatch", {"extension": Path(name).suffix, "found": found})


def test_content_without_a_name_is_called_by_words() -> None:
    with translation.override("de"):
        text = text_of("type_mismatch", {"extension": ".csv", "found": "binary"}, {})
    assert "„unlesbare Zeichen“" in text


@pytest.mark.parametrize(
    ("name", "kind"), [("x.xls", "xlsx"), ("x.csv", "xlsx"), ("x.xlsx", "xls"), ("x.xls", "csv"), ("x.xlsx", "csv")]
)
def test_what_a_file_is_its_content_says(name: str, kind: str, tmp_path: Path) -> None:
    """Programs write workbooks under any name, and tables as text under the name of a workbook."""
    sources = {"xlsx": DAILY, "xls": GHE / "linkedin-followers.xls"}
    path = tmp_path / "upload"
    path.write_bytes(sources[kind].read_bytes() if kind in sources else b"Date;Value\n1;2\n")
    assert guards.check(path, name).kind == kind


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x.zip", "zip"),
        ("x.json", "json"),
        ("x.exe", "type_unknown"),
        ("x", "no_ending"),
        ("x.numbers", "type_unknown"),
        ("x.csv.gz", "type_unknown"),
    ],
)
def test_other_endings_are_refused(name: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b"x")
    assert refusal(path, name)[0] == code


@pytest.mark.parametrize(
    "content",
    [
        b'{"users": [{"mail": "a@example.com"}]}',
        b'\xef\xbb\xbf[ {"a": 1} ]',
        b"[[1, 2]]",
        b'window.YTD.tweets.part0 = [{"a": 1}]',
        '{"a": 1}'.encode("utf-16"),
    ],
)
@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.xlsx"])
def test_json_is_refused_as_a_whole(content: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(content)
    assert refusal(path, name)[0] == "json"


@pytest.mark.parametrize("text", ["[External] list;a\n1;2\n", "{a} ; b\n"])
def test_a_bracket_makes_no_json(text: str, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_text(text)
    assert guards.check(path, "x.csv").kind == "csv"


def test_a_file_of_one_gigabyte_is_refused_by_its_size_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(1024 * 1024 * 1024)
    monkeypatch.setattr(Path, "open", never)
    assert refusal(path) == ("too_large", {"size": 1024, "limit": 50})


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    assert refusal(path)[0] == "empty"


@pytest.mark.parametrize("keep", [600, 2_000, 20_000, 54_000])
def test_an_xls_that_was_cut_off_is_damaged(keep: int, tmp_path: Path) -> None:
    path = tmp_path / "cut.xls"
    path.write_bytes((GHE / "linkedin-followers.xls").read_bytes()[:keep])
    assert refusal(path)[0] == "damaged"
    with pytest.raises(Unreadable):
        guards.check(path, path.name)


def test_an_xls_whose_own_table_counts_more_than_there_is_was_cut_off(tmp_path: Path) -> None:
    data = bytearray(ole(["Workbook"]))
    struct.pack_into("<50I", data, 512, 0xFFFFFFFD, *range(2, 50), 0xFFFFFFFE)
    path = tmp_path / "cut.xls"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match="damaged"):
        guards.check(path, path.name)
    path.write_bytes(data.ljust(512 * 60, b"\x00"))
    assert guards.check(path, path.name).kind == "xls"


def test_an_xls_with_macros_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "macro.xls"
    path.write_bytes(ole(["Workbook", "_VBA_PROJECT_CUR"]))
    assert refusal(path)[0] == "macros"


def test_pieces_never_cut_a_tag_in_two(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 20_000))
    path = raw_workbook(tmp_path / "x.xlsx", rows)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
        found = [c for piece in package.pieces(archive, part) for c in package.CELL.findall(piece)]
    assert len(found) == 19_999


OTHER_PLACE = "xl/odd/figures.bin"


def elsewhere(path: Path, rows: str, part: str = OTHER_PLACE) -> Path:
    """A workbook whose sheet is where no program puts it: only those who refer to it say that it is one."""
    raw_workbook(path, rows)
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name).replace(b"worksheets/sheet1.xml", part.removeprefix("xl/").encode())
            target.writestr(part if name == "xl/worksheets/sheet1.xml" else name, data)
    path.write_bytes(made.getvalue())
    return path


def test_a_sheet_is_what_is_referred_to_as_one_wherever_it_lies(tmp_path: Path) -> None:
    far = '<row r="900000"><c r="A900000"><v>1</v></c></row>'
    assert refusal(elsewhere(tmp_path / "far.xlsx", far))[0] == "too_far"
    acts = '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c></row>'
    assert refusal(elsewhere(tmp_path / "acts.xlsx", acts)) == ("formulas", {"sheet": "S", "cell": "B2"})
    plain = '<row r="1"><c r="A1"><v>5</v></c></row>'
    path = elsewhere(tmp_path / "plain.xlsx", plain)
    assert sandbox.read(READER, path, name="x.xlsx", into=tmp_path) == {"sheets": [["5.0"]]}


def test_macros_and_links_are_known_by_what_they_are_to_the_workbook(tmp_path: Path) -> None:
    kinds = {
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject": "macros",
        "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet": "macros",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink": "external_links",
    }
    for kind, code in kinds.items():
        path = raw_workbook(tmp_path / f"{code}.xlsx", extra={"xl/innocent.dat": b"x"})
        made = io.BytesIO()
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
            for name in source.namelist():
                data = source.read(name)
                if name == "xl/_rels/workbook.xml.rels":
                    more = f'<Relationship Id="r9" Type="{kind}" Target="innocent.dat"/></Relationships>'
                    data = data.replace(b"</Relationships>", more.encode())
                target.writestr(name, data)
        path.write_bytes(made.getvalue())
        assert refusal(path)[0] == code


def test_a_folder_of_macros_name_alone_refuses_nothing_else(tmp_path: Path) -> None:
    """A part called `externalLinks` that nobody refers to links nothing."""
    path = raw_workbook(tmp_path / "x.xlsx", extra={"xl/externalLinks/note.xml": b"<a/>"})
    assert guards.check(path, "x.xlsx").kind == "xlsx"


@pytest.mark.parametrize(
    ("written", "counts"), [('date1904="1"', True), ('date1904="true"', True), ('date1904="0"', False)]
)
def test_a_workbook_says_from_when_it_counts_its_days(written: str, counts: bool, tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "x.xlsx")
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b"<sheets>", f"<workbookPr {written}/><sheets>".encode()))
    path.write_bytes(made.getvalue())
    assert guards.check(path, "x.xlsx").from_1904 is counts
