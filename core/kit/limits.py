"""How often something may be asked for in a while, counted in the cache that all web processes share."""

import logging

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

log = logging.getLogger(__name__)


def is_within(key: str, most: int, seconds: int) -> bool:
    """Count one more; False when `key` was counted more than `most` times within `seconds`. A cache that is down
    refuses nobody: these limits slow guessing down, they are not what protects a link."""
    try:
        cache.add(f"limit:{key}", 0, seconds)
        return cache.incr(f"limit:{key}") <= most
    except ValueError:  # it ended between the two lines
        return True
    except Exception as error:  # noqa: BLE001  # whatever the cache's library raises
        log.warning("limits are not counted: %s", error)
        return True


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as the sign-in limits see it."""
    return str(get_adapter(request).get_client_ip(request))
