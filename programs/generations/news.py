"""What somebody is told who is moved to another generation, and of the next steps of their onboarding."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from core.kit.rooms import News, Told
from core.kit.templatetags.ui import day
from core.news import services as news
from programs.generations.models import Participant
from programs.generations.models_moves import Move
from programs.generations.paths import path_of

if TYPE_CHECKING:
    from core.people.models import User

MOVED = "generations.moved"
STEP = "generations.step"


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


def look_at_step(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """What is done or has left the path in the meantime is not told."""
    mine = (
        Participant.objects.active().filter(user=person, pk__in={row.about for row in rows}).select_related("program")
    )
    paths = {str(each.pk): (each.program, {str(row.step.pk): row for row in path_of(each).ahead}) for each in mine}
    found: dict[int, Told] = {}
    for row in rows:
        program, steps = paths.get(row.about, (None, {}))
        ahead = steps.get(row.item)
        if program and ahead and ahead.state != "done":
            url = f"{reverse('programs:path', args=[program.slug])}#step-{ahead.step.pk}"
            found[row.pk] = Told(str(ahead.step.title), url, program=program.name)
    return found


def _takes_part(person: "User") -> bool:
    return Participant.objects.present().filter(user=person).exists()


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
    News(
        STEP,
        _("A step of my onboarding comes up"),
        _("Onboarding"),
        64,
        ngettext_lazy(
            "Coming up in your onboarding: %(title)s",
            "%(count)s steps of your onboarding are coming up: %(title)s",
            "count",
        ),
        _("because the day suggested for a step of your onboarding is near; you are reminded of each step once"),
        look_at_step,
        icon="map",
        concerns=_takes_part,
    ),
)
