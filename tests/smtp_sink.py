"""A mail server for tests: keeps what it is sent and answers as told. Also runs as a process of its own.

    with SmtpSink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.address
        ...
        sink.mails[0]["Subject"]

`answers` maps a recipient to a reply ("550 no such person"), or to HANG_UP, which closes the connection after the
body without a word. With `log`, each accepted mail's Message-ID is on disk before the 250 goes out, so that even
a client that is killed can be compared with what the server took.

`python -m tests.smtp_sink PORT LOG [DELAY]` is the same server for tests that kill processes.
"""

import asyncio
import email
import email.policy
import os
import sys
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_UP = "hang up"


class _AnyPort(Controller):
    """aiosmtpd greets itself once at the start; with port 0 it has to learn the real one first."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


class _Handler:
    def __init__(self, sink: "SmtpSink") -> None:
        self.sink = sink

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], *(["250-PIPELINING"] if self.sink.pipelining else []), responses[-1]]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sink.tries[address] += 1
        answer = self.sink.answers.get(address, "")
        if answer and answer != HANG_UP:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        if self.sink.delay:
            await asyncio.sleep(self.sink.delay)
        self.sink.take(envelope.rcpt_tos, content)
        if any(self.sink.answers.get(address) == HANG_UP for address in envelope.rcpt_tos):
            server.transport.abort()
        return "250 OK"


class SmtpSink:
    def __init__(
        self,
        *,
        answers: dict[str, str] | None = None,
        delay: float = 0.0,
        log: Path | None = None,
        port: int = 0,
        pipelining: bool = True,
    ) -> None:
        self.answers, self.delay, self.pipelining = answers or {}, delay, pipelining
        self.raw: list[bytes] = []
        self.taken: Counter[str] = Counter()
        self.tries: Counter[str] = Counter()
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if log else None
        self._controller = _AnyPort(_Handler(self), hostname="127.0.0.1", port=port, ready_timeout=60)

    def take(self, recipients: list[str], content: bytes) -> None:
        if self._log is not None:
            head = email.message_from_bytes(content)
            os.write(self._log, f"{head['Message-ID']} {recipients[0]} {time.time()}\n".encode())
        self.raw.append(content)
        self.taken.update(recipients)

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self._controller.port

    @property
    def mails(self) -> list[EmailMessage]:
        """Every mail, read by the standard library's parser."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.raw]  # type: ignore[misc]

    def __enter__(self) -> "SmtpSink":
        self._controller.start()
        return self

    def __exit__(self, *error: Any) -> None:
        self._controller.stop()
        if self._log is not None:
            os.close(self._log)


if __name__ == "__main__":
    with SmtpSink(port=int(sys.argv[1]), log=Path(sys.argv[2]), delay=float([*sys.argv, "0"][3])) as running:
        print(running.address[1], flush=True)  # noqa: T201 - its parent reads the port
        sys.stdin.read()
