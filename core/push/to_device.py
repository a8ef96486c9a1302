"""One message to one device, through the one guarded way out: its address came from a browser, so from anybody."""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.conf import settings
from py_vapid.utils import b64urldecode

from core.kit import fetch, public_hosts
from core.kit.patience import asked_pause
from core.people.secrets import SecretIsSealed
from core.push import keys, services
from core.push.encryption import encrypt
from core.push.models import PushDevice

log = logging.getLogger(__name__)

SECONDS, SIZE = 5.0, 64 * 1024
LENGTH = 2048  # bytes of every message, whatever it says
GONE = (404, 410)
BUSY = (408, 425, 429)


class Fate(Enum):
    TAKEN = "taken"  # the push service has it
    GONE = "gone"  # there is no such device any more
    LATER = "later"  # busy, broken or out of reach
    REFUSED = "refused"  # for good, and not because the device is gone


@dataclass(frozen=True)
class PushReply:
    fate: Fate
    pause: timedelta | None = None  # how long the push service asks us to wait
    is_silence: bool = False


def send(
    device: PushDevice,
    told: dict[str, str],
    *,
    topic: str,
    seconds: int,
    resolve: fetch.Resolver = public_hosts.resolve,
    connect: fetch.Connector = fetch.connect,
) -> PushReply:
    """`seconds` is how long the push service keeps it for a device that is off; a second message of the same `topic`
    replaces the first one there."""
    try:
        address = services.opened(device)
        sender = keys.authorization(device.key, device.host)
    except SecretIsSealed:
        return PushReply(Fate.REFUSED)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    body = encrypt(text, *_secrets_of(address), length=LENGTH)
    headers = {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(seconds)}
    headers |= {"Topic": topic, "Urgency": "normal", "Authorization": sender}
    try:
        answer = fetch.fetch(
            address["endpoint"], types=(), method="POST", body=body, headers=headers, hosts=settings.WEB_PUSH_HOSTS,
            seconds=SECONDS, limit=SIZE, resolve=resolve, connect=connect,
        )  # fmt: skip
    except fetch.NotFetched as error:
        is_silence = error.code in ("too_slow", "unreachable", "unknown_host")
        log.warning("push: %s did not take a message: %s", device.host, error.code)
        return PushReply(Fate.LATER if is_silence else Fate.REFUSED, is_silence=is_silence)
    return _read(device.host, answer)


def _secrets_of(address: dict[str, str]) -> tuple[bytes, bytes]:
    point, auth = (b64urldecode(address[name].encode()) for name in ("p256dh", "auth"))
    return point, auth


def _read(host: str, answer: fetch.Fetched) -> PushReply:
    if 200 <= answer.status < 300:
        return PushReply(Fate.TAKEN)
    if answer.status in GONE:
        return PushReply(Fate.GONE)
    log.warning("push: %s answered %s", host, answer.status)
    if answer.status in BUSY or answer.status >= 500:
        return PushReply(Fate.LATER, asked_pause(answer.headers))
    return PushReply(Fate.REFUSED)
