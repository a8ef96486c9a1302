"""A real mail server on the loopback that answers as a test tells it to."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

from tests.worker import PATIENCE


class Server:
    """Keeps what it accepted; `answers` are given one by one before it accepts (`"RCPT 451 later"`)."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.mails: list[EmailMessage] = []

    def _scripted(self, command: str) -> str | None:
        if self.answers and self.answers[0].startswith(command):
            return self.answers.pop(0).removeprefix(command).strip()
        return None

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: Any) -> str:
        if answer := self._scripted("RCPT"):
            return answer
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if answer := self._scripted("DATA"):
            return answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 accepted"


class AnyPort(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]  # the one that was free
        super()._trigger_server()


@contextmanager
def running(server: Server) -> Iterator[Server]:
    controller = AnyPort(server, hostname="127.0.0.1", port=0, ready_timeout=PATIENCE)
    controller.start()
    port = controller.port
    backend = "django.core.mail.backends.smtp.EmailBackend"
    try:
        with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield server
    finally:
        controller.stop()
