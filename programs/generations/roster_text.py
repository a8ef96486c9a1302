"""Reading a list of people: pasted in any shape, or a CSV file as German Excel saves it. Pure: no database here."""

import csv
import io
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_LINES = 50_000
MOST_BYTES = 5 * 1024 * 1024
MAGIC = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "XLSX",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rt": "RTF",
}
EMAIL_WORDS = {
    *("email", "mail", "e mail", "emailadresse", "e mail adresse", "mailadresse", "email address", "e mail address"),
    *("work email", "work e mail", "business email", "dienstliche e mail", "dienstliche email", "userprincipalname"),
    *("geschaeftliche e mail", "geschäftliche e mail", "emailaddress", "e mail 1", "primary email", "upn", "username"),
}
FIRST_WORDS = {"vorname", "first name", "firstname", "given name", "givenname", "rufname"}
LAST_WORDS = {"nachname", "last name", "lastname", "surname", "family name", "familienname", "sn", "zuname"}
NAME_WORDS = {"name", "full name", "fullname", "vollständiger name", "displayname", "display name", "anzeigename"}
PIECES = re.compile(r'(?P<quoted>"[^"]*")|(?P<separator>[,;\t|])|(?P<text>[^,;\t|"]+|")')


@dataclass(frozen=True)
class Entry:
    """One person of a list, as written."""

    line: int
    email: str
    name: str = ""


@dataclass(frozen=True)
class Decoded:
    """The text of a file; `guess` names the encoding and shows a word, where it could only be guessed."""

    text: str
    encoding: str
    sample: str = ""


def decode(content: bytes, filename: str = "") -> Decoded:
    """The text behind the bytes. What is no text at all is refused by what it is."""
    kind = next((name for magic, name in MAGIC.items() if content.startswith(magic)), "")
    if kind:
        ending = filename.rpartition(".")[2].lower() or _("none")
        fix = _("Please save the list as CSV and choose that file.")
        told = _("The file ends in .%(ending)s, its content is %(kind)s.") % {"ending": ending, "kind": kind}
        raise ValidationError(f"{told} {fix}", code="type_mismatch")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Decoded(_strictly(content, "utf-16"), "utf-16")
    if content[:2000].count(b"\0") > len(content[:2000]) // 4:  # UTF-16 without its mark: every second byte is empty
        return Decoded(_strictly(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"), "utf-16")
    try:
        return Decoded(content.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        return Decoded(text, "windows-1252", _word_at(text, error.start))


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        told = _("The characters of this file cannot be read. Please save it as “CSV UTF-8” and choose it again.")
        raise ValidationError(told, code="encoding") from None


def _word_at(text: str, place: int) -> str:
    """The word around the first letter that told the encodings apart: people see at once whether it is right."""
    before = re.search(r"[\w.'-]*$", text[max(0, place - 30) : place])
    after = re.match(r"[\w.'-]*", text[place : place + 30])
    return (before[0] if before else "") + (after[0] if after else "")


def read(text: str) -> list[Entry]:
    """Every person of a list. A table needs a heading for the address; anything else is read line by line."""
    try:
        return _read(text)
    except csv.Error:
        message = _("A line of this list is far too long. Is a quotation mark not closed? Please check the list.")
        raise ValidationError(message, code="csv_syntax") from None


def _read(text: str) -> list[Entry]:
    text = text.replace("\x00", "\ufffd").lstrip("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    if text.count("\n") > MOST_LINES * 2:
        raise _too_many()
    delimiter = _delimiter(first)
    headings = [_heading(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])]
    is_table = "@" not in first and (len(headings) > 1 or set(headings) & EMAIL_WORDS)
    entries = _from_table(text, delimiter) if is_table else _from_lines(text)
    if len(entries) > MOST_LINES:
        raise _too_many()
    if not entries:
        raise ValidationError(_("There is no address in this list."), code="empty")
    return entries


def _too_many() -> ValidationError:
    told = _("This list has more than %(most)s lines. Please divide it and hand in the parts one after the other.")
    return ValidationError(told, code="too_many", params={"most": MOST_LINES})


def _delimiter(line: str) -> str:
    bare = re.sub(r'"[^"]*"', "", line)
    return max(";,\t|", key=lambda each: (bare.count(each), each == ";"))


def _heading(cell: str) -> str:
    return re.sub(r"[\s_\-–.]+", " ", cell.strip().strip('"').casefold()).strip()


def _from_table(text: str, delimiter: str) -> list[Entry]:
    entries: list[Entry] = []
    start = 0
    columns: dict[str, int] | None = None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            line, start = start + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns(cells)
                continue
            entries.append(Entry(line, _cell(cells, columns, "email"), _name(cells, columns)))
            if len(entries) > MOST_LINES:
                raise _too_many()
    except csv.Error:
        told = _("Line %(line)s: a quotation mark is opened and not closed. Please correct this line.")
        raise ValidationError(told, code="csv_syntax", params={"line": start + 1}) from None
    return entries


def _columns(cells: list[str]) -> dict[str, int]:
    """Which column holds what, by its heading."""
    headings = [_heading(cell) for cell in cells]
    emails = [place for place, heading in enumerate(headings) if heading in EMAIL_WORDS]
    found = ", ".join(f"«{cell.strip()[:40]}»" for cell in cells[:12] if cell.strip())
    if not emails:
        told = _("A column “E-mail” is missing. Found: %(found)s. Please name the column with the addresses “E-mail”.")
        raise ValidationError(told, code="columns", params={"found": found})
    if len(emails) > 1:
        both = ", ".join(f"«{cells[place].strip()[:40]}»" for place in emails)
        told = _("Several columns could hold the address: %(found)s. Please keep one of them.")
        raise ValidationError(told, code="columns", params={"found": both})
    columns = {"email": emails[0]}
    for key, words in (("first", FIRST_WORDS), ("last", LAST_WORDS), ("name", NAME_WORDS)):
        place = next((place for place, heading in enumerate(headings) if heading in words), None)
        if place is not None:
            columns[key] = place
    if "last" not in columns and "first" in columns and "name" in columns:
        columns["last"] = columns.pop("name")  # German lists head the family name with "Name"
    return columns


def _cell(cells: list[str], columns: dict[str, int], key: str) -> str:
    place = columns.get(key, -1)
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _name(cells: list[str], columns: dict[str, int]) -> str:
    parts = [_cell(cells, columns, "first"), _cell(cells, columns, "last")]
    return " ".join(filter(None, parts)) or _cell(cells, columns, "name")


def _from_lines(text: str) -> list[Entry]:
    entries: list[Entry] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        if line.strip():
            entries += _from_line(number, line)
            if len(entries) > MOST_LINES:
                raise _too_many()
    return entries


def _from_line(number: int, line: str) -> list[Entry]:
    """The people of one pasted line: `Name <address>`, addresses with any separator, or a name beside one address."""
    entries: list[Entry] = []
    names: list[str] = []
    for segment in _segments(line):
        before, opened, rest = segment.partition("<")
        while opened:
            address, _closed, rest = rest.partition(">")
            entries.append(Entry(number, address.strip(), _bare(before)))
            before, opened, rest = rest.partition("<")
        words = before.split()
        entries += [Entry(number, word.strip("\"'()")) for word in words if "@" in word]
        name = _bare(" ".join(word for word in words if "@" not in word))
        if name:
            names.append(name)
    if len(entries) == 1:
        return [Entry(number, entries[0].email, entries[0].name or " ".join(names))]
    if not entries:
        return [Entry(number, " ".join(names))] if names else []
    return entries + [Entry(number, name) for name in names]


def _segments(line: str) -> list[str]:
    """The parts between separators; a separator within quotation marks is none."""
    parts = [""]
    for piece in PIECES.finditer(line):
        if piece.lastgroup == "separator":
            parts.append("")
        else:
            parts[-1] += piece[0]
    return parts


def _bare(name: str) -> str:
    return " ".join(name.replace('"', " ").split()).strip("'()")
