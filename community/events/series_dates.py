"""The dates of a series as the page of one lists them: what is usual is said once, what differs on a date by it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community.events import access, answering, series
from community.events.models import Event, EventState
from core.kit import cldr
from core.kit.templatetags.ui import clock
from core.kit.templatetags.ui import day as as_day
from programs.consents.models import today_in

if TYPE_CHECKING:
    from core.people.models import User

MOST_OTHERS = 12


@dataclass(frozen=True)
class InSeries:
    """Where an event stands among the dates of its series."""

    place: int
    of: int
    others: list[dict[str, Any]]  # this one left out, as `ui/_dates.html` shows them
    to_answer: int  # how many dates one tap answers
    has_following: bool
    differs: str  # what is different on this date
    left_out: int  # what is over, and what comes later than the list goes


def series_of(event: Event, user: "User", *, may_answer: bool, shows_all: bool = False) -> InSeries | None:
    """The coming dates, or all of them. Drafts are counted for nobody but who plans them."""
    edits = access.can_edit(user, event.milestone.program)
    rows = [each for each in series.of(event) if edits or each.state != EventState.DRAFT]
    if event.series is None or len(rows) < 2:
        return None
    keys = [each.pk for each in rows]
    place = keys.index(event.pk)
    today, usual = today_in(event.milestone.program), Usual(rows)
    others = [each for each in rows if each.pk != event.pk]
    coming = [each for each in others if each.milestone.last_day >= today]
    listed = others if shows_all else coming[:MOST_OTHERS]
    return InSeries(
        place + 1,
        len(rows),
        [_row(each, usual, is_over=each.milestone.last_day < today) for each in listed],
        sum(answering.can_answer(each) for each in rows) if may_answer else 0,
        place + 1 < len(rows),
        "; ".join(usual.differs(event)),
        len(others) - len(listed),
    )


class Usual:
    """What most dates of a series share; of two equally common things the earlier one."""

    def __init__(self, rows: Sequence[Event]) -> None:
        self.title = _most([str(each.milestone.title) for each in rows])
        self.hours = _most([_hours(each) for each in rows])
        self.place = _most([each.milestone.place for each in rows])
        self.video = _most([each.video for each in rows])

    def differs(self, event: Event) -> list[str]:
        """In words, each of them by itself."""
        date, found = event.milestone, []
        if _hours(event) != self.hours:
            found.append(_("at a different time, %(hours)s") % {"hours": _hours(event) or _("all day")})
        if date.place != self.place:
            place = {"place": date.place}
            found.append(_("in a different place, %(place)s") % place if date.place else _("without the usual place"))
        if event.video != self.video:
            found.append(_("with a different video link") if event.video else _("without a video call"))
        if str(date.title) != self.title:
            found.append(_("about something else, “%(title)s”") % {"title": date.title})
        return found


def _most(values: list[str]) -> str:
    return Counter(values).most_common(1)[0][0]


def _hours(event: Event) -> str:
    date = event.milestone
    if date.at is None:
        return ""
    begins = clock(datetime.combine(date.on, date.at))
    if date.until_at is None:
        return begins
    return _("%(start)s to %(end)s") % {"start": begins, "end": clock(datetime.combine(date.on, date.until_at))}


def _row(event: Event, usual: Usual, *, is_over: bool) -> dict[str, Any]:
    date, differs = event.milestone, usual.differs(event)
    state = str(event.get_state_display()) if event.state != EventState.ANNOUNCED else _("over") if is_over else ""
    said = "; ".join(differs) if differs else ", ".join(part for part in (_hours(event), date.place) if part)
    return {
        "day": date.on.day,
        "below": cldr.month_short(date.on),
        "title": as_day(date.on, "weekday"),
        "meta": ", ".join(part for part in (said, state) if part),
        "url": reverse("community:event_detail", args=[date.program.slug, event.pk]),
        "now": False,
        "datetime": date.on.isoformat(),
    }
