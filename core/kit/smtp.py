"""One SMTP connection for many mails: kept open, and pipelined where the server offers it.

    with connect() as session:
        session.begin(first)                      # MAIL, RCPT and DATA in one packet
        reply = session.deliver(body, then=next)  # the body, and the next mail's MAIL, RCPT and DATA behind it

smtplib does the greeting, TLS and sign-in; after that each mail costs one round trip. A mail that was begun and
must not be sent after all (a consent taken back at the last moment) is dropped with the connection: without the
final dot the server throws it away.
"""

import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from django.conf import settings


class Reply(NamedTuple):
    code: int
    text: str

    @property
    def is_ready(self) -> bool:
        return self.code == 354

    @property
    def is_accepted(self) -> bool:
        return 200 <= self.code < 300


class Envelope(NamedTuple):
    sender: str
    recipient: str


class SmtpUnreachable(Exception):
    """No connection, no sign-in, or the server hung up: nothing is known to have gone wrong with an address."""


class SmtpSilence(Exception):
    """The body was handed over and no answer came: whether the server took it is not known."""


class SmtpSession:
    """An open connection. `begin` the next mail, then `deliver` it; `drop` when a begun mail must not go out."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        if smtp.sock is None:
            raise SmtpUnreachable("not connected")
        self._smtp = smtp
        self._socket: socket.socket = smtp.sock
        self._file = self._socket.makefile("rb")
        self._pipelines = smtp.has_extn("pipelining")
        self._begun: Envelope | None = None

    def begin(self, envelope: Envelope) -> Reply:
        """Announce a mail (unless it was announced behind the last body); 354 means: send the body now."""
        try:
            if self._begun != envelope:
                if self._begun is not None:
                    raise SmtpUnreachable("another mail was begun")
                if not self._pipelines:
                    return self._begin_step_by_step(envelope)
                self._socket.sendall(_opening(envelope))
            self._begun = None
            from_reply, to_reply, data_reply = self._read(), self._read(), self._read()
            refusal = next((reply for reply in (from_reply, to_reply) if not reply.is_accepted), None)
            if refusal is not None:
                if data_reply.is_ready:  # allowed by RFC 2920: an empty body ends it, nobody gets it
                    self._socket.sendall(b".\r\n")
                    self._read()
                else:
                    self._reset()
                return refusal
            if not data_reply.is_ready:
                self._reset()
            return data_reply
        except OSError as error:
            raise SmtpUnreachable(str(error)) from error

    def deliver(
        self, data: bytes, *, then: Envelope | None = None, meanwhile: Callable[[], object] | None = None
    ) -> Reply:
        """Hand over the body of the mail begun last. `data` has CRLF line ends and is closed by one.

        `meanwhile` is done while the server takes it in; it must not fail.
        """
        if data.startswith(b".") or b"\r\n." in data:
            data = (b"\r\n" + data).replace(b"\r\n.", b"\r\n..")[2:]
        behind = _opening(then) if then is not None and self._pipelines else b""
        try:
            self._socket.sendall(data + b".\r\n" + behind)
            if meanwhile is not None:
                meanwhile()
            reply = self._read()
        except (OSError, SmtpUnreachable) as error:
            raise SmtpSilence(str(error)) from error
        self._begun = then if behind else None
        return reply

    def drop(self) -> None:
        """Hang up without ending the begun mail."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self.close()

    def close(self) -> None:
        with suppress(OSError):
            if self._begun is None:
                self._socket.sendall(b"QUIT\r\n")
        self._file.close()
        self._smtp.close()

    def _begin_step_by_step(self, envelope: Envelope) -> Reply:
        for command in _opening(envelope).splitlines(keepends=True):
            self._socket.sendall(command)
            reply = self._read()
            if not (reply.is_accepted or reply.is_ready):
                self._reset()
                return reply
        return reply

    def _reset(self) -> None:
        self._socket.sendall(b"RSET\r\n")
        self._read()

    def _read(self) -> Reply:
        lines = []
        while True:
            line = self._file.readline(2050)
            if not line:
                raise SmtpUnreachable("the server hung up")
            lines.append(line[4:].strip().decode("utf-8", "replace"))
            if line[3:4] != b"-":
                break
        try:
            return Reply(int(line[:3]), " ".join(lines))
        except ValueError:
            raise SmtpUnreachable(f"not an SMTP answer: {line[:40]!r}") from None


def _opening(envelope: Envelope) -> bytes:
    return f"MAIL FROM:<{envelope.sender}>\r\nRCPT TO:<{envelope.recipient}>\r\nDATA\r\n".encode("ascii")


def open_session() -> SmtpSession:
    """Connect and sign in as the settings say."""
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    try:
        smtp = kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT)
        smtp.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            smtp.starttls()
            smtp.ehlo()
        if settings.EMAIL_HOST_USER:
            smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        if smtp.sock is not None:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (OSError, smtplib.SMTPException) as error:
        raise SmtpUnreachable(str(error)) from error
    return SmtpSession(smtp)


@contextmanager
def connect() -> Iterator[SmtpSession]:
    """A session that is closed at the end."""
    session = open_session()
    try:
        yield session
    finally:
        session.close()
