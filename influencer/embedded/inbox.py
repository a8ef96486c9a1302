"""The mails that `make run` has delivered, read from the folder into which the sink puts them."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default as modern
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest

NAME = re.compile(r"\d{20}-\d{6}")
HEADERS = 32 * 1024  # bytes; more than any header block of ours
SHOWN = ("From", "To", "Subject", "Date", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID")


@dataclass(frozen=True)
class Mail:
    file: Path

    @property
    def name(self) -> str:
        return self.file.stem

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(int(self.name[:20]) / 1e9, UTC)

    @cached_property
    def head(self) -> EmailMessage:
        with self.file.open("rb") as content:
            block = content.read(HEADERS).replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        return BytesHeaderParser(policy=modern).parsebytes(block)  # by its policy

    @cached_property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.file.read_bytes(), policy=modern)

    @property
    def to(self) -> str:
        """Whom the server was told to deliver to, which is what counts."""
        return str(self.head["X-Envelope-To"] or self.head["To"] or "")

    @property
    def sender(self) -> str:
        return str(self.head["From"] or "")

    @property
    def subject(self) -> str:
        return str(self.head["Subject"] or "")

    def headers(self) -> Iterator[tuple[str, str]]:
        for name in SHOWN:
            if self.message[name]:
                yield name, str(self.message[name])

    def part(self, kind: str) -> str:
        """The plain or the HTML body; empty when the mail has none."""
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body is not None else ""


def access(request: HttpRequest) -> None:
    """The inbox is part of a demo. Anywhere else it does not exist."""
    if not settings.DEMO:
        raise Http404


def folder() -> Path:
    return Path(settings.DATA_DIR) / "inbox"


def mails(search: str = "") -> list[Mail]:
    """Newest first; `search` looks at addresses and subjects."""
    found = [Mail(file) for file in sorted(folder().glob("*.eml"), reverse=True) if NAME.fullmatch(file.stem)]
    wanted = search.casefold().strip()
    return [mail for mail in found if wanted in f"{mail.to} {mail.subject}".casefold()] if wanted else found


def get_mail(name: str) -> Mail:
    file = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.exists():
        raise Http404
    return Mail(file)
