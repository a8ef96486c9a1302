"""What is asked of a file before any reader touches it: size, true type, and nothing that acts or explodes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from . import archive, ole, package
from .cells import Unreadable
from .sizes import MEGABYTE

MAX_BYTES = 50 * MEGABYTE
EXTENSIONS = frozenset({".xlsx", ".xls", ".csv", ".tsv", ".txt"})
MACRO_EXTENSIONS = frozenset({".xlsm", ".xltm", ".xlam", ".xlsb"})
MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (ole.MAGIC, "xls"),
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
JSON = re.compile(rb"\s*(?:\{\s*(?:\"|\})|\[\s*[\[{\"\]]|window\.[\w.]+\s*=)")
LOOSE = re.compile(rb"\s*window\.YTD\.tweets?\.part\d+\s*=")
READ = frozenset({"xlsx", "xls", "csv"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file is, whatever its name says: "xlsx", "xls", "csv" or "archive"; and what its directory told."""

    kind: str
    from_1904: bool = False


def check(path: Path, name: str, *, max_bytes: int = MAX_BYTES, archives: bool = False) -> Checked:
    """What the file is, or Unreadable with the reason; nothing is parsed."""
    size = path.stat().st_size
    if size > max_bytes:
        raise Unreadable("too_large", size=-(-size // MEGABYTE), limit=max_bytes // MEGABYTE)
    extension = Path(name).suffix.casefold()
    if extension in MACRO_EXTENSIONS:
        raise Unreadable("macros")
    if archives and extension == ".js" and _is_loose(path):
        return Checked("archive")
    if extension in {".json", ".js", ".jsonl"}:
        raise Unreadable("json")
    if archives and name.casefold().endswith(archive.ENDINGS):
        return _archive(path, extension)
    if extension == ".zip":
        raise Unreadable("zip")
    if extension not in EXTENSIONS:
        raise Unreadable("type_unknown", extension=extension[:12]) if extension else Unreadable("no_ending")
    if size == 0:
        raise Unreadable("empty")
    from_1904 = False
    with path.open("rb") as file:
        found = kind_of(file.read(4096))
        if found == "zip":
            found, from_1904 = package.check(path)
        elif found == "xls":
            ole.check_ole(file, size)
    if found == "JSON":
        raise Unreadable("json")
    if found not in READ:
        raise Unreadable("type_mismatch", extension=extension, found=found)
    return Checked(found, from_1904)


def _is_loose(path: Path) -> bool:
    """A part of X's archive that somebody took out of it."""
    with path.open("rb") as file:
        return LOOSE.match(file.read(200)) is not None


def _archive(path: Path, extension: str) -> Checked:
    with path.open("rb") as file:
        found = kind_of(file.read(4096))
    if found not in ("zip", "GZIP"):
        raise Unreadable("type_mismatch", extension=extension, found=found)
    return Checked("archive")


def kind_of(head: bytes) -> str:
    """What the first bytes say, whatever the name says."""
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = text[2:].replace(b"\x00", b"")
    for pattern, kind in ((HTML, "HTML"), (XML, "XML"), (JSON, "JSON")):
        if pattern.match(text):
            return kind
    return "binary" if _is_binary(head) else "csv"


def _is_binary(head: bytes) -> bool:
    """Zeros are legal where every second byte is one: UTF-16 without its mark."""
    if b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return head.count(b"\x00") <= len(head) // 4 or b"\x00\x00" in head
