"""Understand an uploaded file without trusting it.

outcome = read_file(path, name=upload.name, into=folder)
if isinstance(outcome, Refused): run.message = {"code": outcome.code, "params": outcome.params}
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.sheets import guards, sandbox
from core.sheets.cells import Unreadable
from core.sheets.process import always

from .handover import ParsedFile
from .reading_process import POSTS, REFUSED, ROWS, from_json

__all__ = ["POSTS", "REFUSED", "ROWS", "Parsed", "Refused", "outline_of", "read_file"]
OUTLINE = "analytics.sources.outline:read"
READER = "analytics.sources.reading_process:read"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The file was understood; its figures and posts are two files of the folder (`sources.rows` says how)."""

    file: ParsedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read: the code of the message, and what it says."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


def read_file(
    path: Path,
    *,
    name: str,
    into: Path,
    max_bytes: int = guards.MAX_BYTES,
    is_wanted: Callable[[], bool] = always,
    mapping: dict[str, Any] | None = None,
) -> Parsed | Refused:
    """Understand a file or say why not; nothing a file contains can harm the process that asks.

    `mapping` is what a person said of its columns.
    """
    more = {"mapping": mapping} if mapping else {}
    try:
        answer = sandbox.read(
            READER, path, name=name, into=into, max_bytes=max_bytes, is_wanted=is_wanted, archives=True, **more
        )
        return Parsed(from_json(answer["file"]))
    except Unreadable as error:
        return Refused(error.code, error.params)


def outline_of(path: Path, *, name: str, into: Path, max_bytes: int = guards.MAX_BYTES) -> dict[str, Any] | None:
    """The beginning of a table nobody knows, to be shown to who brought it; None where there is none."""
    try:
        found = sandbox.read(OUTLINE, path, name=name, into=into, max_bytes=max_bytes)
    except Unreadable:
        return None
    return found if found["sheets"] or any(found["texts"].values()) else None
