"""Which network a link belongs to: its host says so. Nothing is ever fetched."""

from urllib.parse import urlsplit

from analytics.channels.models import Network

HOSTS: dict[str, Network] = {
    "linkedin.com": Network.LINKEDIN,
    "lnkd.in": Network.LINKEDIN,
    "xing.com": Network.XING,
    "xing.to": Network.XING,
    "bsky.app": Network.BLUESKY,
    "instagram.com": Network.INSTAGRAM,
    "facebook.com": Network.FACEBOOK,
    "fb.watch": Network.FACEBOOK,
    "fb.com": Network.FACEBOOK,
    "tiktok.com": Network.TIKTOK,
    "youtube.com": Network.YOUTUBE,
    "youtu.be": Network.YOUTUBE,
    "x.com": Network.X,
    "twitter.com": Network.X,
    "medium.com": Network.BLOG,
    "substack.com": Network.BLOG,
    "wordpress.com": Network.BLOG,
    "podcasts.apple.com": Network.PODCAST,
    "open.spotify.com": Network.PODCAST,
    "podigee.io": Network.PODCAST,
    "sharepoint.com": Network.INTERNAL,
    "teams.microsoft.com": Network.INTERNAL,
    "mastodon.social": Network.MASTODON,
    "mastodon.online": Network.MASTODON,
    "mstdn.social": Network.MASTODON,
}


def network_of(url: str) -> Network | None:
    """The network of a link, or None where the host is not known to belong to one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if network := HOSTS.get(".".join(labels[start:])):
            return network
    # Every Mastodon server has its own name; its posts all look like /@name/123456.
    pieces = parts.path.split("/")
    if len(pieces) > 2 and pieces[1].startswith("@") and pieces[2].isdigit():
        return Network.MASTODON
    return Network.MASTODON if "mastodon" in host else None


def is_comment(url: str) -> bool:
    """Whether a link points at a comment under a post."""
    lowered = url.lower()
    return "commenturn" in lowered or ("lc=" in lowered and network_of(url) == Network.YOUTUBE)
