"""Files that mean harm or are broken, each written to the path it is given."""

from __future__ import annotations

import random
import struct
import zipfile
from pathlib import Path

from core.sheets import ole as ole_file
from tests.workbooks import EMPTY_SHEET, SAMPLES, raw_workbook

DAILY = SAMPLES / "synthetic" / "Content_2026-10-03_2026-11-01_ErikaBeispiel.xlsx"


def bomb(path: Path) -> Path:
    return raw_workbook(path, extra={f"xl/media/{i}.xml": b" " * 1_000_000 for i in range(60)})


def ratio(path: Path) -> Path:
    return raw_workbook(path, extra={"xl/styles.xml": b" " * 5 * 1024 * 1024})


def parts(path: Path) -> Path:
    return raw_workbook(path, extra={f"xl/media/{i}.xml": b"<a/>" for i in range(10_000)})


def macro(path: Path) -> Path:
    return raw_workbook(path, extra={"xl/vbaProject.bin": b"x"})


def linked(path: Path) -> Path:
    types = b'<Types><Override PartName="/xl/a.xml" ContentType="application/vnd.openxmlformats-officedocument'
    types += b'.spreadsheetml.externalLink+xml"/></Types>'
    return raw_workbook(path, extra={"xl/a.xml": b"<a/>", "[Content_Types].xml": types})


def doctype(path: Path) -> Path:
    return raw_workbook(path, before='<!DOCTYPE x [<!ENTITY a "b">]>')


def doctype_utf16(path: Path) -> Path:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><worksheet/>'
    return raw_workbook(path, extra={"xl/worksheets/sheet2.xml": text.encode("utf-16")})


def doctype_late(path: Path) -> Path:
    text = b"<?xml version='1.0'?><!--" + random.Random(1).randbytes(300_000).hex().encode() + b"--><!DOCTYPE x><a/>"
    return raw_workbook(path, extra={"xl/styles.xml": text})


def far_row(path: Path) -> Path:
    return raw_workbook(path, EMPTY_SHEET + '<row r="900000"><c><v>1</v></c></row>')


def far_column(path: Path) -> Path:
    return raw_workbook(path, '<row r="1"><c s="1" r="XFD1"><v>1</v></c></row>')


def far_prefixed(path: Path) -> Path:
    return raw_workbook(path, '<x:row spans="1:1" r="1"><x:c r="XFD1"/></x:row>')


def formula(path: Path) -> Path:
    return raw_workbook(path, EMPTY_SHEET + '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c></row>')


def slip(path: Path) -> Path:
    return raw_workbook(path, extra={"xl/../../../etc/cron.d/evil.xml": b"<a/>"})


def absolute(path: Path) -> Path:
    return raw_workbook(path, extra={"/etc/evil.xml": b"<a/>"})


def truncated(path: Path) -> Path:
    whole = DAILY.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    return path


def corrupted(path: Path) -> Path:
    whole = bytearray(DAILY.read_bytes())
    whole[len(whole) // 3 : len(whole) // 3 + 200] = random.Random(1).randbytes(200)
    path.write_bytes(whole)
    return path


def just_a_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Shares.csv", "Date\n")
    return path


def password(path: Path) -> Path:
    """An Office file with a password is an OLE container with two streams of these names."""
    path.write_bytes(ole(["EncryptionInfo", "EncryptedPackage"]))
    return path


def ole(names: list[str]) -> bytes:
    header = bytearray(512)
    header[:8] = ole_file.MAGIC
    struct.pack_into("<HHHH", header, 24, 0x3E, 3, 0xFFFE, 9)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = bytearray()
    for name in ["Root Entry", *names]:
        entry = bytearray(128)
        raw = name.encode("utf-16-le") + b"\x00\x00"
        entry[: len(raw)] = raw
        struct.pack_into("<H", entry, 64, len(raw))
        directory += entry
    return bytes(header) + fat + bytes(directory).ljust(512, b"\x00") + bytes(512)
