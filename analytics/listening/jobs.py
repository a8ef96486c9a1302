"""Reading feeds by the clock, each by itself: what came and the next appointment are one transaction."""

import hashlib
import logging
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from analytics.connectors import asking
from analytics.connectors.jobs import EVERY, LEASE, SPREAD
from analytics.connectors.networks import feeds
from analytics.connectors.networks.base import Told, Trouble
from analytics.listening.counting import is_wanted_title, words_of
from analytics.listening.models import ListeningSearch, Mention
from analytics.listening.queries import KEPT, since_of
from analytics.listening.services import Published, keep

log = logging.getLogger(__name__)

AT_ONCE = 250  # searches that one sweep hands out
FIRST_PAUSE, MOST_DOUBLINGS = timedelta(minutes=15), 7
FIRST, AGAIN = timedelta(days=90), timedelta(days=14)  # so far back a look goes
NOT_ITS_FAULT = frozenset({"turn", "off", "not_listed", "not_wanted"})


def retention() -> int:
    """Mentions are of other people: after thirteen months they are deleted."""
    return Mention.objects.filter(on__lt=timezone.localdate() - KEPT).delete()[0]


def due() -> list[int]:
    """What is to be read now, the longest overdue first."""
    return list(_due().order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def look(search_id: int, **wiring: Any) -> None:
    """Read one feed, if it is due and nobody else is at it. Running this again does no harm."""
    search = _claim(search_id)
    if search is None:
        return
    today = timezone.localdate()
    since = since_of(search, today, first=FIRST, again=AGAIN)
    start = timezone.now() - (today - since)
    try:
        ask = asking.asker(feeds, is_wanted=lambda: _is_wanted(search), **wiring)
        told = feeds.tell(urlsplit(search.url).hostname or "", search.url, ask, since=start, pages=1)
    except Trouble as trouble:
        _after_trouble(search, trouble)
    else:
        _store(search, told)


def _due() -> QuerySet[ListeningSearch]:
    now = timezone.now()
    return ListeningSearch.objects.present().filter(Q(lease_until=None) | Q(lease_until__lt=now), due_at__lte=now)


def _claim(search_id: int) -> ListeningSearch | None:
    """By the number of attempts: who waited for another worker's row sees that it was taken."""
    seen = _due().filter(pk=search_id).values_list("attempts", flat=True).first()
    if seen is None:
        return None
    changes = {"lease_until": timezone.now() + LEASE, "attempts": F("attempts") + 1}
    if ListeningSearch.objects.filter(pk=search_id, attempts=seen).update(**changes) != 1:
        return None
    return ListeningSearch.objects.select_related("program").get(pk=search_id)


def _is_wanted(search: ListeningSearch) -> bool:
    return ListeningSearch.objects.present().filter(pk=search.pk, attempts=search.attempts).exists()


@transaction.atomic
def _store(search: ListeningSearch, told: Told) -> None:
    held = _hold(search)
    if held is None:
        return
    words = words_of(held.words)
    found = [
        Published(post.url, post.title, timezone.localtime(post.published_at).date(), told.profile.name)
        for post in told.posts
        if post.url and post.title and is_wanted_title(post.title, words)
    ]
    keep(held.program, found, held)
    now = timezone.now()
    held.fetched_at, held.due_at, held.lease_until, held.setbacks, held.trouble = now, _next(held, now), None, 0, ""
    held.save()


@transaction.atomic
def _after_trouble(search: ListeningSearch, trouble: Trouble) -> None:
    held = _hold(search)
    if held is None:
        return
    now = timezone.now()
    held.lease_until, held.trouble = None, trouble.code
    asked = timedelta(seconds=trouble.pause_seconds or 0)
    if trouble.code == "turn":
        held.due_at, held.trouble = now + asked, search.trouble  # only later
    elif trouble.code in NOT_ITS_FAULT:
        held.due_at = _next(held, now)
    else:
        held.setbacks += 1
        held.due_at = now + max(FIRST_PAUSE * 2 ** min(held.setbacks - 1, MOST_DOUBLINGS), asked)
    log.info("listening: a feed gave nothing: %s", trouble.code)
    held.save()


def _hold(search: ListeningSearch) -> ListeningSearch | None:
    """The row, as long as it is ours: not removed, and not taken over by another worker."""
    rows = ListeningSearch.objects.present().select_for_update(of=("self",)).select_related("program")
    return rows.filter(pk=search.pk, attempts=search.attempts).first()


def _next(search: ListeningSearch, now: datetime) -> datetime:
    """Tomorrow, each at its own moment of the same hour."""
    start = (now + EVERY).replace(minute=0, second=0, microsecond=0)
    share = int.from_bytes(hashlib.sha256(f"listening {search.pk}".encode()).digest()[:4]) % SPREAD
    return start + timedelta(seconds=share)
