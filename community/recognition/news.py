"""That somebody says thanks: who is thanked is told."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.recognition.models import Kudos
from core.kit.rooms import News, Told
from core.news import services as news

if TYPE_CHECKING:
    from core.people.models import User

THANKED = "recognition.thanked"


def tell_thanked(kudos: Kudos) -> None:
    news.tell(THANKED, [kudos.to], about=kudos.pk, item=kudos.pk, program_id=kudos.program_id)


def thanked_no_more(kudos: Kudos, *, is_gone: bool = True) -> None:
    news.gone(THANKED, items=[kudos.pk], is_gone=is_gone)


def look_at_thanked(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    kept = Kudos.objects.present().filter(pk__in=[row.item for row in rows], to=person)
    found = {str(each.pk): each for each in kept.select_related("by", "program")}
    return {row.pk: _told(found[row.item]) for row in rows if row.item in found}


def _told(kudos: Kudos) -> Told:
    url = reverse("community:thanks", args=[kudos.program.slug])
    return Told(kudos.text, url, kudos.by.name, program=kudos.program.name)


NEWS = (
    News(
        THANKED,
        _("Somebody says thanks to me"),
        _("Thanks"),
        65,
        ngettext_lazy("%(name)s says thanks: %(title)s", "%(count)s people say thanks: %(title)s", "count"),
        _("because somebody said thanks to you"),
        look_at_thanked,
        icon="heart",
    ),
)
