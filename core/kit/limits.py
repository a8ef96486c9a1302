"""How often something may be asked for in a while. Counted in the database, which all web processes share: a cache that
is away, or wiped, neither lifts a limit nor refuses anybody."""

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest


def is_within(key: str, most: int, seconds: int) -> bool:
    """Count one more; False when `key` was counted more than `most` times within `seconds`."""
    attempts = caches["attempts"]
    attempts.add(f"limit:{key}", 0, seconds)
    try:
        return attempts.incr(f"limit:{key}") <= most
    except ValueError:  # its time ended between the two lines
        return True


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as the sign-in limits see it."""
    return str(get_adapter(request).get_client_ip(request))
