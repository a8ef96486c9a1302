"""ClamAV, where the operator has one (`CLAMD`): a file that it does not like, or cannot be asked about, is not taken.

The daemon's own protocol (INSTREAM) is a length before each piece; the library for it has not been kept since 2014.
"""

import logging
import socket
import struct
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.kit.fetch import PIECE

log = logging.getLogger(__name__)

PATIENT_FOR = 30  # seconds


def require_clean(path: Path) -> None:
    """Nothing happens without a scanner; with one, only its "OK" lets a file pass."""
    if not settings.CLAMD:
        return
    try:
        answer = _scan(path)
    except (OSError, ValueError) as error:
        log.error("the virus scanner does not answer: %s", error)
        raise ValidationError(
            _("Files cannot be checked for viruses at the moment. Please try again later."), code="not_checked"
        ) from None
    if answer.endswith("FOUND"):
        raise ValidationError(_("The virus scanner rejected this file. It was not saved."), code="virus")
    if answer != "stream: OK":
        log.error("the virus scanner answers: %s", answer)
        raise ValidationError(
            _("Files cannot be checked for viruses at the moment. Please try again later."), code="not_checked"
        )


def _scan(path: Path) -> str:
    with _connect() as scanner, path.open("rb") as file:
        scanner.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            scanner.sendall(struct.pack("!I", len(piece)) + piece)
        scanner.sendall(struct.pack("!I", 0))
        answer = b""
        while received := scanner.recv(4096):
            answer += received
    return answer.strip(b"\0\n ").decode(errors="replace")


def _connect() -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp://scanner:3310`; the operator's own address, no way out."""
    where = urlsplit(settings.CLAMD)
    if where.scheme == "unix":
        scanner = socket.socket(socket.AF_UNIX)
        scanner.settimeout(PATIENT_FOR)
        scanner.connect(where.path)
        return scanner
    return socket.create_connection((where.hostname or "", where.port or 3310), PATIENT_FOR)
