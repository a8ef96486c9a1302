"""The site's mailbox for answers and for mails that come back (IMAP over TLS): what came to one of its plus-addresses
and was not read yet.

Only such mails are asked for; whatever else lies there is not touched.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

SECONDS = 20  # for each word with the server
LARGEST = 512 * 1024
MOST_UNREAD = 2000  # unread at once; of more, the newest
LOOKS_BACK = timedelta(days=28)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PLAIN = re.compile(r'[^"\\\r\n]+')


@dataclass(frozen=True)
class UnreadMail:
    """A mail as the mailbox lists it."""

    number: str
    message_id: str
    size: int
    received_at: datetime


class Mailbox:
    def __init__(self, server: imaplib.IMAP4) -> None:
        self._server = server

    def unread(self, tag: str = "", *, without: str = "") -> list[UnreadMail]:
        """What came to our plus-addresses that begin with `tag` (and not with `without`), oldest first. Finding and
        listing marks nothing as read."""
        name = settings.ANSWERS_ADDRESS.rpartition("@")[0]
        since = timezone.now().astimezone(UTC) - LOOKS_BACK
        but = ("NOT", "TO", f'"{name}+{without}"') if without else ()
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        numbers = self._ask("SEARCH", "UNSEEN", "SINCE", day, "TO", f'"{name}+{tag}"', *but)[0].split()[-MOST_UNREAD:]
        if not numbers:
            return []
        listed = self._ask(
            "FETCH", b",".join(numbers).decode(),
            "(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])",
        )  # fmt: skip
        return sorted(_letters(listed), key=lambda letter: int(letter.number))

    def body(self, letter: UnreadMail) -> bytes:
        return self._fetched(letter, "")

    def beginning(self, letter: UnreadMail, length: int = LARGEST) -> bytes:
        """No more than `length` bytes, of a mail of any size."""
        return self._fetched(letter, f"<0.{length}>")

    def _fetched(self, letter: UnreadMail, part: str) -> bytes:
        found = self._ask("FETCH", letter.number, f"(UID BODY.PEEK[]{part})")
        return next((part[1] for part in found if isinstance(part, tuple)), b"")

    def mark_read(self, letter: UnreadMail) -> None:
        self._ask("STORE", letter.number, "+FLAGS.SILENT", r"(\Seen)")

    def _ask(self, command: str, *said: str) -> list[Any]:
        state, found = self._server.uid(command, *said)
        if state != "OK":
            raise imaplib.IMAP4.error(command)
        return [part for part in found if part is not None] or [b""]


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """Never without TLS, and never with a server whose certificate does not name it."""
    context = ssl.create_default_context()
    host, port = settings.IMAP_HOST, settings.IMAP_PORT
    server: imaplib.IMAP4
    if settings.IMAP_STARTTLS:
        server = imaplib.IMAP4(host, port, timeout=SECONDS)
        server.starttls(context)
    else:
        server = imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=SECONDS)
    try:
        server.login(_quoted(settings.IMAP_USER), settings.IMAP_PASSWORD)
        if server.select("INBOX")[0] != "OK":
            raise imaplib.IMAP4.error("SELECT")
        yield Mailbox(server)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _quoted(text: str) -> str:
    return f'"{text}"' if PLAIN.fullmatch(text) else text


def _letters(listed: list[Any]) -> Iterator[UnreadMail]:
    """Servers tell the parts of a mail before its header or behind it."""
    for at, part in enumerate(listed):
        if not isinstance(part, tuple):
            continue
        behind = listed[at + 1] if at + 1 < len(listed) and isinstance(listed[at + 1], bytes) else b""
        told = (part[0] + b" " + behind).decode("latin-1")
        number, size = re.search(r"\bUID (\d+)", told), re.search(r"\bRFC822\.SIZE (\d+)", told)
        moment = imaplib.Internaldate2tuple(told.encode("latin-1"))
        if number and size and moment:
            received_at = datetime(*moment[:6]).astimezone()  # the tuple is on this machine's clocks
            header = part[1].decode("latin-1").partition(":")[2]
            yield UnreadMail(number[1], " ".join(header.split()), int(size[1]), received_at)
