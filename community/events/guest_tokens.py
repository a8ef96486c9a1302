"""The secret in a guest's link: the guest's own random key, signed, so that a mail can be sent again and nobody but the
site can write one."""

from uuid import UUID

from django.core import signing

SALT = "events.guest"
LONGEST_LINK = 100


def token_of(key: UUID) -> str:
    return signing.Signer(salt=SALT).sign(key.hex)


def key_of(token: str) -> UUID | None:
    """Nothing for what was guessed, changed or signed for something else."""
    if len(token) > LONGEST_LINK or not token.isascii():
        return None
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
