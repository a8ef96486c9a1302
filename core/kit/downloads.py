"""Answers that a browser keeps as a file."""

import re
from typing import TypeVar

from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from core.kit.characters import visible

Answer = TypeVar("Answer", bound=HttpResponseBase)
LONGEST = 120  # characters; file systems take 255 bytes
NOT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')  # of files, on any system


def as_file(response: Answer, name: str) -> Answer:
    """Offered under a name that every system takes, whatever people call their programs, and kept by nobody between."""
    stem, dot, kind = name.rpartition(".")
    stem = NOT_IN_NAMES.sub("-", visible(stem)).strip(" .-")[:LONGEST] or "download"
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}{dot}{kind}") or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
