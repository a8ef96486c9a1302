"""Somebody's mails come back. A mail about it would too, so it is said in the app only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.kit.rooms import News, Told
from core.news import services
from core.notify import bounces

if TYPE_CHECKING:
    from core.people.models import User

COMES_BACK = "news.address"


def tell(person: "User", number: int) -> None:
    """Once per rest: what began anew since is news again."""
    row = bounces.resting(person)
    if row is not None:
        services.tell(COMES_BACK, [person], about=number, item=row.last_at.isoformat())


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    row = bounces.resting(person)
    return {each.pk: Told(row.address, reverse("news:address")) for each in rows} if row else {}


NEWS = (
    News(
        COMES_BACK,
        _("Emails to me come back"),
        _("For me"),
        3,
        ngettext_lazy("Emails to %(title)s come back", "Emails to %(title)s come back", "count"),
        _("You are receiving this email because emails to you came back."),
        look,
        mail="never",
        note=_("shown in the app, since an email would come back too"),
        button=_("See what to do"),
        icon="mail-off",
        asks=True,
    ),
)
