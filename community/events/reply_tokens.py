"""The address that an answer given in a calendar program goes to: the site's mailbox, with a token behind the plus
that belongs to one date and one person. It stands only in the invitation of that person, so nobody can answer for
another."""

import base64

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "events.reply"


def is_on() -> bool:
    """Whether the operator set up a mailbox for it."""
    return bool(settings.IMAP_HOST and settings.ANSWERS_ADDRESS)


def reply_address(date: int, who: str) -> str:
    """`date` is the milestone's number, `who` a person or a guest, as `person_key` and `guest_key` write them."""
    name, _at, host = settings.ANSWERS_ADDRESS.rpartition("@")
    return f"{name}+{_token(date, who)}@{host}"


def person_key(pk: int) -> str:
    return f"person:{pk}"


def guest_key(pk: int) -> str:
    return f"guest:{pk}"


def is_reply_address(address: str, date: int, who: str) -> bool:
    """Whether this address was given to them, under the site's key or a former one. Some mail servers write addresses
    in small letters, so a token has no others."""
    name, _at, _host = settings.ANSWERS_ADDRESS.rpartition("@")
    found, plus, token = address.lower().rpartition("@")[0].partition("+")
    if not plus or found != name.lower():
        return False
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(token, _token(date, who, key)) for key in keys)


def _token(date: int, who: str, key: str | None = None) -> str:
    digest = salted_hmac(SALT, f"{date}:{who}", secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:20]).decode().lower()
