"""Read a file that somebody brought without trusting it.

    found = sandbox.read("programs.generations.roster_file:read", path, name=upload.name, into=folder)

The guards look at the file first, then a process with little memory and time reads it and works out what it means; it
has no Django, no environment and no network of ours. What it found comes back as JSON, bounded; long lists go to files
in `into`. `Unreadable` says why a file cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import guards
from .cells import Unreadable
from .process import NotWanted, always, readers

__all__ = ["NotWanted", "Unreadable", "read"]
WALL_SECONDS = 60
CHILD = Path(__file__).with_name("child.py")
ROOT = Path(__file__).resolve().parent.parent.parent


def read(
    reader: str,
    path: Path,
    *,
    name: str,
    into: Path,
    max_bytes: int = guards.MAX_BYTES,
    is_wanted: Callable[[], bool] = always,
    archives: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """What the reader says of the file; nothing a file contains can harm the process that asks."""
    checked = guards.check(path, name, max_bytes=max_bytes, archives=archives)
    return run(
        reader,
        into,
        is_wanted=is_wanted,
        path=str(path),
        kind=checked.kind,
        name=name,
        into=str(into),
        from_1904=checked.from_1904,
        **more,
    )


def run(reader: str, folder: Path, *, is_wanted: Callable[[], bool] = always, **args: Any) -> dict[str, Any]:
    """What the child found; its death is the file's fault and becomes a refusal."""
    answer = folder / "answer"
    request: dict[str, object] = {"reader": reader, "args": args, "answer": str(answer)}
    try:
        status = readers.read(CHILD, [library_folder(), str(ROOT)], request, seconds=WALL_SECONDS, is_wanted=is_wanted)
    except TimeoutError:
        raise Unreadable("too_complex") from None
    if status < 0:
        # Killed by its limits, or aborted by the library.
        raise Unreadable("too_complex")
    if status > 0:
        raise Unreadable("damaged")
    found: dict[str, Any] = json.loads(answer.read_text(encoding="ascii"))
    answer.unlink()
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
