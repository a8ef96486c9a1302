"""The networks whose figures arrive by themselves."""

from analytics.channels import models
from analytics.connectors.networks import bluesky, feeds, figures_json, linkedin, mastodon, youtube
from analytics.connectors.networks.base import Handle, NetworkSource

#: Mastodon knows any server with an @, so the one that has a name of its own comes first; any page might name a feed.
NETWORKS: dict[str, NetworkSource] = {
    models.Network.YOUTUBE: youtube,
    models.Network.MASTODON: mastodon,
    models.Network.BLUESKY: bluesky,
    models.Network.LINKEDIN: linkedin,
    models.Network.OTHER: figures_json,
    models.Network.BLOG: feeds,
    models.Network.PODCAST: feeds,
}


def place_of(said: str) -> Handle | None:
    """The account that somebody typed or pasted; a network is recognised by how its accounts are written."""
    said = " ".join(said.split())
    return next((found for network in NETWORKS.values() if (found := network.place(said))), None)
