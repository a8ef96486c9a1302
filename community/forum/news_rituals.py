"""Hosts hear when a series stands still because nobody's yes holds any more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.forum import queries
from community.forum.models_rituals import Ritual
from community.forum.news import COMMUNITY
from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program

if TYPE_CHECKING:
    from core.people.models import User

WAITS = "forum.ritual"
RITUALS = "rituals"


def _item(ritual: Ritual) -> str:
    return f"{ritual.pk}.{ritual.version}"


def tell_hosts(ritual: Ritual) -> None:
    hosts = queries.people_of(ritual.program, hosts=True)
    news.tell(WAITS, hosts, about=RITUALS, item=_item(ritual), program_id=ritual.program_id)


def settled(ritual: Ritual) -> None:
    news.gone(WAITS, items=[_item(ritual)])


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Series that still wait for a yes."""
    waiting = Ritual.objects.present().filter(approved_at=None, pk__in=[row.item.split(".")[0] for row in rows])
    found = {_item(ritual): ritual for ritual in waiting.select_related("program")}
    told = {}
    for row in rows:
        ritual = found.get(row.item)
        if ritual is not None and can(person, Ability.HOST_FORUM, ritual.program):
            url = reverse("community:ritual", args=[ritual.program.slug, ritual.pk])
            told[row.pk] = Told(ritual.name, url, program=ritual.program.name)
    return told


NEWS = (
    News(
        WAITS,
        _("A series is paused"),
        COMMUNITY,
        22,
        ngettext_lazy("A series is waiting for a host: %(title)s", "%(count)s series are waiting for a host", "count"),
        _("You are receiving this email because you host the forum."),
        look,
        note=_("for hosts"),
        button=_("View"),
        icon="repeat",
        asks=True,
        concerns=lambda person: any(can(person, Ability.HOST_FORUM, each) for each in roles_by_program(person)),
    ),
)
