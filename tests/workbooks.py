"""Builds workbooks for tests, honest ones and hostile ones, and reads honest ones without the product's reader."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import xlsxwriter

SAMPLES = Path(__file__).parent / "samples"
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
EMPTY_SHEET = '<row r="1"><c r="A1" t="inlineStr"><is><t>Date</t></is></c></row>'


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """An ordinary .xlsx; text stays text, numbers stay numbers."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell not in ("", None):
                        sheet.write(r, c, cell)
    return path


def raw_workbook(
    path: Path, rows: str = EMPTY_SHEET, *, before: str = "", extra: Mapping[str, bytes] | None = None
) -> Path:
    """An .xlsx written part by part, to put things into it that no program would."""
    main = NS.strip("{}")
    parts: dict[str, bytes] = {
        "[Content_Types].xml": (
            b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            b'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
            b' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
            b' Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<?xml version="1.0"?><workbook xmlns="{main}" xmlns:r="{REL.strip("{}")}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
            b' Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        ).encode(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(extra or {})}.items():
            archive.writestr(name, data)
    return path


def plain_cells(path: Path) -> dict[str, dict[str, str]]:
    """Every cell of an .xlsx by its place, read with nothing but zip and XML."""
    with zipfile.ZipFile(path) as archive:
        shared: list[str] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 - our own sample - our own samples
            shared = ["".join(t.text or "" for t in si.iter(f"{NS}t")) for si in root.iter(f"{NS}si")]
        rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - our own sample
        targets = {r.attrib["Id"]: r.attrib["Target"].removeprefix("/xl/") for r in rels}
        found: dict[str, dict[str, str]] = {}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{NS}sheet"):  # noqa: S314 - our own sample
            part = ElementTree.fromstring(archive.read("xl/" + targets[sheet.attrib[f"{REL}id"]]))  # noqa: S314 - our own sample
            cells: dict[str, str] = {}
            for c in part.iter(f"{NS}c"):
                value, kind = c.find(f"{NS}v"), c.get("t")
                if kind == "inlineStr":
                    cells[c.attrib["r"]] = "".join(t.text or "" for t in c.iter(f"{NS}t"))
                elif value is not None and value.text is not None:
                    cells[c.attrib["r"]] = shared[int(value.text)] if kind == "s" else value.text
            found[sheet.attrib["name"]] = cells
    return found


def place(locator: str) -> tuple[str, str, int]:
    """ "Metrics!C17" as sheet, column and row."""
    sheet, cell = locator.rsplit("!", 1)
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert match
    return sheet, match[1], int(match[2])
