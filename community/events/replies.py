"""An answer out of the mail that a calendar program sends it in. Nothing else of the mail is looked at: neither its
words nor who is named beside the answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from community.events.models import Choice
from core.kit import calendars

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
        answers = [answer for part in _calendars(message) if (answer := calendars.answer_in(part))]
        written = [str(value) for name in TO for value in message.get_all(name, [])]
        sent_to = [address for _name, address in getaddresses(written)][:MOST_ADDRESSES]
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None
    if len(answers) != 1 or answers[0].answer not in MEANS:
        return None
    (found,) = answers
    return Reply(found.uid, found.attendee, MEANS[found.answer], (found.organizer, *sent_to))


def _calendars(message: EmailMessage) -> Iterator[bytes]:
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and len(content) <= LARGEST_PART:
                yield content
