"""How often something may be asked for in a while. Counted in the database, which all web processes share: a cache that
is away, or wiped, neither lifts a limit nor refuses anybody."""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104  # a visitor without an address, as behind a socket: one limit for all of them


def is_within(key: str, most: int, seconds: int) -> bool:
    """Count one more; False when `key` was counted more than `most` times within `seconds`."""
    attempts = caches["attempts"]
    attempts.add(f"limit:{key}", 0, seconds)
    try:
        return attempts.incr(f"limit:{key}") <= most
    except ValueError:  # its time ended between the two lines
        return True


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, for every limit. Only proxies of ours are believed: whatever stands further left
    in the header was sent by the visitor. An IPv6 address is its network, since a household has 2^64 of them."""
    here = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted, chain = settings.TRUSTED_PROXIES, [*told, here]
    if isinstance(trusted, int):
        found = chain[-trusted - 1 :][0]
    else:
        strangers = [each for each in chain if not _is_one_of(each, trusted)]
        found = strangers[-1] if strangers else chain[0]
    return _network(found) or _network(here) or NOWHERE


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Also as some proxies write it: with a port, in brackets, an IPv4 address within an IPv6 one."""
    text = text.rpartition(":")[0] if re.fullmatch(r"[\d.]+:\d+|\[.*\]:\d+", text) else text
    try:
        parsed = ip_address(text.strip("[]"))
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _network(text: str) -> str:
    parsed = _parsed(text)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((int(parsed), 64), strict=False).network_address)
    return str(parsed or "")


def _is_one_of(text: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    parsed = _parsed(text)
    return parsed is not None and any(parsed in network for network in networks)
