"""What an uploaded file is, found out from its content, and whether it is taken. The file itself is never trusted: a
child process with little memory and time looks at it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.attachments import antivirus
from core.kit.characters import visible
from core.kit.workplace import piece_of_work

CHILD = Path(__file__).with_name("inspection_child.py")
LIMIT = 20 * 1024 * 1024
SECONDS = 30
LONGEST_NAME = 120
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN}.text",
    "ods": f"{OPEN}.spreadsheet",
    "odp": f"{OPEN}.presentation",
    "text": "text/plain",
}
PICTURE_ENDINGS = ("jpg", "jpeg", "png", "gif", "webp")
TEXT_ENDINGS = ("txt", "md", "csv", "tsv")
ACCEPT = ",".join(f".{ending}" for ending in (*PICTURE_ENDINGS, *TEXT_ENDINGS, *list(TYPES)[2:-1]))

NO_PICTURES = ("encrypted", "macros", "old_office", "program", "video", "archive", "rtf", "unknown")


@dataclass(frozen=True)
class Inspected:
    """A file as it will be kept: pictures drawn anew, everything else as it came."""

    name: str
    content_type: str
    content: Any
    size: int
    thumbnail: "ContentFile[bytes] | None" = None
    width: int | None = None
    height: int | None = None


def inspect(
    upload: "UploadedFile[bytes]", *, only_pictures: bool = False, square: int = 0, only: Sequence[str] = ()
) -> Inspected:
    """The file to keep, or a ValidationError that says what, and what to do instead. `square`: cut to one, with sides
    of at most so many pixels. `only`: these endings, the first one being the kind."""
    name = shown_name(upload.name or "")
    if not upload.size:
        raise _refusal("empty", name=name)
    if upload.size > LIMIT:
        raise _refusal("too_large")
    with piece_of_work() as folder:
        source, picture, thumbnail = (folder / each for each in ("source", "picture", "thumbnail"))
        with source.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        upload.seek(0)
        antivirus.require_clean(source)
        try:
            found = _ask_child(source, picture, thumbnail, square)
        except ValidationError as refused:
            # what to use instead is a picture: anything that names other files would only be refused next
            raise _refusal("no_picture") if only_pictures and refused.code in NO_PICTURES else refused from None
        ending = PurePath(name).suffix.lower().lstrip(".")
        if only and (found["type"] != only[0] or ending not in only):
            raise _refusal("other_kind", endings=", ".join(f".{each}" for each in only))
        if "width" in found:
            content = ContentFile(picture.read_bytes())
            small = ContentFile(thumbnail.read_bytes(), name="small.webp")
            name = f"{PurePath(name).stem}.{found['type']}"
            return Inspected(
                name, TYPES[found["type"]], content, content.size, small, found["width"], found["height"]
            )  # fmt: skip
    if only_pictures:
        raise _refusal("no_picture")
    expected = only or (TEXT_ENDINGS if found["type"] == "text" else (found["type"],))
    if ending not in expected:
        raise _refusal(
            "mismatch" if ending else "no_ending", ending=ending, found=found["type"], expected=f".{expected[0]}"
        )
    return Inspected(name, TYPES[found["type"]], upload, upload.size)


def shown_name(name: str) -> str:
    """The file's own name without folders and control characters, short enough to show."""
    path = PurePath(visible(PurePath(name.replace("\\", "/")).name) or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix[:12])] + path.suffix[:12]


def _ask_child(source: Path, picture: Path, thumbnail: Path, square: int) -> dict[str, Any]:
    """Its death is the file's fault and becomes a refusal."""
    command = [sys.executable, "-I", str(CHILD), str(source), str(picture), str(thumbnail), str(square)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _refusal("too_complex") from None
    if answer.returncode:
        raise _refusal("too_complex" if answer.returncode < 0 else "damaged")
    found: dict[str, Any] = json.loads(answer.stdout)
    if "refused" in found:
        raise _refusal(found["refused"], **found["params"])
    return found


def _refusal(code: str, **params: Any) -> ValidationError:
    words = {
        "empty": _("The file “%(name)s” is empty. Please choose it again."),
        "too_large": _("The file is larger than 20 MB. Please put it where your team keeps files and add a link here."),
        "too_complex": _(
            "The content of this file is too large to be checked. Use a PDF or a smaller picture instead."
        ),
        "damaged": _("The file is damaged. Please open it, save it again and choose that copy."),
        "pixels": _(
            "The picture has %(width)s × %(height)s pixels, which is more than 50 million. Please make it smaller."
        ),
        "unpacked_size": _("When unpacked, the file would be larger than 200 MB. It is not accepted."),
        "encrypted": _("The file is password-protected. Please save it without a password."),
        "macros": _("Office files with macros are not accepted. Please save the file without macros or as a PDF."),
        "old_office": _(
            "Files from old Office versions are not accepted. Please save the file as .docx, .xlsx, .pptx or PDF."
        ),
        "program": _("Files that can run as programs are not accepted. Use a PDF or a picture instead."),
        "heic": _("This picture format (HEIC, AVIF) is not accepted. Please save the picture as JPEG or PNG."),
        "video": _("Video and audio files are not accepted. Please store the file with your team and add a link here."),
        "archive": _("Archives are not accepted. Please add the files one by one."),
        "rtf": _("RTF files are not accepted. Please save the file as .docx or PDF."),
        "unknown": _("Only documents and pictures are accepted: PDF, Office, text, JPEG, PNG, GIF, WebP."),
        "no_picture": _("Only pictures are accepted here: JPEG, PNG, GIF, WebP."),
        "other_kind": _("Only these files are accepted here: %(endings)s."),
        "no_ending": _("The name of the file has no ending. Please add it, for example %(expected)s."),
        "mismatch": _("The file ends in .%(ending)s, but its content is %(found)s. Please check its name."),
    }
    return ValidationError(words[code], code=code, params=params)
