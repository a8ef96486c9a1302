"""An .xls is a small file system: it is looked through before any reader touches it."""

from __future__ import annotations

import struct
from typing import BinaryIO

from .cells import Unreadable

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def check_ole(file: BinaryIO, size: int) -> None:
    """Complete, not encrypted, and without macros."""
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
