"""Addresses of calendars are secrets: only their checksums are kept."""

import hashlib


def hash_of_address(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
