"""What makes a picture's address open without a sign-in: for mails, whose readers have no session in them."""

from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare

SALT = "attachments.public_picture"


def public_key(pk: UUID) -> str:
    return signing.Signer(salt=SALT).signature(str(pk))


def opens(key: str, pk: UUID) -> bool:
    return constant_time_compare(key, public_key(pk))
