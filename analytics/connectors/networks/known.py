"""The networks whose figures arrive by themselves."""

from analytics.channels import models
from analytics.connectors.networks import bluesky, mastodon
from analytics.connectors.networks.base import Handle, NetworkSource

NETWORKS: dict[str, NetworkSource] = {models.Network.MASTODON: mastodon, models.Network.BLUESKY: bluesky}


def place_of(said: str) -> Handle | None:
    """The account that somebody typed or pasted; a network is recognised by how its accounts are written."""
    said = " ".join(said.split())
    return next((found for network in NETWORKS.values() if (found := network.place(said))), None)
