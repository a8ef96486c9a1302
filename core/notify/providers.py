"""What a mail provider tells of our mails: that one came back, or that its reader complained. Its calls are signed; the
library that knows the providers checks the signature and reads what is told, and what follows is the same as for a
report in the mailbox (`bounces`). Whatever else a provider tells, as who opened a mail, is dropped unread.

Everything is told once: a call that is sent again, or weeks later, changes nothing.
"""

import logging
import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from core.notify import bounces, tokens
from core.notify.bounces import Kind
from core.notify.models import ToldOfMail

if TYPE_CHECKING:
    from anymail.signals import AnymailTrackingEvent

log = logging.getLogger(__name__)

OLDEST = timedelta(days=30)  # what is told later than that is not believed
KEPT = OLDEST + timedelta(days=5)
CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True)
class Provider:
    """How the library reads a provider's calls, and which of its options the operator's key is."""

    name: str
    reader: str
    key: str
    signs: bool = True  # else it shows a name and a password that the operator gave it: "name:password"


def _of(name: str, key: str = "", file: str = "") -> Provider:
    reader = f"anymail.webhooks.{file or name.lower()}.{name}TrackingWebhookView"
    return Provider(name, reader, key or "webhook_secret", signs=bool(key))


PROVIDERS = {
    "brevo": _of("Brevo"),
    "mailersend": _of("MailerSend", "signing_secret"),
    "mailgun": _of("Mailgun", "webhook_signing_key"),
    "mailjet": _of("Mailjet"),
    "mailtrap": _of("Mailtrap", "signing_secret"),
    "mandrill": Provider("Mandrill", "anymail.webhooks.mandrill.MandrillCombinedWebhookView", "webhook_key"),
    "postal": _of("Postal", "webhook_key"),
    "postmark": _of("Postmark"),
    "sendgrid": _of("SendGrid", "tracking_webhook_verification_key"),
    "sparkpost": _of("SparkPost"),
}


def listens_to() -> Provider | None:
    """The provider whose calls count here, where the operator named one."""
    return PROVIDERS.get(settings.MAIL_EVENTS)


def listen(request: HttpRequest) -> Counter[str]:
    """Read a call and let follow what it tells. A call that is not the provider's is refused by the library
    (SuspiciousOperation), one that nobody can read by a BadRequest."""
    reader = _reader()
    reader.run_validators(request)
    try:
        events = reader.parse_events(request)
    except Exception as error:  # noqa: BLE001  # anybody's fault but ours; what cannot be read is not tried again
        log.warning("a call of the mail provider cannot be read: %s", type(error).__name__)
        raise BadRequest from None
    counted = Counter(_take(event) for event in events)
    log.info("the mail provider told: %s", dict(counted))
    return counted


def _reader() -> Any:
    provider = listens_to()
    if provider is None:
        raise BadRequest
    options = {provider.key: settings.MAIL_EVENTS_KEY}
    if provider.name == "Mandrill":  # signs the address as well
        options["webhook_url"] = settings.SITE_URL + tokens.events_path()
    return import_string(provider.reader)(**options)


def _take(event: "AnymailTrackingEvent") -> str:
    kind, code = what_is_told(event)
    if kind == Kind.NONE:
        return Kind.NONE.value
    if event.timestamp and event.timestamp < timezone.now() - OLDEST:
        return "late"
    address, message_id = str(event.recipient or ""), str(event.message_id or "")
    with transaction.atomic():
        if not _is_new(event, kind, message_id, address):
            return "again"
        if bounces.note(message_id, kind, code) or bounces.note_address(address, kind, code):
            return str(kind.value)
    return "unknown"


def _is_new(event: "AnymailTrackingEvent", kind: Kind, message_id: str, address: str) -> bool:
    """A mail comes back once, however often a provider tries and tells; no call counts twice under another cover."""
    told = [f"{kind.value} {message_id or event.event_id or event.timestamp} {address.lower()}"]
    if event.event_id:
        told.append(f"event {event.event_id}")
    marks = [salted_hmac("notify.told", words, algorithm="sha256").hexdigest() for words in sorted(told)]
    are_new = [ToldOfMail.objects.get_or_create(mark=mark)[1] for mark in marks]
    return all(are_new)


def what_is_told(event: "AnymailTrackingEvent") -> tuple[Kind, str]:
    """What an event means for us, and its code of RFC 3463 where one is told."""
    words = f"{event.mta_response or ''} {event.description or ''}"
    found = CODE.search(words)
    code = found[1] if found else ""
    if event.event_type in ("complained", "unsubscribed") or event.reject_reason in ("spam", "unsubscribed"):
        return Kind.COMPLAINT, code
    if event.event_type == "deferred":
        return Kind.SOFT, code
    if event.event_type not in ("bounced", "rejected"):
        return Kind.NONE, ""
    if event.reject_reason not in ("bounced", "invalid", None) or _is_soft(event.esp_event):
        return Kind.SOFT, code
    if event.event_type == "rejected" and event.reject_reason is None:
        return Kind.NONE, ""
    is_soft = code.startswith("4") or code in bounces.FULL or bounces.FULL_WORDS.search(words)
    return (Kind.SOFT if is_soft else Kind.HARD), code


def _is_soft(told: Any) -> bool:
    """The provider's own word for what may pass, which the library puts into one with what does not."""
    if not isinstance(told, dict):
        return False
    own = {**told, **(told["data"] if isinstance(told.get("data"), dict) else {})}
    words = " ".join(str(own.get(name, "")) for name in ("event", "type", "Type")).lower()
    return "soft" in words or "blocked" in words or own.get("hard_bounce") is False


def retention() -> int:
    return ToldOfMail.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
