"""When a person's own posts were seen: by weekday and time of day, each with its range, out of own posts alone.

The network's ranking decides as well, so nothing is called the best that lies within the range of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, FilteredRelation, Max, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from analytics.channels.models import Network
from analytics.dashboards.usual import Usual, usual_of
from analytics.metrics.models import Grain, Metric, Post, Segment
from core.kit import cldr
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FEWEST = 5  # posts of a weekday or time of day
SETTLED = timedelta(days=7)  # a younger post is still being shown
SPAN = timedelta(days=366)
MOST_TIMED = 1_000
A_MONDAY = date(2026, 11, 2)
HOURS = (0, 9, 12, 15, 18, 24)


@dataclass(frozen=True)
class Slot:
    """The posts of a weekday or time of day; without a range they are too few to tell."""

    label: str
    count: int
    usual: Usual | None
    stands_out: bool = False


@dataclass(frozen=True)
class SeenPost:
    at: datetime
    has_time: bool
    count: int
    url: str = ""
    text: str = ""  # where it has a hashtag


@dataclass(frozen=True)
class SeenPosts:
    """Of one network: numbers of two do not compare."""

    network: str
    posts: list[SeenPost]


@dataclass(frozen=True)
class Times:
    says: SafeString | str
    network: str
    count: int
    groups: list[tuple[str, list[Slot]]]


def seen_posts(user: "User", program: Program) -> SeenPosts | None:
    """Of the network with the most posts, at least a week old. One query."""
    now = timezone.now()
    by_network: dict[str, list[SeenPost]] = defaultdict(list)
    for network, at, precision, count, url, text in _seen(user, program, now - SPAN, now - SETTLED):
        by_network[network].append(SeenPost(timezone.localtime(at), precision != "day", count, url, text))
    if not by_network:
        return None
    network, posts = max(by_network.items(), key=lambda each: len(each[1]))
    return SeenPosts(str(Network(network).label), posts)


def times_of(seen: SeenPosts | None) -> Times | None:
    if seen is None:
        return None
    posts = seen.posts
    weekdays = slots_of((_weekday(post.at.weekday()), post.count) for post in sorted(posts, key=_by_weekday))
    timed = [post for post in posts if post.has_time]
    hours = slots_of((_part_of_day(post.at.hour), post.count) for post in sorted(timed, key=lambda post: post.at.hour))
    groups = [(_("Weekday"), weekdays), (_("Time of day"), hours)]
    found = [slot for _label, slots in groups for slot in slots]
    return Times(said(found), seen.network, len(posts), [each for each in groups if each[1]])


def slots_of(told: Iterable[tuple[str, int]]) -> list[Slot]:
    """In the order in which their labels come first."""
    values: dict[str, list[int]] = defaultdict(list)
    for label, count in told:
        values[label].append(count)
    slots = []
    for label, own in values.items():
        usual = usual_of(own, fewest=FEWEST)
        others = [count for other, counts in values.items() if other != label for count in counts]
        slots.append(Slot(label, len(own), usual, stands_out(usual, others)))
    return slots


def stands_out(usual: Usual | None, others: Sequence[int]) -> bool:
    """Three quarters of its posts were seen more often than the middle one of all others, and its middle one more often
    than three quarters of these."""
    rest = usual_of(others, fewest=FEWEST)
    return bool(usual and rest and usual.low > rest.middle and usual.middle > rest.high)


def said(slots: Sequence[Slot]) -> SafeString | str:
    known = [slot for slot in slots if slot.usual]
    if len(known) < 2:
        return _("There are too few posts to tell. A weekday or a time of day needs at least %(count)s.") % {
            "count": FEWEST
        }
    best = max((slot for slot in known if slot.stands_out), key=_middle, default=None)
    if best is None:
        return _("No weekday and no time of day stands out: their ranges overlap.")
    return format_html(
        _("<em>{when}</em> stands out: half of these posts were seen {band} times."),
        when=best.label,
        band=best.usual.band if best.usual else "",
    )


def _middle(slot: Slot) -> int:
    return slot.usual.middle if slot.usual else 0


def _by_weekday(post: SeenPost) -> int:
    return post.at.weekday()


def _weekday(place: int) -> str:
    return cldr.written(A_MONDAY + timedelta(days=place), "weekday_name")


def _part_of_day(hour: int) -> str:
    first, last = next((a, b) for a, b in pairwise(HOURS) if a <= hour < b)
    if first == HOURS[0]:
        return _("before %(hour)s o'clock") % {"hour": last}
    if last == HOURS[-1]:
        return _("after %(hour)s o'clock") % {"hour": first}
    return _("%(first)s to %(last)s o'clock") % {"first": first, "last": last}


def _seen(user: "User", program: Program, since: datetime, until: datetime) -> QuerySet[Any, Any]:
    own = Q(readings__program=program, readings__account=F("account"), readings__metric=Metric.IMPRESSIONS)
    of_all = Q(own__segment=Segment.ALL)
    lifetime = Max("own__value", filter=of_all & Q(own__grain=Grain.LIFETIME))
    window = Max("own__value", filter=of_all & Q(own__grain=Grain.WINDOW))
    return (
        Post.objects.filter(
            is_at_work(user, program, Purpose.OWN_FIGURES),
            program=program,
            account__user=user,
            published_at__gte=since,
            published_at__lt=until,
        )
        .annotate(own=FilteredRelation("readings", condition=own))
        .annotate(
            seen=Coalesce(lifetime, window),
            tagged=Case(When(title__contains="#", then="title"), default=Value(""), output_field=TextField()),
        )
        .exclude(seen=None)
        .order_by("-published_at")
        .values_list("account__network", "published_at", "precision", "seen", "url", "tagged")[:MOST_TIMED]
    )
