"""What a person sees of the own activities. Nobody else sees any of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.db.models import QuerySet, Sum, Window
from django.db.models.functions import TruncWeek
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.activities.models import Activity
from analytics.channels.models import Network
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MINUTES = (5, 10, 20, 30, 60)
LAST = 10  # the mix of value and promotional is told of the last ten
RECENT = 4


@dataclass(frozen=True)
class Week:
    """A person's own week: minutes of the allowance and the mix. There is no target to miss."""

    monday: date
    minutes: int
    allowance: int
    count: int
    last_ten: Sequence[Activity]

    @property
    def recent(self) -> Sequence[Activity]:
        return self.last_ten[:RECENT]

    @property
    def full(self) -> int:
        """The length of the bar: more time than the allowance fills it and is no alarm."""
        return max(self.allowance, self.minutes, 1)

    @property
    def value(self) -> int:
        return sum(activity.is_value for activity in self.last_ten)

    @property
    def promotional(self) -> int:
        return len(self.last_ten) - self.value

    @property
    def dots(self) -> list[tuple[float, bool]]:
        """Where each dot stands in the picture, value first."""
        return [(7 + 24.5 * place, place < self.value) for place in range(len(self.last_ten))]


@dataclass(frozen=True)
class Log:
    """What the log bar shows: the choices with their defaults, or what was typed and what is wrong with it."""

    url: str
    values: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    helper: str = ""  # must I label this?
    sync: str = ""  # where a phone sends what was typed without a connection; nothing for what is there already
    once: str = field(default_factory=lambda: str(uuid4()))
    today: date = field(default_factory=timezone.localdate)

    purposes: ClassVar = Activity.Purpose.choices
    labels: ClassVar = Activity.Label.choices
    channels: ClassVar = Network.choices

    @property
    def kinds(self) -> list[tuple[str, str, str]]:
        """Four big buttons: value, one short word, icon."""
        words = {"post": _("Post"), "comment": _("Comment"), "talk": _("Talk"), "other": _("Other")}
        return [(kind.value, words[kind.value], Activity(kind=kind).icon) for kind in Activity.Kind]

    @property
    def minutes(self) -> list[int]:
        """The chips; a duration that is none of them (an older entry) gets its own."""
        own = str(self.values.get("minutes", ""))
        return sorted({*MINUTES, int(own)}) if own.isdecimal() and len(own) < 5 else list(MINUTES)


DEFAULTS: dict[str, Any] = {
    "kind": "",
    "purpose": Activity.Purpose.VALUE,
    "label": Activity.Label.OPEN,
    "minutes": 10,
    "channel": Network.LINKEDIN,
    "url": "",
    "note": "",
}


def get_program(user: "User", slug: str) -> Program:
    return membership.get_program(user, slug, Ability.TAKE_PART)


def activities_for(user: "User", program: Program) -> QuerySet[Activity]:
    """The person's own, newest first, each knowing the minutes of its week."""
    return (
        Activity.objects.present()
        .filter(user=user, program=program)
        .annotate(week=TruncWeek("on"))
        .annotate(week_minutes=Window(Sum("minutes"), partition_by=TruncWeek("on")))
    )


def get_activity(user: "User", program: Program, pk: int, *, deleted: bool = False) -> Activity:
    """One of the person's own activities; everybody else's does not exist."""
    rows = Activity.objects.filter(user=user, program=program, pk=pk, deleted_at__isnull=not deleted)
    activity = rows.select_related("program").first()
    if activity is None:
        raise Http404
    return activity


def chosen_activities(user: "User", program: Program, keys: Sequence[str], *, deleted: bool = False) -> list[Activity]:
    """The person's own among those that were asked for; what is no number or somebody else's does not count."""
    known = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 18]
    return list(Activity.objects.filter(user=user, program=program, pk__in=known, deleted_at__isnull=not deleted))


def week_of(user: "User", program: Program, on: date | None = None) -> Week:
    """The week around a day, and the mix of the last ten. One query, two where the last ten do not reach back to it."""
    on = on or timezone.localdate()
    monday = on - timedelta(days=on.weekday())
    own = Activity.objects.present().filter(user=user, program=program)
    last = list(own[:LAST])
    all_known = len(last) < LAST or last[-1].on < monday
    rows = last if all_known else own.filter(on__gte=monday)
    minutes = [row.minutes for row in rows if monday <= row.on < monday + timedelta(days=7)]
    return Week(monday, sum(minutes), program.weekly_minutes, len(minutes), last)


def log_context(
    user: "User",
    program: Program,
    *,
    values: dict[str, Any] | None = None,
    errors: list[str] | None = None,
    url: str = "",
) -> dict[str, Any]:
    """What `_log.html` needs, for a page that shows the log bar. Empty for who does not take part."""
    if not membership.can(user, Ability.TAKE_PART, program):
        return {}
    sync = "" if url else reverse("analytics:activity_sync", args=[program.slug])
    url = url or reverse("analytics:activity_new", args=[program.slug])
    helper, today = reverse("programs:labelling", args=[program.slug]), timezone.localdate()
    shown = DEFAULTS | {"on": today.isoformat()} | (values or {})
    return {"log": Log(url=url, values=shown, errors=errors or [], sync=sync, today=today, helper=helper)}
