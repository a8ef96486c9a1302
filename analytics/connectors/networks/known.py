"""The networks whose figures arrive by themselves."""

from urllib.parse import urlsplit

from analytics.channels import models
from analytics.connectors.networks import bluesky, feeds, figures_json, linkedin, mastodon, youtube
from analytics.connectors.networks.base import Handle, NetworkSource
from analytics.connectors.networks.oauth import SignIn

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
#: Where an account's owner can let this site read what not everybody is told.
SIGN_INS: dict[str, SignIn] = {
    models.Network.LINKEDIN: linkedin.sign_in,
    models.Network.YOUTUBE: youtube.sign_in,
    models.Network.MASTODON: mastodon.sign_in,
}


def place_of(said: str) -> Handle | None:
    """The account that somebody typed or pasted; a network is recognised by how its accounts are written."""
    said = " ".join(said.split())
    return next((found for network in NETWORKS.values() if (found := network.place(said))), None)


def needs_permit(network: str) -> bool:
    """Whether nothing is read there without its owner's permission."""
    return network in SIGN_INS and SIGN_INS[network].is_required


def sign_in_pages() -> list[str]:
    """Where forms of this site may lead to: the networks that know it. Servers of Mastodon are reached by a link."""
    hosts = {urlsplit(sign_in.page).hostname for sign_in in SIGN_INS.values() if sign_in.keys}
    return sorted(f"https://{host}" for host in hosts)
