"""What is asked of a file before any reader touches it: size, true type, and nothing that acts or explodes."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .sources.base import Unreadable

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
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

EXTENSIONS = {".xlsx": "xlsx", ".xls": "xls", ".csv": "csv", ".tsv": "csv", ".txt": "csv"}
MACRO_EXTENSIONS = frozenset({".xlsm", ".xltm", ".xlam", ".xlsb"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (OLE, "xls"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
)
HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|script|div)\b", re.IGNORECASE | re.DOTALL
)
XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\sr\s*=\s*[\"'](\d+)")
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\sr\s*=\s*[\"']([A-Za-z]+)(\d+)")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def check(path: Path, name: str, *, max_bytes: int = MAX_BYTES) -> str:
    """The kind of file ("xlsx", "xls" or "csv"), or Unreadable with the reason; nothing is parsed."""
    size = path.stat().st_size
    if size > max_bytes:
        raise Unreadable("too_large", size=-(-size // MEGABYTE), limit=max_bytes // MEGABYTE)
    extension = Path(name).suffix.casefold()
    if extension in MACRO_EXTENSIONS:
        raise Unreadable("macros")
    expected = EXTENSIONS.get(extension)
    if expected is None:
        raise Unreadable("type_unknown", extension=extension[:12] or "–")
    if size == 0:
        raise Unreadable("empty")
    with path.open("rb") as file:
        found = kind_of(file.read(4096))
        if found == "zip":
            found = check_zip(path, expected, extension)
        elif found == "xls":
            check_ole(file, size)
    if found != expected:
        raise Unreadable("type_mismatch", extension=extension, found=found)
    return expected


def kind_of(head: bytes) -> str:
    """What the first bytes say, whatever the name says."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "HTML"
    if XML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "XML"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return "csv"


def check_zip(path: Path, expected: str, extension: str) -> str:
    """An .xlsx is a zip: its directory is judged first, then its XML is looked through in small pieces."""
    try:
        with Careful(io.FileIO(path)) as file, zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {p.filename.casefold() for p in parts}
            if not any(n.startswith("xl/") for n in names):
                if expected == "xlsx":
                    raise Unreadable("type_mismatch", extension=extension, found="zip")
                return "zip"
            check_directory(parts)
            if any(n.endswith("vbaproject.bin") or "/macrosheets/" in n for n in names):
                raise Unreadable("macros")
            if any(n.startswith("xl/externallinks/") for n in names):
                raise Unreadable("external_links")
            unpacked = 0
            for part in parts:
                if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
                    unpacked = check_part(archive, part, unpacked)
    except zipfile.BadZipFile:
        raise Unreadable("damaged") from None
    except (zlib.error, EOFError, NotImplementedError, struct.error, OSError, ValueError):
        raise Unreadable("damaged") from None
    except RuntimeError:
        # The zip module says so when a part is encrypted.
        raise Unreadable("encrypted") from None
    return "xlsx"


class Careful(io.BufferedReader):
    """A file that hands out little at once: the zip module reads a table of contents in one go, however long.

    Only the end of the file is read without a size, and that looks back 64 KiB at most.
    """

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise Unreadable("too_many_parts", limit=MAX_PARTS)
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
    if len({p.filename for p in parts}) < len(parts):
        raise Unreadable("damaged")


def check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int) -> int:
    """No declarations anywhere; in sheets no formulas, and no cell far away from the others."""
    is_sheet = SHEET_PART.fullmatch(part.filename) is not None
    last_row = last_column = cells = 0
    for number, piece in enumerate(pieces(archive, part)):
        unpacked += len(piece)
        if unpacked > MAX_UNPACKED * 2:
            raise Unreadable("unpacked_size", limit=MAX_UNPACKED // MEGABYTE)
        # Office writes UTF-8; another encoding would hide declarations from this search.
        if DECLARATION.search(piece) or (number == 0 and b"\x00" in piece[:64]):
            raise Unreadable("xml_entities")
        if not is_sheet:
            continue
        if FORMULA.search(piece):
            raise Unreadable("formulas", sheet=part.filename.rsplit("/", 1)[-1], cell=formula_cell(piece))
        for column, row in CELL.findall(piece):
            cells += 1
            last_row = max(last_row, int(row[:9]))
            last_column = max(last_column, column_number(column))
        last_row = max(last_row, max((int(r[:9]) for r in ROW.findall(piece)), default=0))
        if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
            raise Unreadable("too_far", rows=MAX_ROWS, columns=MAX_COLUMNS)
    return unpacked


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


def check_ole(file: BinaryIO, size: int) -> None:
    """An .xls is a small file system: complete, not encrypted, and without macros."""
    file.seek(0)
    data = file.read()
    if size < 1536:
        raise Unreadable("damaged")
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise Unreadable("damaged")
    sector = 1 << shift
    fat: list[int] = []
    for place in struct.unpack_from("<109I", data, 76):
        if place >= 0xFFFFFFFA:
            continue
        start = (place + 1) * sector
        if start + sector > size:
            raise Unreadable("damaged")
        fat += struct.unpack_from(f"<{sector // 4}I", data, start)
    used = max((i for i, entry in enumerate(fat) if entry != 0xFFFFFFFF), default=0)
    # The last sector may be cut short by the program that wrote it, but not be missing.
    if (used + 1) * sector >= size:
        raise Unreadable("damaged")
    if ole_entry(data, "EncryptedPackage") or ole_entry(data, "EncryptionInfo"):
        raise Unreadable("encrypted")
    if ole_entry(data, "_VBA_PROJECT_CUR") or ole_entry(data, "VBA"):
        raise Unreadable("macros")
    if not ole_entry(data, "Workbook") and not ole_entry(data, "Book"):
        raise Unreadable("type_mismatch", extension=".xls", found="OLE")


def ole_entry(data: bytes, name: str) -> bool:
    """Whether the directory has an entry of this name (and not merely a text that says so)."""
    wanted = name.encode("utf-16-le") + b"\x00\x00"
    place = data.find(wanted)
    while place >= 0:
        if place % 128 == 0 and data[place + 64 : place + 66] == struct.pack("<H", len(wanted)):
            return True
        place = data.find(wanted, place + 1)
    return False
