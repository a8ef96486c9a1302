"""An answer that a calendar program sends (RFC 5546, METHOD:REPLY), out of the mail it comes in. Nothing else of the mail
is looked at: neither its words nor who is named beside the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from typing import Any

from community.events.models import Choice

MEANS = {"ACCEPTED": Choice.YES, "TENTATIVE": Choice.MAYBE, "DECLINED": Choice.NO}
TO = ("To", "Delivered-To", "X-Original-To")
LARGEST_PART = 64 * 1024
MOST_PARTS, MOST_ADDRESSES = 50, 20


@dataclass(frozen=True)
class Reply:
    uid: str
    attendee: str
    choice: Choice
    sent_to: tuple[str, ...]  # addresses of ours that it may have gone to


def reply_in(mail: bytes) -> Reply | None:
    """Nothing for what is no answer, several, or not to be read."""
    try:
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(mail)
        found = [reply for part in _calendars(message) for reply in _replies(part, message)]
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None
    return found[0] if len(found) == 1 else None


def _calendars(message: EmailMessage) -> Iterator[bytes]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and len(content) <= LARGEST_PART:
                yield content


def _replies(content: bytes, message: EmailMessage) -> Iterator[Reply]:
    from icalendar import Calendar  # slow to load, and nearly no minute brings an answer

    calendar: Any = Calendar.from_ical(content)
    events = calendar.walk("VEVENT")
    if str(calendar.get("METHOD", "")).upper() != "REPLY" or len(events) != 1:
        return
    (event,) = events
    attendee = event.get("ATTENDEE")
    choice = None if attendee is None or isinstance(attendee, list) else MEANS.get(_answer(attendee))
    if choice:
        written = [str(value) for name in TO for value in message.get_all(name, [])]
        sent_to = [address for _name, address in getaddresses(written)][:MOST_ADDRESSES]
        yield Reply(str(event.get("UID")), _mail(attendee), choice, (_mail(event.get("ORGANIZER", "")), *sent_to))


def _answer(attendee: Any) -> str:
    return str(attendee.params.get("PARTSTAT", "")).upper()


def _mail(value: Any) -> str:
    text = str(value).strip()
    return text[len("mailto:") :] if text.lower().startswith("mailto:") else text
