"""A mail that must not be told from others, and must not arrive either."""

import smtplib
from contextlib import suppress
from email.utils import parseaddr

from django.core.mail import EmailMessage, get_connection

ACCEPTED = (250, 251)


def rehearse(message: EmailMessage) -> None:
    """Everything that sending would do, up to the text: connect, sign in, name sender and recipient, and let it be.

    A server that is down or refuses the address answers here as it would there, so the row of the outbox gets the same
    fate. Nobody who sees that row learns that this one did not go out.
    """
    backend = message.connection or get_connection()
    is_ours = backend.open()
    try:
        smtp = getattr(backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            _name(smtp, parseaddr(message.from_email)[1], parseaddr(message.to[0])[1])
    finally:
        if is_ours:
            backend.close()


def _name(smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
    """As `smtplib.SMTP.sendmail` begins."""
    smtp.ehlo_or_helo_if_needed()
    try:
        code, words = smtp.mail(sender)
        if code not in ACCEPTED:
            raise smtplib.SMTPSenderRefused(code, words, sender)
        code, words = smtp.rcpt(recipient)
        if code not in ACCEPTED:
            raise smtplib.SMTPRecipientsRefused({recipient: (code, words)})
    finally:
        with suppress(smtplib.SMTPException):
            smtp.rset()
