"""A list of people as somebody hands it in, pasted or as a file: read in a process of its own, or refused in words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.kit.workplace import piece_of_work
from core.sheets import messages, sandbox
from core.sheets.cells import Unreadable
from programs.generations.roster_entries import MOST_BYTES, Entry

READER = "programs.generations.roster_file:read"
MESSAGES: dict[str, Promise] = {
    "empty": _("There is no address in this list."),
    "columns": _("An “Email” column is missing. Found: %(found)s. Please name the column with the addresses “Email”."),
    "columns_several": _("Several columns could hold the address: %(found)s. Please keep one of them."),
    "too_many": _("This list has more than %(most)s lines. Please split it and enter the parts one by one."),
    "json": _("This list is in a format for software (JSON). Please export it as Excel or CSV and choose that file."),
}


@dataclass(frozen=True)
class Listed:
    """The people of a list; `sample` is a word to check the encoding by, where it could only be guessed."""

    entries: list[Entry]
    encoding: str = "utf-8"
    sample: str = ""


def of_text(text: str) -> Listed:
    """Pasted: with headings as from a spreadsheet, or addresses in any shape."""
    return _read("pasted.txt", lambda path: path.write_text(text, encoding="utf-8", newline=""))


def of_file(upload: "UploadedFile[bytes]") -> Listed:
    def store(path: Path) -> None:
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)

    return _read(upload.name or "", store)


def _read(name: str, store: Callable[[Path], object]) -> Listed:
    with piece_of_work() as folder:
        path = folder / "list"
        store(path)
        try:
            found = sandbox.read(READER, path, name=name, into=folder, max_bytes=MOST_BYTES * 4)
        except Unreadable as error:
            raise ValidationError(messages.text_of(error.code, error.params, MESSAGES), code=error.code) from None
    return Listed([Entry(*entry) for entry in found["entries"]], found["encoding"], found["sample"])
