"""An .xlsx is a zip of parts that refer to each other: its directory is judged first, then every part.

What a part is, is said by those who refer to it and by what stands in it, never by its name or folder.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from .cells import Unreadable
from .sizes import MEGABYTE

MAX_UNPACKED = 50 * MEGABYTE
MAX_PARTS = 500
#: The zip's own table of contents; that of a workbook is a few kilobytes.
MAX_DIRECTORY = 256 * 1024
#: A sheet of repeated figures packs about 30 times; far beyond that something else is meant.
MAX_RATIO = 200
RATIO_FROM = MEGABYTE
MAX_ROWS = 100_000
MAX_COLUMNS = 256
CHUNK = MAX_DIRECTORY

DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d+)")
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]+)(\d+)")
#: What a row or column too far away begins with, at least: hardly any piece has one, and only there they are counted.
FAR = re.compile(rb"r\s*=\s*[\"'](?:[A-Za-z]{3}|[J-Zj-z][A-Za-z]|[Ii][W-Zw-z]|[A-Za-z]*\d{6})")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData\b")
RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
OVERRIDE = re.compile(rb"<(?:\w+:)?(?:Override|Default)\s[^>]*>")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
PROPERTIES = re.compile(rb"<(?:\w+:)?workbookPr\s[^>]*>")
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
#: What a part may be to the one that refers to it, or by its content type, that would act when opened.
MACROS = ("vbaproject", "macrosheet", "macroenabled", "attachedtoolbars", "xlintlmacrosheet")
LINKS = ("externallink",)


@dataclass(slots=True)
class Directory:
    """What the parts say about each other."""

    sheets: dict[str, str] = field(default_factory=dict)  # part -> name of the sheet
    from_1904: bool = False


def check(path: Path) -> tuple[str, bool]:
    """ "xlsx", or "zip" where it is another one; and whether its days count from 1904."""
    try:
        with GuardedReader(io.FileIO(path)) as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            check_directory(parts)
            found = directory_of(archive, parts)
            if found is None:
                return "zip", False
            unpacked = 0
            for part in parts:
                unpacked = check_part(archive, part, unpacked, found)
    except zipfile.BadZipFile:
        raise Unreadable("damaged") from None
    except (zlib.error, EOFError, NotImplementedError, struct.error, OSError, ValueError):
        raise Unreadable("damaged") from None
    except RuntimeError:
        # The zip module says so when a part is encrypted.
        raise Unreadable("encrypted") from None
    return "xlsx", found.from_1904


class GuardedReader(io.BufferedReader):
    """A file that hands out little at once: the zip module reads a table of contents in one go, however long.

    Only the end of the file is read without a size, and that looks back 64 KiB at most.
    """

    most, parts = MAX_DIRECTORY, MAX_PARTS

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > self.most:
            raise Unreadable("too_many_parts", limit=self.parts)
        return super().read(size)


def check_directory(parts: list[zipfile.ZipInfo]) -> None:
    """Refused in no time, before anything is unpacked."""
    if len(parts) > MAX_PARTS:
        raise Unreadable("too_many_parts", limit=MAX_PARTS)
    total = sum(p.file_size for p in parts)
    if total > MAX_UNPACKED or any(
        p.file_size > RATIO_FROM and p.file_size > MAX_RATIO * max(p.compress_size, 1) for p in parts
    ):
        raise Unreadable("unpacked_size", limit=MAX_UNPACKED // MEGABYTE)
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0] or "\x00" in part.orig_filename:
            raise Unreadable("unsafe_names")
    if any(p.flag_bits & 1 for p in parts):
        raise Unreadable("encrypted")
    if len({p.filename.casefold() for p in parts}) < len(parts):
        raise Unreadable("damaged")


def directory_of(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Directory | None:
    """Follow the references from the root to the workbook and its sheets; None where no workbook is referred to."""
    named = {part.filename.casefold(): part for part in parts}
    found, books = Directory(), set()
    for name, part in named.items():
        if not name.endswith(".rels"):
            continue
        owner = posixpath.dirname(posixpath.dirname(name))
        for attributes in _tags(RELATIONSHIP, _head(archive, part)):
            kind = attributes.get("type", "").rpartition("/")[2]
            _refuse(kind)
            target = _target(owner, attributes.get("target", ""))
            if kind == "worksheet":
                found.sheets[target] = target.rpartition("/")[2]
            elif kind == "officedocument" and name == "_rels/.rels":
                books.add(target)
    types = named.get("[content_types].xml")
    for attributes in _tags(OVERRIDE, _head(archive, types)) if types else ():
        kind = attributes.get("contenttype", "")
        _refuse(kind)
        target = _target("", attributes.get("partname", ""))
        if "spreadsheetml.worksheet+" in kind and target:
            found.sheets.setdefault(target, target.rpartition("/")[2])
        elif "spreadsheetml.sheet.main" in kind and target:
            books.add(target)
    if any("vbaproject" in name or "/macrosheets/" in name for name in named):
        raise Unreadable("macros")
    books &= named.keys()
    for book in books:
        _read_book(archive, named[book], book, named, found)
    return found if books and found.sheets else None


def _read_book(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, named: dict[str, zipfile.ZipInfo], found: Directory
) -> None:
    """What people call the sheets, and from when days are counted."""
    text = _head(archive, part)
    for attributes in _tags(PROPERTIES, text):
        found.from_1904 = found.from_1904 or attributes.get("date1904", "") in ("1", "true")
    folder, _, own = name.rpartition("/")
    relations = named.get(posixpath.join(folder, "_rels", f"{own}.rels"))
    targets = {
        attributes.get("id", ""): _target(folder, attributes.get("target", ""))
        for attributes in (_tags(RELATIONSHIP, _head(archive, relations)) if relations else ())
    }
    for attributes in _tags(SHEET, text, values=True):
        reference = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if (target := targets.get(reference.casefold(), "")) in found.sheets:
            found.sheets[target] = attributes.get("name", "")[:40] or found.sheets[target]


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part, as far as it is of a size that such parts have."""
    with archive.open(part) as stream:
        text = stream.read(4 * CHUNK)
    if DECLARATION.search(text) or b"\x00" in text[:64]:
        raise Unreadable("xml_entities")
    return text


def _tags(pattern: re.Pattern[bytes], text: bytes, *, values: bool = False) -> Iterator[dict[str, str]]:
    """The attributes of each tag, in lower case; `values` as they are written."""
    for tag in pattern.findall(text):
        found = {}
        for key, double, single in ATTRIBUTE.findall(tag):
            value = (double or single).decode("utf-8", "replace")
            found[key.decode("ascii", "replace").casefold()] = value if values else value.casefold()
        yield found


def _target(folder: str, target: str) -> str:
    """The name of the part that is referred to, as the zip's directory has it, in lower case."""
    target = unquote(target).replace("\\", "/").casefold()
    return (
        posixpath.normpath(target[1:] if target.startswith("/") else posixpath.join(folder, target)) if target else ""
    )


def _refuse(kind: str) -> None:
    if any(word in kind for word in MACROS):
        raise Unreadable("macros")
    if any(word in kind for word in LINKS):
        raise Unreadable("external_links")


def check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int, found: Directory) -> int:
    """No declarations anywhere; in sheets no formulas, and no cell far away from the others."""
    name = part.filename.casefold()
    is_sheet, is_text = name in found.sheets, name.endswith((".xml", ".rels", ".vml"))
    for number, piece in enumerate(pieces(archive, part)):
        unpacked += len(piece)
        if unpacked > MAX_UNPACKED * 2:
            raise Unreadable("unpacked_size", limit=MAX_UNPACKED // MEGABYTE)
        if number == 0:
            is_text = is_text or is_sheet or b"<?xml" in piece[:256]
        # Office writes UTF-8; another encoding would hide declarations from this search.
        if (b"<!" in piece and DECLARATION.search(piece)) or (number == 0 and is_text and b"\x00" in piece[:64]):
            raise Unreadable("xml_entities")
        # A part that nobody refers to, or by a way we do not know, is a sheet where it holds what a sheet holds.
        is_sheet = is_sheet or SHEET_DATA.search(piece) is not None
        if not is_sheet:
            continue
        if (b"<f" in piece or b":f" in piece) and FORMULA.search(piece):
            raise Unreadable("formulas", sheet=found.sheets.get(name, name), cell=formula_cell(piece))
        if FAR.search(piece) and _leads_far(piece):
            raise Unreadable("too_far", rows=MAX_ROWS, columns=MAX_COLUMNS)
    return unpacked


def _leads_far(piece: bytes) -> bool:
    cells = CELL.findall(piece)
    last_row = max((int(row[:9]) for row in (*ROW.findall(piece), *(row for _, row in cells))), default=0)
    return last_row > MAX_ROWS or any(column_number(column) > MAX_COLUMNS for column, _ in cells)


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in chunks that never cut a tag in two."""
    carry = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            chunk = carry + chunk
            cut = chunk.rfind(b"<")
            # A very long text holds no tag worth waiting for.
            if cut <= 0 or len(chunk) - cut > 4 * CHUNK:
                cut = len(chunk)
            carry = chunk[cut:]
            yield chunk[:cut]
    if carry:
        yield carry


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + letter - 64
    return number


def formula_cell(piece: bytes) -> str:
    found = FORMULA.search(piece)
    before = CELL.findall(piece[: found.start()]) if found else []
    return (before[-1][0] + before[-1][1]).decode("ascii") if before else "?"
