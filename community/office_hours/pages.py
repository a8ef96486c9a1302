"""What the page of booking shows: with whom, when, and what was chosen already."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.office_hours import queries
from community.office_hours.models import Booking, HoursHost
from community.office_hours.queries import Offer
from core.kit.sent_numbers import whole
from core.kit.templatetags.ui import day
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

ANYONE = "any"
FIRST_DAYS, MORE_DAYS, MOST_MORE = 3, 7, 20
MOST_HOSTS = 50


@dataclass(frozen=True)
class HostChoice:
    """One of those with whom one can book, or anyone."""

    key: str
    name: str
    meta: str
    url: str
    is_chosen: bool
    person: "User | None" = None
    speaks: str = ""


def booking_page(user: "User", program: Program, asked: Any, *, moving: Booking | None = None) -> dict[str, Any]:
    """`asked` is the address' question: `host`, `language`, `more`, `slot`."""
    now = timezone.now()
    everybody = queries.hosts_of(program, but=user, reader=user)
    languages = _languages(everybody)
    language = asked.get("language", "") if asked.get("language") in dict(languages) else ""
    hosts = [host for host in everybody if not language or language in host.languages]
    taken = [each for each in queries.taken_up(user) if moving is None or each.pk != moving.pk]
    own = [each for each in taken if (each.program_id, each.person_id) == (program.pk, user.pk)]
    last = queries.last_with(user, program)
    chosen = _chosen(hosts, asked.get("host", ""), last, moving)
    offers = queries.offers_of([chosen] if chosen else hosts, now, own=taken)
    days = queries.by_day(offers)
    first = next((offer for offer in offers if offer.key == asked.get("slot")), None)
    more = whole(asked.get("more", "")) or 0
    count = FIRST_DAYS + MORE_DAYS * min(more, MOST_MORE)
    waits = queries.waits_of(user, program)
    return {
        "program": program,
        "hosts": hosts,
        "choices": _choices(program, hosts, chosen, last, moving=moving, language=language),
        "languages": languages,
        "spoken": language,  # `language` is the page's own in every template
        "host": chosen,
        "days": days[:count],
        "more": more + 1 if len(days) > count else 0,
        "chosen": first,
        "own": own,
        "moving": moving,
        "topics": chosen.topics if chosen else sorted({topic for host in hosts for topic in host.topics}),
        "waits": bool(waits),
        "today": timezone.localdate(),
    }


def next_free(page: dict[str, Any], wanted: Any) -> Offer | None:
    """The hour that is free at or after a wanted time, else the first one."""
    offers = _within(page["days"])
    return next((offer for offer in offers if offer.slot.start >= wanted), next(iter(offers), None))


def _within(days: list[queries.DayOfOffers]) -> list[Offer]:
    return [offer for each in days for offer in each.offers]


def _chosen(hosts: list[HoursHost], asked: str, last: dict[int, Any], moving: Booking | None) -> HoursHost | None:
    """Who was asked for; else who one was with last; with one host there is no choice."""
    if asked == ANYONE and len(hosts) > 1:
        return None
    known = {str(host.pk): host for host in hosts}
    if asked in known:
        return known[asked]
    if moving is not None and str(moving.slot.host_id) in known:
        return known[str(moving.slot.host_id)]
    here = [pk for pk in last if str(pk) in known]
    if here:
        return known[str(max(here, key=lambda pk: last[pk]))]
    return hosts[0] if len(hosts) == 1 else None


def next_with(booking: Booking, user: "User") -> Offer | None:
    """For who could not make it: the next free hour with the same host, unless another one is booked already."""
    hosts = queries.hosts_of(booking.program, but=user, reader=user)
    host = next((each for each in hosts if each.pk == booking.slot.host_id), None)
    taken = queries.taken_up(user)
    if host is None or any(each.slot.host_id == host.pk for each in taken):
        return None
    return next(iter(queries.offers_of([host], timezone.now(), own=taken)), None)


def speaks_of(host: HoursHost) -> str:
    """In which languages one can talk to a host, in words."""
    return ", ".join(str(name) for code, name in settings.LANGUAGES if code in host.languages)


def _languages(hosts: list[HoursHost]) -> list[tuple[str, str]]:
    """What one can choose from: only where not everybody speaks the same."""
    if len({frozenset(host.languages) for host in hosts}) < 2:
        return []
    spoken = {code for host in hosts for code in host.languages}
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in spoken]


def _choices(
    program: Program, hosts: list[HoursHost], chosen: HoursHost | None, last: dict[int, Any], *,
    moving: Booking | None, language: str,
) -> list[HostChoice]:  # fmt: skip
    address = reverse("community:office_hours", args=[program.slug])
    more = ({"move": str(moving.pk)} if moving else {}) | ({"language": language} if language else {})

    def choice(host: HoursHost) -> HostChoice:
        was = last.get(host.pk)
        meta = _("last on %(day)s") % {"day": day(was, "weekday")} if was else ", ".join(host.topics[:2])
        name = _("%(name)s again") % {"name": host.person} if was else str(host.person)
        url = f"{address}?{urlencode({'host': str(host.pk)} | more)}"
        return HostChoice(str(host.pk), name, meta, url, chosen is host, host.person, speaks_of(host))

    ordered = sorted(hosts, key=lambda host: host.pk not in last)
    found = [choice(host) for host in ordered[:MOST_HOSTS]]
    if len(hosts) > 1:
        url = f"{address}?{urlencode({'host': ANYONE} | more)}"
        found.append(HostChoice(ANYONE, _("Anyone"), _("as soon as possible"), url, chosen is None))
    return found
