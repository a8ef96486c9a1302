"""How connections of the whole site are doing, for who operates it: of people only how many, as the gate tells it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.channels.models import Account, Network
from analytics.connectors import pages, sign_ins
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks import bluesky, linkedin, youtube
from analytics.connectors.networks.known import NETWORKS
from analytics.connectors.networks.linkedin_wire import API
from analytics.connectors.site_keys import YOUTUBE_ID, site_key
from core.disclosure import gate
from core.disclosure.gate import People
from core.kit.public_hosts import is_listed
from core.kit.templatetags.ui import day
from programs.membership.standing import HeadCount, last_monday, steadily

#: The servers of networks that have one of their own; of all others any server may be named.
SERVERS: dict[str, tuple[str, ...]] = {
    Network.BLUESKY: (bluesky.HOST,),
    Network.YOUTUBE: (youtube.HOST,),
    Network.LINKEDIN: (linkedin.SIGN_IN, API),
}
NEEDS: dict[str, Promise] = {
    Network.YOUTUBE: gettext_lazy("This site has no key for YouTube yet."),
    Network.LINKEDIN: gettext_lazy("This site is not known to LinkedIn as an application yet."),
}
RECENT = timedelta(days=2)


@dataclass(frozen=True)
class NetworkState:
    name: str
    is_ready: bool
    notes: list[str]
    people: People  # who connected an account of theirs
    failing: People | None  # of whose accounts the last look brought nothing; nothing where it names somebody


def networks() -> list[NetworkState]:
    """Each network: whether it can be asked, how many people connected it, and what will need the operator."""
    said = steadily(None, "connections", last_monday(None), _counted)
    return [_state(name, said[f"{name} people"], said.get(f"{name} failing")) for name in NETWORKS]


def _counted() -> dict[str, HeadCount]:
    """Once a week, and anew only when many are others: a number of this moment would show the one who came or went
    between two looks."""
    people = Connection.objects.filter(account__kind=Account.Kind.PERSON)
    # One person may have several feeds: people are counted, never connections.
    counts = Counter(network for network, _person in people.values_list("account__network", "account__user").distinct())
    rows = _with_last_code(people.filter(fetched_at__gte=timezone.now() - RECENT, stopped_for=""))
    failed = {
        (network, person)
        for network, person, code in rows.values_list("account__network", "account__user", "last_code")
        if code
    }
    failing = Counter(network for network, _person in failed)
    found = {f"{name} people": HeadCount(counts[name]) for name in NETWORKS}
    enough = [name for name in NETWORKS if counts[name] >= gate.enough()]
    return found | {f"{name} failing": HeadCount(failing[name], counts[name]) for name in enough}


def _state(name: str, people: People, failing: People | None) -> NetworkState:
    notes, is_ready = [], bool(settings.CONNECTOR_HOSTS)
    missing = [host for host in _servers(name) if not is_listed(host, settings.CONNECTOR_HOSTS)]
    if missing:
        notes.append(_("CONNECTOR_HOSTS does not name %(hosts)s.") % {"hosts": ", ".join(missing)})
    can_ask = NETWORKS[name].is_ready() or name in sign_ins.offered()
    if not can_ask and not missing and name in NEEDS:
        notes.append(str(NEEDS[name]))
    is_ready = is_ready and not notes
    if name == Network.LINKEDIN:
        notes.append(_version())
    return NetworkState(str(Network(name).label), is_ready, notes, people, failing)


def _servers(name: str) -> tuple[str, ...]:
    """Those of Google for sign-ins are asked only where this site is known there."""
    return youtube.servers_to_sign_in() if name == Network.YOUTUBE and site_key(YOUTUBE_ID) else SERVERS.get(name, ())


def _version() -> str:
    if ends_soon():
        return _("LinkedIn answers version %(version)s of its interface until about %(day)s: upgrade before.") % _told()
    return _("LinkedIn answers version %(version)s of its interface until about %(day)s.") % _told()


def _told() -> dict[str, str]:
    return {"version": linkedin.VERSION, "day": day(linkedin.VERSION_ENDS, "long")}


def ends_soon() -> bool:
    return timezone.now().date() >= linkedin.VERSION_ENDS - linkedin.SOON


def ending_interface() -> tuple[str, str, str] | None:
    """Of a network that this site asks: a key, what ends, and what to do; told to administrators before and at the
    end. Nothing as long as there is time, or where nobody reads from it."""
    if not (linkedin.is_ready() and ends_soon()):
        return None
    title = _("LinkedIn: version %(version)s of its interface ends about %(day)s") % _told()
    if timezone.now().date() >= linkedin.VERSION_ENDS:
        text = _("Figures from LinkedIn may stop any day now. Upgrade this site; uploading files keeps working.")
        return "interface-over:linkedin", title, text
    text = _("Upgrade this site before then, or figures from LinkedIn stop arriving. Uploading files keeps working.")
    return "interface:linkedin", title, text


def companies() -> Iterable[dict[str, Any]]:
    """The accounts of companies, with program and state; those that need somebody first."""
    rows = Connection.objects.filter(account__kind=Account.Kind.COMPANY).select_related("account", "program")
    found = [
        {
            "program": each.program.name,
            "handle": each.handle,
            "network": each.account.get_network_display(),
            "permit_until": each.permit_until,
            **pages.state(each, each.last_code or ""),
        }
        for each in _with_last_code(rows).order_by("program__name", "account__network", "pk")
    ]
    return sorted(found, key=lambda row: not row["is_late"])


def _with_last_code(rows: QuerySet[Connection]) -> Any:
    last = Look.objects.filter(connection=OuterRef("pk")).order_by("-at", "-pk")
    return rows.annotate(last_code=Subquery(last.values("code")[:1]))
