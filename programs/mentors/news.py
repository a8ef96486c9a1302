"""What the two are told: that somebody asks, and that the other one agreed. Never that somebody ended it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.kit.rooms import News, Told
from core.news import services as news
from programs.mentors.models import Pairing

if TYPE_CHECKING:
    from core.people.models import User

ASKED, AGREED = "mentors.asked", "mentors.agreed"


def tell_asked(pairing: Pairing) -> None:
    news.tell(ASKED, [pairing.partner], about=pairing.pk, item=pairing.pk, program_id=pairing.program_id)


def tell_agreed(pairing: Pairing) -> None:
    settled(pairing)
    news.tell(AGREED, [pairing.asker], about=pairing.pk, item=pairing.pk, program_id=pairing.program_id)


def settled(pairing: Pairing, *, is_gone: bool = True) -> None:
    news.gone("mentors.", items=[pairing.pk], is_gone=is_gone)


def look_at_asked(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    found = _pairings(rows)
    return {
        row.pk: _told(found[row.item], found[row.item].asker)
        for row in rows
        if row.item in found and found[row.item].partner_id == person.pk and found[row.item].agreed_at is None
    }


def look_at_agreed(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    found = _pairings(rows)
    return {
        row.pk: _told(found[row.item], found[row.item].partner)
        for row in rows
        if row.item in found and found[row.item].asker_id == person.pk and found[row.item].agreed_at is not None
    }


def _told(pairing: Pairing, other: "User") -> Told:
    url = reverse("programs:mentors", args=[pairing.program.slug])
    return Told(str(pairing.get_kind_display()), url, other.name, program=pairing.program.name)


def _pairings(rows: Sequence[Any]) -> dict[str, Pairing]:
    found = Pairing.objects.filter(pk__in=[row.item for row in rows], ended_at=None)
    return {str(each.pk): each for each in found.select_related("asker", "partner", "program")}


GROUP = _("Mentors and buddies")
NEWS = (
    News(
        ASKED,
        _("Somebody asks me to be mentor or buddy"),
        GROUP,
        60,
        ngettext_lazy("%(name)s is asking you: %(title)s", "%(count)s people are asking you: %(title)s", "count"),
        _("because somebody asked you to be mentor or buddy"),
        look_at_asked,
        icon="users",
        asks=True,
    ),
    News(
        AGREED,
        _("Somebody agreed to be my mentor or buddy"),
        GROUP,
        61,
        ngettext_lazy("%(name)s agreed: %(title)s", "%(count)s people agreed: %(title)s", "count"),
        _("because somebody you asked agreed"),
        look_at_agreed,
        icon="users",
    ),
)
