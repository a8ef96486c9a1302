"""What ends when: permissions, versions of interfaces, and what never ends, side by side over the next three months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Network
from analytics.connectors import messages
from analytics.connectors.models import Connection
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.known import needs_permit
from core.kit.templatetags.ui import day, number

DAYS = 92


@dataclass(frozen=True)
class Ending:
    """One line: what it is, when it ends in words, and how much of the three months it lasts."""

    name: str
    said: str
    percent: float
    kind: str  # file, auto, cliff
    url: str = ""

    @property
    def width(self) -> str:
        return f"{self.percent:.1f}%"

    @property
    def is_within(self) -> bool:
        return self.percent < 100


@dataclass(frozen=True)
class MonthMark:
    """Where a month begins on the line."""

    name: str
    percent: float

    @property
    def place(self) -> str:
        return f"{self.percent:.1f}%"

    @property
    def has_room(self) -> bool:
        """For its name, beside “today” and the edge."""
        return 12 < self.percent < 80


def endings(connections: Iterable[Connection]) -> list[Ending]:
    """Files first: they are the way that never ends. Then what runs on, then what ends, the soonest last."""
    rows = list(connections)
    found = [Ending(_("Files"), _("never end"), 100, "file")]
    runs = [each for each in rows if not each.stopped_for]
    found += [
        Ending(each.handle, _("until you revoke it") if each.permit_sealed else _("needs no permission"), 100, "auto")
        for each in runs
        if each.permit_until is None and not needs_permit(each.account.network)
    ]
    permitted = [each for each in runs if each.permit_until is not None]
    for each in sorted(permitted, key=lambda row: row.permit_until, reverse=True):  # type: ignore[arg-type,return-value]
        ends = timezone.localdate(each.permit_until)
        told = {"account": each.handle, "network": messages.giver(each)}
        found.append(_until(_("%(account)s, permission at %(network)s") % told, ends, ""))
    if any(each.account.network == Network.LINKEDIN for each in rows):
        name = _("LinkedIn, version %(version)s of its interface") % {"version": linkedin.VERSION}
        found.append(_until(name, linkedin.VERSION_ENDS, _("for the site’s operator")))
    return found


def _until(name: str, ends: date, whose: str) -> Ending:
    left = (ends - timezone.localdate()).days
    days = ngettext("in %(n)s day", "in %(n)s days", max(left, 0)) % {"n": number(max(left, 0))}
    said = ", ".join(each for each in (day(ends, "long"), days, whose) if each)
    return Ending(name, said, min(100.0, max(0.0, 100 * left / DAYS)), "cliff")


def months() -> list[MonthMark]:
    """The firsts of the months ahead."""
    today = timezone.localdate()
    found = []
    first = today.replace(day=1)
    while (first := (first + timedelta(days=32)).replace(day=1)) <= today + timedelta(days=DAYS):
        found.append(MonthMark(day(first, "month"), 100 * (first - today).days / DAYS))
    return found
