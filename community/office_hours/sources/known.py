"""The kinds of calendars that can be read. What is kept of each is one sealed text."""

import json

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.office_hours.models import CalendarKind
from community.office_hours.sources.base import Ask, Source
from community.office_hours.sources.caldav import CalDav
from community.office_hours.sources.ics import IcsAddress

WHOSE = {
    CalendarKind.ICS: _("Outlook, Google, Apple"),
    CalendarKind.CALDAV: _("Nextcloud, iCloud, Fastmail"),
}


def kinds() -> list[tuple[str, str | Promise, str | Promise]]:
    """Those that can be chosen on this site: value, name, and where such calendars are found."""
    return [(kind.value, kind.label, whose) for kind, whose in WHOSE.items()]


def source_of(kind: str, secret: str, ask: Ask) -> Source:
    if kind == CalendarKind.CALDAV:
        return CalDav(**json.loads(secret), ask=ask)
    return IcsAddress(secret, ask)
