"""Why nothing came, in words for the person whose account it is: what happened, and what to do."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.channels.models import Network
from analytics.connectors.models import Connection
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
    "ended": _("%(network)s no longer lets this site read the account. Please sign in there again."),
    "denied": _("%(network)s does not let this site read these figures. Its operator can ask %(network)s for it."),
    "too_old": _("LinkedIn no longer answers this version of the site. Its operator needs to upgrade."),
    "sign_ins": _("This server takes only a few sign-ins at a time. Please try again in ten minutes."),
    "partial": _("%(network)s gave only a part of the permission. Please sign in again and leave every box ticked."),
    "no_feed": _("This page does not name a feed. Please copy the address of the feed itself (RSS or Atom)."),
    "no_key": _("This site has no key for this network yet. Its operator can add one."),
    "turn": _("A lot of accounts on this server are being fetched right now. Please try again in a minute."),
}
STOPPED = {
    "ended": _("Stopped: %(network)s no longer lets this site read the account. Sign in there again to resume."),
    "denied": _(
        "Stopped: %(network)s does not let this site read these figures. Its operator can ask %(network)s for it."
    ),
    "withdrawn": _(
        "You withdrew your consent, so your permission ended at %(network)s as well. Sign in there again to resume."
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

#: What one reads before signing in, of networks that know this site.
SIGNING_IN = {
    Network.LINKEDIN: _(
        "You sign in at LinkedIn and let this site read your figures there for 60 days. We never see your password, "
        "and you can revoke it with one click."
    ),
    Network.YOUTUBE: _(
        "You sign in at Google and let this site read your channel, also watch time and views by day, which nobody "
        "else sees. It can change nothing, never sees your password, and you can revoke it with one click."
    ),
}
#: What is said when somebody signed in and there is nothing to read.
NOTHING_THERE = {
    Network.LINKEDIN: (
        _("You administer no page there"),
        _("Ask an administrator of the page to connect it, or to make you one."),
    ),
}
USUALLY_NOTHING = (
    _("There is nothing to read"),
    _("This account has no channel. Please sign in with the one that has."),
)
#: What a permission shows as well.
MORE = {Network.YOUTUBE: _("Views, watch time and new subscribers by day, and how long each video was watched.")}
#: What a permission would show as well, and is not read.
ASIDE = {Network.MASTODON: _("Posts for followers only and direct messages are left aside.")}

OWN_LINKEDIN = _(
    "Impressions, reactions, comments and reposts by day, followers, and the figures of your newest posts that this "
    "site knows, with saves, sends and plays of videos. LinkedIn names no reader."
)
PAGE_ON_LINKEDIN = _(
    "Impressions, members reached, clicks, reactions, comments and reposts by day and by post, and followers. "
    "LinkedIn tells only what was not paid for, and nothing older than twelve months."
)


def nothing_there(network: str) -> dict[str, str]:
    title, text = NOTHING_THERE.get(Network(network), USUALLY_NOTHING)
    return {"nothing_title": str(title), "nothing_text": str(text)}


def what_of(network: str, number: str = "", *, is_permitted: bool = False) -> str:
    if network == Network.LINKEDIN:
        return str(PAGE_ON_LINKEDIN if number.startswith(ORGANISATION) else OWN_LINKEDIN)
    more = str(MORE.get(Network(network), "")) if is_permitted else ""
    return f"{WHAT.get(Network(network), USUAL)} {more}".strip()


def version_of_linkedin() -> str:
    """LinkedIn ends each version of its interface after about a year: who connects reads that it is looked after."""
    return gettext(
        "This site reads with version %(version)s of LinkedIn's interface, which LinkedIn answers until about "
        "%(day)s. The site's operator upgrades before; files work without it."
    ) % {"version": linkedin.VERSION, "day": day(linkedin.VERSION_ENDS, "long")}


def named(network: str, host: str = "") -> str:
    """What answers: of Mastodon a server, since each is its own."""
    return host if network == Network.MASTODON and host else str(Network(network).label)


def giver(connection: Connection) -> str:
    """Who lets this site read it."""
    return named(connection.account.network, connection.host)


def of(code: str, network: str = "", host: str = "") -> str:
    said = str(WORDS.get(code, WORDS["odd"]))
    return said % {"network": named(network, host) if network in Network.values else gettext("The network")}


def stopped(connection: Connection) -> str:
    return str(STOPPED[connection.stopped_for]) % {"network": giver(connection)}


def reads_until(connection: Connection) -> str:
    """How long a permission holds, and what is left aside although it would show it."""
    told, ends = {"network": giver(connection)}, connection.permit_until
    if ends is not None:
        said = gettext(
            "%(network)s lets this site read until %(day)s. We remind you two weeks before; files keep working without "
            "it."
        ) % (told | {"day": day(ends, "long")})
    else:
        said = (
            gettext("%(network)s lets this site read until you revoke it. This site can only read, never post.") % told
        )
    aside = ASIDE.get(Network(connection.account.network), "")
    return f"{said} {aside}".strip()
