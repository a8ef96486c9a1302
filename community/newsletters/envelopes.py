"""The bytes of a mail: built once per language, then only the reader's own parts are filled in.

Building a message anew for each reader would cost ten times as much as sending it.
"""

import hashlib
import html
import re
from binascii import b2a_qp
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from community.newsletters import keys, letters, voices
from community.newsletters.ledger import Recipient
from community.newsletters.models import Issue
from core.notify.domain import mail_domain

Part = bytes | str  # ready bytes, or the name of a slot
LONE_DOT = re.compile(rb"(^|\r\n)\.")
UNSEEN = re.compile("[\x00-\x1f\x7f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def unsubscribe_url(program_id: int, user_id: int) -> str:
    token = keys.unsubscribe_token(program_id, user_id)
    return settings.SITE_URL + reverse("community:unsubscribe", args=[token])


class Skeleton:
    """A frozen issue in one language, as the parts of a MIME message."""

    def __init__(self, issue: Issue, frozen: dict[str, Any], reply_to: str = "") -> None:
        self.program_id = issue.program_id
        frozen = voices.whole(frozen)
        self._url_before, self._url_after = unsubscribe_url(0, 0).split(keys.unsubscribe_token(0, 0))
        boundary = f"=_{hashlib.sha256(frozen['sha256'].encode()).hexdigest()[:40]}"
        between = f"\r\n--{boundary}\r\n".encode()
        parts: list[Part] = [
            _headers(issue, frozen["subject"], frozen["language"], boundary, reply_to),
            between,
            b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
            *_encoded(frozen["text"], "text"),
            between,
            b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
            *_encoded(frozen["html"], "html"),
            f"\r\n--{boundary}--\r\n".encode(),
        ]
        #: One format string: filling it in is a single step.
        self._form = b"".join(
            part.replace(b"%", b"%%") if isinstance(part, bytes) else f"%({part})b".encode() for part in parts
        )
        #: Bytes without the reader's own parts.
        self.size = sum(len(part) for part in parts)

    def fill(self, recipient: Recipient, now: datetime) -> bytes:
        """The whole message for one reader."""
        url = f"{self._url_before}{keys.unsubscribe_token(self.program_id, recipient.user_id)}{self._url_after}"
        first_name = first_name_of(recipient.name)
        values = _slots("text", first_name, url) | _slots("html", html.escape(first_name), html.escape(url))
        head = (
            f"Date: {_date(now.replace(microsecond=0))}\r\nMessage-ID: {recipient.message_id}\r\n"
            f"To: {ascii_address(recipient.address)}\r\nList-Unsubscribe: <{url}>\r\n"
        )
        return head.encode("ascii") + self._form % values


@lru_cache(maxsize=2)
def _date(second: datetime) -> str:
    return format_datetime(second)


def first_name_of(name: str) -> str:
    return UNSEEN.sub(" ", name).strip().split(" ")[0][:60]


def ascii_address(address: str) -> str:
    """The address as it goes over the wire: a domain with umlauts in its ASCII form. ValueError when there is none."""
    local, _, domain = address.rpartition("@")
    if UNSEEN.search(address) or not local.isascii() or re.search(r"[\s<>,]", address):
        raise ValueError(address)
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise ValueError(address) from None


def sender_address() -> str:
    return ascii_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def _headers(issue: Issue, subject: str, language: str, boundary: str, reply_to: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    name = " ".join(UNSEEN.sub(" ", issue.program.name).split())
    message["From"] = Address(name, addr_spec=sender_address())
    if reply_to:
        message["Reply-To"] = ascii_address(reply_to)
    message["Subject"] = " ".join(UNSEEN.sub(" ", subject).split())
    message["List-Id"] = f"<{issue.program.slug}.newsletter.{mail_domain()}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Content-Language"] = language
    message["MIME-Version"] = "1.0"
    # the standard library would write an empty body of its own behind a multipart header
    kind = f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n'
    return bytes(message).rstrip(b"\r\n") + b"\r\n" + kind.encode()


def _encoded(text: str, kind: str) -> list[Part]:
    """Quoted-printable in pieces: where a slot is, a soft line break ends one piece and begins the next."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts: list[Part] = []
    rest = 0
    for slot in letters.SLOT.finditer(text):
        parts += [
            _quoted(text[rest : slot.start()]),
            b"=\r\n",
            f"{kind} {slot[2]}{' spaced' if slot[1] else ''}",
            b"=\r\n",
        ]
        rest = slot.end()
    return [*parts, _quoted(text[rest:]), b"\r\n"]


def _quoted(text: str) -> bytes:
    """Quoted-printable; a dot at the start of a line is written as =2E, so that no mail needs dot stuffing."""
    encoded = b2a_qp(text.replace("\n", "\r\n").encode(), istext=True)
    encoded = encoded.replace(b"=\n", b"=\r\n")  # soft breaks of a text without a line break
    return LONE_DOT.sub(rb"\1=2E", encoded)


def _slots(kind: str, first_name: str, url: str) -> dict[bytes, bytes]:
    """What goes into the slots of a part; a space before one stays only when there is a value."""
    values = {}
    for slot, value in ((f"{kind} first_name", first_name), (f"{kind} unsubscribe_url", url)):
        quoted = _quoted_line(value)
        values[slot.encode()] = quoted
        values[f"{slot} spaced".encode()] = b"=20=\r\n" + quoted if quoted else b""
    return values


def _quoted_line(value: str) -> bytes:
    """`_quoted` for a value without line breaks, which is all a mail has to wait for."""
    encoded = b2a_qp(value.encode(), istext=True).replace(b"=\n", b"=\r\n").replace(b"\r\n.", b"\r\n=2E")
    return b"=2E" + encoded[1:] if encoded.startswith(b".") else encoded
