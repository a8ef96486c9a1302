"""Styles, scripts and pictures, hashed and compressed once; collected again only when one of them changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def is_current() -> bool:
    mark = _mark()
    return mark.exists() and mark.read_text() == _fingerprint()


def collect() -> None:
    _mark().unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _mark().write_text(_fingerprint())


def _mark() -> Path:
    return Path(settings.STATIC_ROOT).with_suffix(".collected")


def _fingerprint() -> str:
    """Name, size and time of every file that would be collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
