"""Secrets that the site must be able to read again lie encrypted in the database: a copy of it opens nothing.

The first key of `SECRETS_KEYS` encrypts, all of them decrypt. Without the setting the keys are derived from
`SECRET_KEY` and its fallbacks; they still decrypt once the setting is there, until everything was sealed anew.
"""

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"botschaft: secrets at rest"


class SecretIsSealed(Exception):
    """None of the site's keys opens this secret: a key was lost, or the row comes from another site."""


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SecretIsSealed from None


def seal_anew(sealed: str) -> str:
    """The same secret under the first key."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise SecretIsSealed from None


def _keys() -> MultiFernet:
    given = [*settings.SECRETS_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_key(words) for words in given])


@cache
def _key(words: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(words.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
