"""The inbox as it is shown: what needs the person, then by day."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.templatetags.ui import day
from core.news import wishes
from core.news.bundles import Bundle
from core.news.hours import is_audible
from core.news.models import Hours

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class InboxPage:
    groups: list[tuple[str, list[Bundle]]]
    new: int
    asking: int
    show_all: bool
    hours: Hours
    is_audible: bool
    is_paused: bool
    is_every_working_day: bool

    @property
    def lead(self) -> str:
        if not self.new:
            return _("You are up to date.")
        text = ngettext("%(count)s is new.", "%(count)s are new.", self.new) % {"count": self.new}
        if self.asking:
            text += " " + ngettext("%(count)s needs you.", "%(count)s need you.", self.asking) % {"count": self.asking}
        return text


def page(person: "User", bundles: list[Bundle], *, show_all: bool) -> InboxPage:
    asking = [each for each in bundles if each.news.asks and each.is_new and not each.is_answered]
    rest = [each for each in bundles if each not in asking]
    groups = [(_("Needs you"), asking)] if asking else []
    groups += [(_name(on), list(same)) for on, same in groupby(rest, key=lambda each: _day(each.at))]
    hours = wishes.hours_of(person)
    return InboxPage(
        groups,
        sum(each.is_new for each in bundles),
        len(asking),
        show_all,
        hours,
        is_audible(timezone.now(), hours, person.time_zone),
        hours.paused_on == timezone.localdate(),
        hours.days == [0, 1, 2, 3, 4],
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _name(on: date) -> str:
    passed = (timezone.localdate() - on).days
    return {0: _("Today"), 1: _("Yesterday")}.get(passed) or day(on, "weekday")
