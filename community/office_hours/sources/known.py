"""The kinds of calendars that can be read. What is kept of each is one sealed text."""

import json
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.office_hours.models import CalendarKind
from community.office_hours.sources import microsoft
from community.office_hours.sources.base import Ask, Source
from community.office_hours.sources.caldav import CalDav
from community.office_hours.sources.ics import IcsAddress

WHOSE: dict[CalendarKind, str | Promise] = {
    CalendarKind.ICS: _("Outlook, Google, Apple"),
    CalendarKind.CALDAV: _("Nextcloud, iCloud, Fastmail"),
    CalendarKind.MICROSOFT: _("Outlook, by signing in there"),
}


def kinds() -> list[tuple[str, str | Promise, str | Promise]]:
    """Those that can be chosen on this site: value, name, and where such calendars are found."""
    return [(kind.value, kind.label, whose) for kind, whose in WHOSE.items() if can_be(kind)]


def can_be(kind: str) -> bool:
    return kind in WHOSE and (kind != CalendarKind.MICROSOFT or microsoft.is_ready())


def source_of(kind: str, secret: str, ask: Ask, keep: Callable[[str], None]) -> Source:
    """`keep` puts another text in the place of the secret."""
    if kind == CalendarKind.MICROSOFT:
        return microsoft.Graph(secret, ask, keep)
    if kind == CalendarKind.CALDAV:
        return CalDav(**json.loads(secret), ask=ask)
    return IcsAddress(secret, ask)
