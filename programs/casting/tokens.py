"""The addresses behind links: of the public page, of one's own interest; and the hash that is left in the end."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

SALT, KEPT, FATES = "casting.interest", "casting.kept_key", "casting.fates"
FORM = "#interest"  # where on the page of a call one shows interest
UNDO_WITHIN = timedelta(days=1)
LONGEST = 100


def new_key() -> str:
    """Of a public address: 256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def kept_key(call_id: int, key: str) -> str:
    """The key of a link that was ended, for taking that back: nobody but the site can write one."""
    return signing.dumps([call_id, key], salt=KEPT, compress=True)


def key_in(kept: str, call_id: int) -> str:
    """The key in it; nothing when it belongs to another call, is older than a day, or is nonsense."""
    try:
        owner, key = signing.loads(kept, salt=KEPT, max_age=UNDO_WITHIN)
    except (signing.BadSignature, ValueError):
        return ""
    return str(key) if owner == call_id else ""


def kept_fates(call_id: int, before: dict[str, list[UUID]]) -> str:
    """What was thought of several people before it was changed, for taking that back."""
    keys = {fate: [key.hex for key in those] for fate, those in before.items()}
    return signing.dumps([call_id, keys], salt=FATES, compress=True)


def fates_in(kept: str, call_id: int) -> dict[str, list[UUID]]:
    """Nothing when it belongs to another call, is older than a day, or is nonsense."""
    try:
        owner, keys = signing.loads(kept, salt=FATES, max_age=UNDO_WITHIN)
    except (signing.BadSignature, ValueError):
        return {}
    return {fate: [UUID(key) for key in those] for fate, those in keys.items()} if owner == call_id else {}


def token_of(key: UUID) -> str:
    """Computed from the interest's key and the site's secret, so that a mail can go out again."""
    return signing.Signer(salt=SALT).sign(key.hex)


def key_of(token: str) -> UUID | None:
    if len(token) > LONGEST or not token.isascii():
        return None
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def address_hashes(call_id: int, email: str) -> list[str]:
    """The newest key first, then the former ones. The address cannot be read out of it."""
    return [
        salted_hmac("casting.answered", f"{call_id}:{email.lower()}", secret=secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
