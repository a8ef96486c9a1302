"""Why nothing came, in words for the person whose account it is: what happened, and what to do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Network
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.linkedin import ORGANISATION
from core.kit.templatetags.ui import day

WORDS = {
    "gone": _("The network no longer knows this account. Was it renamed or closed?"),
    "refused": _("The network does not show this account publicly. Is it private or locked?"),
    "busy": _("The network received too many requests. We will try again later."),
    "silent": _("The network did not answer. We will try again later."),
    "odd": _("The network sent an unexpected answer. We will try again later."),
    "off": _("This site does not fetch from networks. Its operator can allow it."),
    "not_listed": _("The operator of this site has not allowed this server."),
    "ended": _("LinkedIn no longer lets this site read the account. Please sign in there again."),
    "denied": _("LinkedIn does not let this site read these figures. Its operator can ask LinkedIn for it."),
    "too_old": _("LinkedIn no longer answers this version of the site. Its operator needs to upgrade."),
    "no_feed": _("This page does not name a feed. Please copy the address of the feed itself (RSS or Atom)."),
    "no_key": _("This site has no key for this network yet. Its operator can add one."),
    "turn": _("A lot of accounts on this server are being fetched right now. Please try again in a minute."),
}
STOPPED = {
    "ended": _("Stopped: LinkedIn no longer lets this site read the account. Sign in there again to resume."),
    "denied": _("Stopped: LinkedIn does not let this site read these figures. Its operator can ask LinkedIn for it."),
    "withdrawn": _(
        "You withdrew your consent, so your permission ended at LinkedIn as well. Sign in there again to resume."
    ),
    "revoked": _("You revoked the permission. Nothing is fetched; what was fetched stays. Sign in again to resume."),
    "gone": _("Stopped: the network no longer knows this account. If it has a new name, connect it under that name."),
    "refused": _("Stopped: the network does not show this account publicly. Once it does, you can resume."),
}
#: What everybody can see of an account, by network; without an entry it is what Mastodon and Bluesky show.
WHAT = {
    Network.YOUTUBE: _("Subscribers (rounded by YouTube), and the views, likes and comments of public videos."),
    Network.BLOG: _("The titles and dates of what is published. A feed has no figures."),
    Network.OTHER: _("The posts and daily figures that this server names. It shows them to everybody."),
    Network.PODCAST: _("The titles and dates of the episodes. A feed does not say how often they were heard."),
}
USUAL = _(
    "Followers, and the likes, replies and shares of public posts. "
    "This network does not reveal how often a post was seen."
)


OWN_LINKEDIN = _(
    "Impressions, reactions, comments and reposts by day, followers, and the figures of your newest posts that this "
    "site knows, with saves, sends and plays of videos. LinkedIn names no reader."
)
PAGE_ON_LINKEDIN = _(
    "Impressions, members reached, clicks, reactions, comments and reposts by day and by post, and followers. "
    "LinkedIn tells only what was not paid for, and nothing older than twelve months."
)


def what_of(network: str, number: str = "") -> str:
    if network == Network.LINKEDIN:
        return str(PAGE_ON_LINKEDIN if number.startswith(ORGANISATION) else OWN_LINKEDIN)
    return str(WHAT.get(Network(network), USUAL))


def version_of_linkedin() -> str:
    """LinkedIn ends each version of its interface after about a year: who connects reads that it is looked after."""
    return gettext(
        "This site reads with version %(version)s of LinkedIn's interface, which LinkedIn answers until about "
        "%(day)s. The site's operator upgrades before; files work without it."
    ) % {"version": linkedin.VERSION, "day": day(linkedin.VERSION_ENDS, "long")}


def of(code: str) -> str:
    return str(WORDS.get(code, WORDS["odd"]))
