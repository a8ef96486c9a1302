"""Read an uploaded file without trusting it.

    outcome = read_file(path, name=upload.name, into=folder)
    if isinstance(outcome, Refused): run.message = {"code": outcome.code, "params": outcome.params}

The guards look at the file first, then a child process with little memory and time reads its cells; what
they mean is worked out here, from plain cells, by `sources/`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from . import sandbox_guards
from .sandbox_process import readers
from .sources import detect, readings_csv, rows
from .sources.base import ParsedFile, Sheet, Unreadable

WALL_SECONDS = 30
CHILD = Path(__file__).with_name("sandbox_child.py")
ROOT = Path(__file__).resolve().parent.parent.parent
#: Control and direction characters as they stand in JSON; an even number of backslashes before is text.
INVISIBLE = re.compile(rb"(?<!\\)((?:\\\\)*)\\u(?:00[01][0-9a-f]|007f|202[a-e]|206[6-9])")
#: Quick to look for; hardly any file has one.
SUSPECT = re.compile(rb"\\u(?:00[01][0-9a-f]|007f|202[a-e]|206[6-9])")
LONGEST_SHEET_NAME = 40
ROWS, POSTS = "rows", "posts"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The file was understood; its figures and posts are two files of the folder (`sources.rows` says how)."""

    file: ParsedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be read: the code of the message, and what it says."""

    code: str
    params: dict[str, str | int] = field(default_factory=dict)


def read_file(path: Path, *, name: str, into: Path, max_bytes: int = sandbox_guards.MAX_BYTES) -> Parsed | Refused:
    """Understand a file or say why not; nothing a file contains can harm the process that asks."""
    rows_path, posts_path = into / ROWS, into / POSTS
    try:
        kind = sandbox_guards.check(path, name, max_bytes=max_bytes)
        if kind == "csv":
            answer = run_child("lines", path, rows_path, posts_path)
            return Parsed(readings_csv.file_from_json(answer["file"]))
        answer = run_child("cells", path, rows_path, posts_path)
        sheets = [Sheet(s["name"][:LONGEST_SHEET_NAME], s["rows"]) for s in answer["sheets"]]
        file = detect.read_workbook(sheets, name=name)
        file.repeats = rows.write_rows(file, rows_path)
        with posts_path.open("w", encoding="utf-8", newline="") as target:
            rows.write_posts(file.posts, target)
        file.rows_written, file.posts_written = len(file.readings) - file.repeats, len(file.posts)
        return Parsed(file)
    except Unreadable as error:
        return Refused(error.code, error.params)


def run_child(mode: str, path: Path, out: Path, posts: Path) -> dict[str, Any]:
    """What the child found; its death is the file's fault and becomes a refusal."""
    with NamedTemporaryFile(prefix="answer-", dir=out.parent) as answer:
        request = [mode, str(path), str(out), str(posts), answer.name]
        try:
            status = readers.read(CHILD, [library_folder(), str(ROOT)], request, seconds=WALL_SECONDS)
        except TimeoutError:
            raise Unreadable("too_complex") from None
        if status < 0:
            # Killed by its limits, or aborted by the library.
            raise Unreadable("too_complex")
        if status > 0:
            raise Unreadable("damaged")
        text = answer.read()
    # Characters nobody can see, and NUL, which the database cannot hold, go before anything is compared.
    found: dict[str, Any] = json.loads(INVISIBLE.sub(rb"\1", text) if SUSPECT.search(text) else text)
    if "refused" in found:
        raise Unreadable(found["refused"], **found["params"])
    return found


@cache
def library_folder() -> str:
    """Where the reading library is installed; it is found, not imported."""
    spec = find_spec("python_calamine")
    if spec is None or spec.origin is None:
        raise RuntimeError("python-calamine is not installed")
    return str(Path(spec.origin).parent.parent)
