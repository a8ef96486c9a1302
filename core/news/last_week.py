"""What a choice would have meant last week: how many mails one's own news would have made, counted and not guessed."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.news import hours as clock
from core.news import kinds
from core.news.models import Hours, Notification, Way
from core.news.wishes import PRESETS, Ways, hours_of, preset

if TYPE_CHECKING:
    from core.kit.rooms import News
    from core.people.models import User

COUNTED = 1000  # news of a week that are looked at


def sentences(person: "User", now: Mapping[str, Ways], offered: Iterable["News"]) -> dict[str, str]:
    """A sentence for each preset that is not chosen; none when there was no news. Made from what this person was told
    and nothing else: what is switched off in every way is not kept, so it is not counted either."""
    rows, offered, hours = _of_last_week(person), list(offered), hours_of(person)
    if not rows:
        return {}
    instead_of = _mails(rows, now, hours, person.time_zone)
    found = {}
    for name in PRESETS:
        ways = {news.kind: preset(name, news) for news in offered}
        if any(now[kind] != way for kind, way in ways.items()):
            found[name] = _sentence(_mails(rows, {**now, **ways}, hours, person.time_zone), instead_of)
    return found


def _sentence(count: int, now: int) -> str:
    if count == now:
        return _("Last week this would have been as many emails as now: %(now)s.") % {"now": now}
    words = ngettext(
        "Last week this would have been %(count)s email instead of %(now)s.",
        "Last week this would have been %(count)s emails instead of %(now)s.",
        count,
    )
    return words % {"count": count, "now": now}


def _of_last_week(person: "User") -> list[Notification]:
    rows = Notification.objects.filter(person=person, is_gone=False, at__gte=timezone.now() - timedelta(days=7))
    return sorted(rows.order_by("-at")[:COUNTED], key=lambda row: (row.at, row.pk))


def _mails(rows: Iterable[Notification], ways: Mapping[str, Ways], hours: Hours, zone: str) -> int:
    """By the rules of `core.news.jobs`: what waits together is one mail, what was read before is none, and after a mail
    about a thing the next one waits until the person has looked."""
    known = {news.kind: news for news in kinds.every()}
    mails: set[tuple[int | None, str, datetime]] = set()
    told: dict[tuple[int | None, str, str], Notification] = {}
    for row in rows:
        news = known.get(row.kind)
        if news is None or news.has_own_mail or ways[row.kind].mail == Way.NEVER:
            continue
        way, thing = ways[row.kind].mail, (row.program_id, row.kind, row.about)
        due = clock.due(row.at, hours, zone, way)
        if row.read_at is not None and row.read_at < due:
            continue
        before = told.get(thing)
        if way == Way.NOW and not news.each and before and (before.read_at is None or before.read_at > due):
            continue
        told[thing] = row
        mails.add((row.program_id, way, due))
    return len(mails)
