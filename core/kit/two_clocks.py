"""A time on a second clock, for readers who are elsewhere than what they read about. Where both clocks show the same,
nothing is said."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.kit.templatetags.ui import clock, day


def place_of(zone: str) -> str:
    """A zone as people know it: the city of its name."""
    if "/" not in zone or zone.startswith("Etc/"):
        return zone
    return get_timezone_location(zone, locale=(get_language() or "en")[:2], return_city=True)


def beside(moment: datetime, zone: str, *, shown: str = "") -> str:
    """What the clock of `zone` shows beside the one that the page goes by (`shown`, else the reader's own): 15:00 in
    Helsinki; with the day where it is another one."""
    there = moment.astimezone(ZoneInfo(zone))
    here = moment.astimezone(ZoneInfo(shown) if shown else timezone.get_current_timezone())
    if there.utcoffset() == here.utcoffset():
        return ""
    time = clock(there.replace(tzinfo=None))
    if there.date() != here.date():
        time = f"{day(there.date(), 'weekday')}, {time}"
    return _("%(time)s in %(place)s") % {"time": time, "place": place_of(zone)}


def elsewhere(zone: str) -> str:
    """Where the clocks of `zone` are, for a reader whose own show another time today."""
    return place_of(zone) if beside(timezone.now(), zone) else ""
