"""What the pages of connections show."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Account, Network
from analytics.connectors import messages, queries, sign_ins
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks.known import SIGN_INS, needs_permit
from analytics.connectors.news import SOON
from analytics.connectors.services import PERMIT_GONE
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.templatetags.ui import clock, day, number


def row(connection: Connection) -> dict[str, Any]:
    """One line of the list; `connection` comes from `queries.with_state`."""
    followers, posts = getattr(connection, "followers", None), getattr(connection, "known_posts", None) or 0
    parts = [connection.account.get_network_display()]
    if connection.account.kind == Account.Kind.COMPANY:
        parts.append(str(_("the company's account")))
    if followers is not None:
        parts.append(ngettext("%(n)s follower", "%(n)s followers", followers) % {"n": number(followers)})
    if posts:
        parts.append(ngettext("%(n)s post", "%(n)s posts", posts) % {"n": number(posts)})
    return {
        "connection": connection,
        "about": ", ".join(map(str, parts)),
        **state(connection, getattr(connection, "last_code", "") or ""),
    }


def state(connection: Connection, code: str) -> dict[str, Any]:
    """How it stands, in words, and whether something is not as it should be; `code` is what the last look said."""
    if connection.stopped_for:
        return {"state": messages.stopped(connection), "is_late": True}
    if code:
        return {"state": messages.of(code, connection.account.network, connection.host), "is_late": True}
    if connection.fetched_at is None:
        return {"state": _("The first figures are being fetched."), "is_late": False, "is_new": True}
    words = _("Last fetched on %(day)s at %(clock)s, once a day.")
    told = {"day": day(connection.fetched_at, "long"), "clock": clock(connection.fetched_at)}
    return {"state": words % told, "is_late": False}


def sign_in(network: str, kinds: list[str], ends: dict[str, str]) -> dict[str, Any]:
    """A network where one can sign in: for whose account, and which permission of the same person that would end."""
    ends = ends if network == Network.LINKEDIN else {}
    about = messages.SIGNING_IN[Network(network)]
    return {"network": network, "name": messages.named(network), "about": about,
            "each": [(whose, ends.get(whose, "")) for whose in kinds]}  # fmt: skip


def permission(connection: Connection) -> dict[str, Any]:
    """What its owner lets this site read with, and whether to sign in there once more."""
    network, ends, is_permitted = connection.account.network, connection.permit_until, bool(connection.permit_sealed)
    is_over = connection.stopped_for in (*PERMIT_GONE, "refused")
    lacks = not is_permitted and (needs_permit(network) or is_over or network in sign_ins.offered())
    ends_soon = ends is not None and ends <= timezone.now() + SOON
    return {
        "giver": messages.giver(connection),
        "network": network,
        "reads_until": messages.reads_until(connection) if is_permitted else "",
        "to_sign_in": network in SIGN_INS and (lacks or ends_soon),
        "server": connection.host if network == Network.MASTODON else "",
    }


def brought(look: Look, connection: Connection) -> str:
    """What came of one look, in words."""
    if look.code:
        return messages.of(look.code, connection.account.network, connection.host)
    parts = []
    if look.posts_new:
        parts.append(ngettext("%(n)s new post", "%(n)s new posts", look.posts_new) % {"n": number(look.posts_new)})
    if look.figures_new:
        words = ngettext("%(n)s new figure", "%(n)s new figures", look.figures_new)
        parts.append(words % {"n": number(look.figures_new)})
    if look.figures_changed:
        words = ngettext("%(n)s changed figure", "%(n)s changed figures", look.figures_changed)
        parts.append(words % {"n": number(look.figures_changed)})
    if look.left_out:
        words = ngettext("%(n)s post could not be read", "%(n)s posts could not be read", look.left_out)
        parts.append(words % {"n": number(look.left_out)})
    if not look.is_whole:
        parts.append(_("older posts were left out"))
    return ", ".join(map(str, parts)) or _("nothing new")


def followers_chart(connection: Connection) -> Chart | None:
    """Two days make a line."""
    found = queries.followers_of(connection)
    if len(found) < 2:
        return None
    days = list(found)
    words = ngettext("%(n)s follower on %(day)s.", "%(n)s followers on %(day)s.", found[days[-1]])
    return Chart(
        id="followers",
        kind=ChartKind.LINES,
        size="s",
        sentence=words % {"n": number(found[days[-1]]), "day": day(days[-1], "long")},
        what=_("Followers, day by day"),
        over=_("Day"),
        labels=tuple(day(each) for each in days),
        series=series_of([_("Followers")], [[ChartCell(value, number(value))] for value in found.values()]),
        source=_("%(network)s, fetched once a day") % {"network": connection.account.get_network_display()},
        quality="imported",
    )
