"""Hosts hear twice a year that it is time to look where their community stands."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from community.forum.news import COMMUNITY
from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership.access import Ability, can, roles_by_program
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

LIFE_CYCLE = "forum.lifecycle"


def ask(program: Program, hosts: "Iterable[User]", *, item: str) -> None:
    news.tell(LIFE_CYCLE, hosts, about=_about(program), item=item, program_id=program.pk)


def answered(program: Program) -> None:
    news.gone(LIFE_CYCLE, about=_about(program))


def _about(program: Program) -> str:
    return f"lifecycle.{program.pk}"


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """For who still hosts there."""
    programs = {_about(program): program for program in roles_by_program(person)}
    told = {}
    for row in rows:
        program = programs.get(row.about)
        if program is not None and can(person, Ability.HOST_FORUM, program):
            url = reverse("community:forum_health", args=[program.slug]) + "#lifecycle"
            told[row.pk] = Told(program.name, url, program=program.name)
    return told


NEWS = (
    News(
        LIFE_CYCLE,
        _("Time to review how the community is doing"),
        COMMUNITY,
        24,
        ngettext_lazy(
            "How is the community of %(title)s doing? Twice a year is enough",
            "How are %(count)s communities doing? Twice a year is enough",
            "count",
        ),
        _("You are receiving this email because you host the forum."),
        look,
        note=_("for hosts"),
        button=_("View"),
        icon="refresh",
        concerns=lambda person: any(can(person, Ability.HOST_FORUM, each) for each in roles_by_program(person)),
    ),
)
