"""The secret in an invitation's link. It is derived, so a mail can be sent again; the database holds only its hash."""

import hashlib
from base64 import urlsafe_b64encode

from django.conf import settings
from django.utils.crypto import salted_hmac

REASON = "generations.invitation"  # why a mail exists, in the outbox


def token_of(invitation_id: int) -> str:
    """Computed from the invitation's number and the site's secret; numbers are never used twice."""
    digest = salted_hmac("generations.invitation", str(invitation_id), algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def address_hashes(program_id: int, email: str) -> list[str]:
    """The keyed hash under which a declined address is remembered; the address cannot be read out of it. The newest key
    first, then the former ones: whoever said no is not asked again because a key was changed."""
    return [
        salted_hmac(
            "generations.declined", f"{program_id}:{email.lower()}", secret=secret, algorithm="sha256"
        ).hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
