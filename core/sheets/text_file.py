"""A table in a text file: its encoding, what separates its cells, and its records one after the other."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from .cells import Unreadable
from .find import LOOK_AT, Head, Vocabulary, head_of, nearest_head

DELIMITERS = (",", ";", "\t", "|")
SEPARATOR = re.compile(r"\ufeff?\"?sep=(.)\"?[\s,;|\"]*$", re.IGNORECASE)
LONGEST_FIELD = 65_536
#: A cell over more lines than these is a quotation mark that was never closed.
MOST_LINES = 400


def encoding_of(path: Path) -> tuple[str, str]:
    """The encoding and, where it had to be guessed, a word to check the guess by."""
    with path.open("rb") as file:
        head = file.read(2000)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", ""
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", ""
        if head.count(b"\0") > len(head) // 4:  # UTF-16 without its mark: every second byte is empty
            return ("utf-16-le" if head[1:2] == b"\0" else "utf-16-be"), ""
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                if b"\x00" in chunk:
                    raise Unreadable("bad_characters_file")
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", _sample(path)
    return "utf-8", ""


def _sample(path: Path) -> str:
    """The first word with a letter that differs between encodings."""
    with path.open("rb") as file:
        for line in file:
            if any(b > 127 for b in line):
                try:
                    text = line.decode("cp1252")
                except UnicodeDecodeError:
                    raise Unreadable("encoding") from None
                return next((w for w in re.findall(r"[\w.'-]+", text) if not w.isascii()), text.strip())[:40]
    raise Unreadable("encoding")


class TextTable:
    """The file with its head found: records stream from it, each with the line it began in."""

    def __init__(
        self, path: Path, known: Vocabulary, required: Collection[str], *, one_line: Collection[str] | None = None
    ) -> None:
        """`one_line` are the columns that never hold a line break; all known ones where nothing is said."""
        self.path = path
        self.one_line = one_line
        self.encoding, self.sample = encoding_of(path)
        self.skip = 0
        delimiters: tuple[str, ...] = DELIMITERS
        with self._open() as file:
            first = self._line(file)
        if match := SEPARATOR.match(first):
            self.skip, delimiters = 1, (match[1],)
        self.first_rows: list[list[str]] = []
        self.delimiter = delimiters[0]
        self.head: Head | None = None
        self.nearest: Head | None = None
        self._find(delimiters, known, required)

    @classmethod
    def told(cls, path: Path, encoding: str, delimiter: str, head: Head) -> TextTable:
        """A table of which somebody said how it is written: nothing is looked for."""
        table = cls.__new__(cls)
        table.path, table.one_line, table.encoding, table.sample = path, set(), encoding, ""
        table.delimiter, table.head, table.nearest, table.first_rows = delimiter, head, None, []
        with table._open() as file:
            table.skip = 1 if SEPARATOR.match(table._line(file)) else 0
        return table

    def _find(self, delimiters: tuple[str, ...], known: Vocabulary, required: Collection[str]) -> None:
        """The separator with which the head says most; where none is a head, the one that makes most cells."""
        best: tuple[int, int, int] = (-1, -1, -1)
        for delimiter in delimiters:
            rows = self._beginning(delimiter)
            head = head_of(rows, known, required)
            nearest = head or nearest_head(rows, known)
            said = (
                head is not None,
                len(nearest.places) if nearest else 0,
                max((sum(map(bool, row)) for row in rows[:5]), default=0),
            )
            if said > best:
                best = said
                self.delimiter, self.head, self.nearest, self.first_rows = delimiter, head, nearest, rows
        if not any(any(cell.strip() for cell in row) for row in self.first_rows):
            raise Unreadable("empty")

    def _beginning(self, delimiter: str) -> list[list[str]]:
        """The first records, leniently: which separator it is nobody knows yet."""
        rows: list[list[str]] = []
        csv.field_size_limit(LONGEST_FIELD)
        with self._open() as file:
            for _ in range(self.skip):
                file.readline()
            reader = csv.reader(file, delimiter=delimiter)
            try:
                for row in reader:
                    rows.append(row)
                    if len(rows) == LOOK_AT:
                        break
            except csv.Error:
                if not rows:
                    raise Unreadable("csv_syntax", line=self.skip + 1) from None
                # Later lines are named when the records are read.
            except UnicodeDecodeError:
                raise Unreadable("encoding") from None
        return rows

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Every record below the head, with the line in which it begins."""
        head: Head = self.head or Head(-1, {}, [])
        with self._open() as file:
            for _ in range(self.skip):
                file.readline()
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            line, number = 0, -1
            try:
                for number, record in enumerate(reader):
                    started, line = line + 1, reader.line_num
                    if line - started > MOST_LINES:
                        raise Unreadable("csv_syntax", line=started + self.skip)
                    if line > started:
                        self._refuse_swallowed(record, started + self.skip, head)
                    if number >= head.data_from:
                        yield started + self.skip, record
            except csv.Error:
                raise Unreadable("csv_syntax", line=line + 1 + self.skip) from None
            except UnicodeDecodeError:
                raise Unreadable("encoding") from None

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every line as it is, for what is no table."""
        with self.path.open(encoding=self.encoding) as file:
            for number, line in enumerate(file, start=1):
                yield number, line.rstrip("\n")

    def _refuse_swallowed(self, record: list[str], line: int, head: Head) -> None:
        """A quotation mark that is never closed swallows the lines up to the next one, silently.

        A text of several lines is legal in a column that is not ours; lines that look like records of this very
        table are not a text.
        """
        ours = {place for name, place in head.places.items() if self.one_line is None or name in self.one_line}
        expected = head.width or len(record)
        for place, cell in enumerate(record):
            if "\n" not in cell and "\r" not in cell:
                continue
            inner = cell.splitlines()[1:]
            if place in ours or any(part.count(self.delimiter) + 1 >= max(expected, 2) for part in inner):
                raise Unreadable("csv_syntax", line=line)

    def _open(self) -> io.TextIOWrapper:
        return self.path.open(encoding=self.encoding, newline="")

    def _line(self, file: io.TextIOWrapper) -> str:
        try:
            return file.readline(LONGEST_FIELD).strip()
        except UnicodeDecodeError:
            raise Unreadable("encoding") from None
