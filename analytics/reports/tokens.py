"""The secret in the address of a shared report. It is drawn, shown once to who made it, and kept as a hash only."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
