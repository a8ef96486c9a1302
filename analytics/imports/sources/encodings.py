"""In which encoding a text file is written."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from .base import Unreadable


def encoding_of(path: Path) -> tuple[str, str]:
    """The encoding and, where it had to be guessed, a word to check the guess by."""
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", ""
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", ""
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                if b"\x00" in chunk:
                    raise Unreadable("bad_characters_file")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", sample_of(path)
    return "utf-8", ""


def sample_of(path: Path) -> str:
    """The first word with a letter that differs between encodings."""
    with path.open("rb") as file:
        for line in file:
            if any(b > 127 for b in line):
                try:
                    text = line.decode("cp1252")
                except UnicodeDecodeError:
                    raise Unreadable("encoding") from None
                return next((w for w in re.findall(r"\w+", text) if not w.isascii()), text.strip())[:40]
    raise Unreadable("encoding")
