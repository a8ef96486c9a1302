"""A private folder for files at work: not the system's, which others read and nobody empties."""

import shutil
import time
from pathlib import Path

from django.conf import settings

KEPT = 24 * 3600  # seconds; nothing is at work for so long


def workplace() -> Path:
    """Make temporary folders in here, one per piece of work."""
    folder = Path(settings.DATA_DIR) / "work"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def tidy(now: float | None = None) -> int:
    """Remove what processes left behind that ended in mid-work."""
    old = [path for path in workplace().iterdir() if path.stat().st_mtime < (now or time.time()) - KEPT]
    for path in old:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return len(old)
