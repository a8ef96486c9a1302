"""The company's accounts by names that tell them apart."""

from collections import Counter
from collections.abc import Iterable

from analytics.channels.models import Network

Named = tuple[int, str, str, str]  # account, network, source, handle


def names_apart(rows: Iterable[Named]) -> dict[int, str]:
    """By the network; a feed by its own name; of several pages on one network each with its name."""
    known = {account: (network, source, handle) for account, network, source, handle in rows}
    pages = Counter(network for network, _source, _handle in known.values())
    found = {}
    for account, (network, source, handle) in known.items():
        label = str(Network(network).label)
        several = pages[network] > 1 and handle
        found[account] = f"{handle} ({label})" if several else handle if source and handle else label
    return found
