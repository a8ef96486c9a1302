"""Keyed hashes of the room: Message-IDs, addresses that must not be written to, and unsubscribe links.

The same HMAC-SHA256 exists as SQL, so that one INSERT ... SELECT builds the ledger of 100,000 people.
"""

import hashlib
import hmac
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, Signer

from core.notify.domain import mail_domain

BLOCK = 64  # of SHA-256


def _key(purpose: str, secret: str) -> bytes:
    return hashlib.sha256(f"newsletters.{purpose}:{secret}".encode()).digest()


def message_id(issue_id: int, user_id: int) -> str:
    """The same for every try of the same mail to the same person: so a repeat is recognisable."""
    digest = hmac.new(_key("message_id", settings.SECRET_KEY), f"{issue_id}.{user_id}".encode(), "sha256").hexdigest()
    return f"<{digest[:40]}@{mail_domain()}>"


def address_hashes(address: str) -> list[str]:
    """The hash of an address under the current key, then under the former ones (keys may be rotated)."""
    return [
        hmac.new(_key("address", secret), address.strip().lower().encode(), "sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def message_id_sql(text: str) -> tuple[str, list[bytes | str]]:
    """`message_id` as SQL over an expression that makes `issue.user`, with its parameters."""
    sql, pads = _hmac_sql(_key("message_id", settings.SECRET_KEY), text)
    return f"'<' || left({sql}, 40) || '@' || %s || '>'", [*pads, mail_domain()]


def address_hashes_sql(text: str) -> list[tuple[str, list[bytes]]]:
    """`address_hashes` as SQL over an expression that is an address, each with its parameters."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_hmac_sql(_key("address", secret), f"lower({text})") for secret in secrets]


def _hmac_sql(key: bytes, text: str) -> tuple[str, list[bytes]]:
    padded = key.ljust(BLOCK, b"\0")
    outer, inner = (bytes(byte ^ pad for byte in padded) for pad in (0x5C, 0x36))
    return f"encode(sha256(%s::bytea || sha256(%s::bytea || convert_to({text}, 'UTF8'))), 'hex')", [outer, inner]


def _signer() -> Signer:
    return _signer_of(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@cache
def _signer_of(key: str, former: tuple[str, ...]) -> Signer:
    return Signer(key=key, fallback_keys=list(former), sep=".", salt="newsletters.unsubscribe")


def unsubscribe_token(program_id: int, user_id: int) -> str:
    return _signer().sign(f"{program_id}-{user_id}")


def read_unsubscribe_token(token: str) -> tuple[int, int] | None:
    """Program and person of a link of ours, or nothing when it was made up."""
    try:
        program_id, _, user_id = _signer().unsign(token).partition("-")
        return int(program_id), int(user_id)
    except (BadSignature, ValueError):
        return None
