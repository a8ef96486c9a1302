"""What the log bar shows, on its own page and on others."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.activities.links import same_page
from analytics.activities.models import Activity
from analytics.activities.queries import topics_of
from analytics.channels.models import Network
from core.kit.templatetags.ui import day as as_day
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MINUTES = (5, 10, 20, 30, 60)


@dataclass(frozen=True)
class Log:
    """What the log bar shows: the choices with their defaults, or what was typed and what is wrong with it."""

    url: str
    values: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    helper: str = ""  # must I label this?
    sync: str = ""  # where a phone sends what was typed without a connection; nothing for what is there already
    hint: str = ""  # it may be logged already
    again: str = ""  # said in return: this link once more
    offered: Sequence[str] = ()  # topics of the program
    once: str = field(default_factory=lambda: str(uuid4()))
    today: date = field(default_factory=timezone.localdate)

    purposes: ClassVar = Activity.Purpose.choices
    labels: ClassVar = Activity.Label.choices
    channels: ClassVar = Network.choices

    @property
    def kinds(self) -> list[tuple[str, str, str]]:
        """Big buttons: value, one short word, icon."""
        words = {
            "post": _("Post"),
            "comment": _("Comment"),
            "talk": _("Talk"),
            "article": _("Article"),
            "podcast": _("Podcast"),
            "event": _("At an event"),
            "recruiting": _("Recruiting"),
            "mentoring": _("Mentoring"),
            "request": _("Request received"),
            "other": _("Other"),
        }
        return [(kind.value, words[kind.value], Activity(kind=kind).icon) for kind in Activity.Kind]

    @property
    def topics(self) -> list[tuple[str, bool]]:
        """Each with whether it is chosen; also what an older entry has and the program offers no more."""
        chosen = self.values["topics"]
        return [(word, word in chosen) for word in dict.fromkeys([*self.offered, *chosen])]

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
    "topics": [],
}


def log_context(
    user: "User",
    program: Program,
    *,
    values: dict[str, Any] | None = None,
    errors: list[str] | None = None,
    url: str = "",
    known: Activity | None = None,
) -> dict[str, Any]:
    """What `_log.html` needs, for a page that shows the log bar. Empty for who does not take part."""
    if not membership.can(user, Ability.TAKE_PART, program):
        return {}
    sync = "" if url else reverse("analytics:activity_sync", args=[program.slug])
    url = url or reverse("analytics:activity_new", args=[program.slug])
    helper, today = reverse("programs:labelling", args=[program.slug]), timezone.localdate()
    shown = DEFAULTS | {"on": today.isoformat()} | (values or {})
    log = Log(
        url=url, values=shown, errors=errors or [], sync=sync, today=today, helper=helper, offered=topics_of(program)
    )
    if known is not None:
        hint = _("You logged this link on %(day)s already. Log it again?") % {"day": as_day(known.on, "long")}
        log = replace(log, hint=hint, again=same_page(known.url))
    return {"log": log}
