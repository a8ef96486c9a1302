"""A host hears when somebody else puts them down for a week."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.forum.models_rota import Duty
from community.forum.news import COMMUNITY
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.rooms import News, Told
from core.kit.templatetags.ui import day
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

DUTY = "forum.duty"
ROTA = "rota"


def _item(program: Program, week: date) -> str:
    return f"{program.pk}.{week.isoformat()}"


def tell(program: Program, week: date, people: "Iterable[User]", *, by: "User") -> None:
    others = [person for person in people if person.pk != by.pk]
    news.gone(DUTY, items=[_item(program, week)], is_gone=False)
    news.tell(DUTY, others, about=ROTA, item=_item(program, week), program_id=program.pk)


def settled(program: Program, week: date) -> None:
    news.gone(DUTY, items=[_item(program, week)])


OWN_WEEKS = Compiled(
    lambda: Duty.objects.filter(OneOf("program_id", "programs"), person=Blank("person")).values_list("program", "week")
)


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Weeks that are still this person's."""
    programs = {program.pk: program for program in roles_by_program(person)}
    mine = {
        _item(programs[pk], week): (programs[pk], week)
        for pk, week in OWN_WEEKS.rows(person=person.pk, programs=list(programs))
    }
    told = {}
    for row in rows:
        if row.item in mine:
            program, week = mine[row.item]
            if can(person, Ability.HOST_FORUM, program):
                url = reverse("community:rota", args=[program.slug])
                told[row.pk] = Told(day(week), url, program=program.name)
    return told


NEWS = (
    News(
        DUTY,
        _("I am down to host for a week"),
        COMMUNITY,
        23,
        ngettext_lazy("You host the forum for a week from %(title)s", "You host the forum in %(count)s weeks", "count"),
        _("You are receiving this email because you host the forum."),
        look,
        note=_("for hosts"),
        button=_("View"),
        icon="calendar",
        concerns=lambda person: any(can(person, Ability.HOST_FORUM, each) for each in roles_by_program(person)),
    ),
)
