"""A private folder for files at work: not the system's, which others read and nobody empties.

Whoever works holds a lock on what it works on; the kernel lets go of it when the process ends, however it ends. So
what nobody holds was left behind, and goes at once.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

JUST_MADE = 60  # seconds; it may not be held yet


def workplace() -> Path:
    """Where the pieces of work lie; nobody else may look into it."""
    folder = Path(settings.DATA_DIR) / "work"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def piece_of_work() -> Iterator[Path]:
    """A folder for one piece of work; it goes at the end, and by `tidy` when the process was killed."""
    with TemporaryDirectory(dir=workplace()) as name:
        held = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(held)


def tidy(now: float | None = None) -> int:
    """Remove what processes left behind that ended in mid-work."""
    before = (now or time.time()) - JUST_MADE
    return sum(_was_left(path, before) and _remove(path) for path in workplace().iterdir())


def _was_left(path: Path, before: float) -> bool:
    try:
        held = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:  # it has ended by itself
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return os.fstat(held).st_mtime < before
    finally:
        os.close(held)


def _remove(path: Path) -> bool:
    with suppress(FileNotFoundError):
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
    return not path.exists()
