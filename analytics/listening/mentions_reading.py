"""A list of mentions as somebody hands it in: read in a process of its own, or refused in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.listening.services import Published
from core.kit.workplace import piece_of_work
from core.sheets import messages, sandbox
from core.sheets.cells import Unreadable

READER = "analytics.listening.mentions_file:read"
MOST_BYTES = 6 * 1024 * 1024
MESSAGES: dict[str, Promise] = {
    "empty": _("There is no mention in this list. Each line needs a link, a title and a date."),
    "columns": _("The columns “Link”, “Title” and “Date” are needed. Please name them so."),
    "too_many": _("This list has more than %(most)s lines. Please split it and add the parts one by one."),
}


@dataclass(frozen=True)
class ListedMentions:
    rows: list[Published]
    left_out: int


def of_file(upload: "UploadedFile[bytes]") -> ListedMentions:
    with piece_of_work() as folder:
        path = folder / "list"
        with path.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        try:
            found: dict[str, Any] = sandbox.read(
                READER, path, name=upload.name or "", into=folder, max_bytes=MOST_BYTES
            )
        except Unreadable as error:
            raise ValidationError(messages.text_of(error.code, error.params, MESSAGES), code=error.code) from None
    rows = [
        Published(url, title, date.fromisoformat(on), source, topic, tone)
        for url, title, on, source, topic, tone in found["mentions"]
    ]
    return ListedMentions(rows, found["left_out"])
