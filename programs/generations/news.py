"""What somebody is told who is moved to another generation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from core.kit.rooms import News, Told
from core.kit.templatetags.ui import day
from core.news import services as news
from programs.generations.models_moves import Move

if TYPE_CHECKING:
    from core.people.models import User

MOVED = "generations.moved"


def tell_moved(move: Move) -> None:
    person, program = move.participant.user, move.participant.program
    news.tell(MOVED, [person], about=move.pk, item=move.pk, program_id=program.pk)


def called_off(move: Move) -> None:
    news.gone(MOVED, items=[move.pk], is_gone=True)


def look_at_moved(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    moves = Move.objects.filter(pk__in=[row.item for row in rows], participant__user=person)
    found = {str(each.pk): each for each in moves.select_related("generation__program")}
    return {row.pk: _told(found[row.item]) for row in rows if row.item in found}


def _told(move: Move) -> Told:
    program = move.generation.program
    title = gettext("%(generation)s, from %(day)s") % {"generation": move.generation.name, "day": day(move.on, "long")}
    return Told(title, reverse("programs:path", args=[program.slug]), program=program.name)


NEWS = (
    News(
        MOVED,
        _("I am moved to another generation"),
        _("Onboarding"),
        65,
        ngettext_lazy("You take part in %(title)s", "%(count)s times you were moved: %(title)s", "count"),
        _("because the program team arranged for you to take part in another generation"),
        look_at_moved,
        icon="users",
    ),
)
