"""Which addresses of the internet the site may talk to. Pure but for asking the name service.

Python's `is_global` and `is_private` are not enough: they let through carrier networks inside IPv6, multicast and the
ways in which IPv6 wraps an IPv4 address.
"""

import re
import socket
from collections.abc import Sequence
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

UNICAST = ip_network("2000::/3")  # everything else of IPv6 is reserved, local, mapped or multicast
WRAPS = tuple(map(ip_network, ("2001::/23", "2002::/16", "192.88.99.0/24")))  # Teredo and its like, 6to4, its relays
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
LONGEST_HOST = 253


def is_public(address: Address) -> bool:
    """Whether this is a machine on the open internet, and written as itself."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if address.version == 6 and (address not in UNICAST or getattr(address, "scope_id", None)):
        return False
    return not any(address in network for network in WRAPS if network.version == address.version)


def plain_host(host: str) -> str:
    """The host as the name service knows it (`xn--` for umlauts), or nothing when it is none."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        name = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return ""
    labels = name.split(".")
    is_name = len(name) <= LONGEST_HOST and len(labels) > 1 and all(map(LABEL.fullmatch, labels))
    # 0x7f.1 and 2130706433 are addresses to a resolver: a name ends in letters
    return name if is_name and not re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]) else ""


def is_listed(host: str, allowed: Sequence[str]) -> bool:
    """Whether the operator's list names this host: `example.com`, `*.example.com` (its sub-domains), `*` (any)."""
    return any(fnmatchcase(host, pattern.lower()) for pattern in allowed)


def resolve(host: str, port: int) -> list[Address]:
    """Every address behind a name, in the order in which they should be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(entry[4][0]) for entry in found))
