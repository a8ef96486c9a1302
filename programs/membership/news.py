"""News of the team: who is asked for an answer. Their mails are letters of their own."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership import access, queries, team_letters
from programs.membership.models import Program, TeamInvitation

if TYPE_CHECKING:
    from core.people.models import User

INVITED, SECOND_YES, HANDED_OVER = "membership.invited", "membership.second_yes", "membership.handed_over"


def tell_invited(invitation: TeamInvitation) -> None:
    """Who has an account finds it there too; who invited learns nothing of either."""
    if person := queries.find_person(invitation.email):
        news.tell(INVITED, [person], about=invitation.pk, item=invitation.pk)


def tell_who_may_agree(invitation: TeamInvitation, people: "Sequence[User]") -> None:
    news.tell(SECOND_YES, people, about=invitation.pk, item=invitation.pk)


def settled(invitation: TeamInvitation, *, is_gone: bool = True) -> None:
    """It was answered or withdrawn, or asks again."""
    news.gone("membership.", items=[invitation.pk], is_gone=is_gone)


def tell_handed_over(program: Program, people: "Iterable[User]", occasion: str) -> None:
    """`occasion` begins with the number of who hands over, so that each time is told once."""
    news.tell(HANDED_OVER, people, about=program.pk, item=occasion, program_id=program.pk)


def no_longer_handed_over(occasion: str) -> None:
    news.gone(HANDED_OVER, items=[occasion])


def look_at_handed_over(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    givers = get_user_model().objects.in_bulk([int(row.item.partition("-")[0]) for row in rows])
    programs = {str(program.pk): program for program in access.roles_by_program(person)}
    told = {}
    for row in rows:
        program, giver = programs.get(row.about), givers.get(int(row.item.partition("-")[0]))
        if program is not None and giver is not None:
            url = reverse("programs:hand_over", args=[program.slug])
            told[row.pk] = Told(program.name, url, str(giver), program=program.name)
    return told


def look_at_invitations(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    open_ones = {str(each.pk): each for each in _invitations(rows) if each.is_open}
    told = {}
    for row in rows:
        asked = open_ones.get(row.item)
        if asked is not None and asked.email == person.email.lower():
            url = reverse("programs:team_invitation", args=[team_letters.token_of(asked)])
            name = str(asked.invited_by or asked.program.company_name)
            told[row.pk] = Told(asked.program.name, url, name, program=asked.program.name)
    return told


def look_at_second_yes(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    waiting = {str(each.pk): each for each in _invitations(rows)}
    told = {}
    for row in rows:
        asked = waiting.get(row.item)
        if asked is not None and _may_agree(person, asked):
            url = reverse("programs:team_agree", args=[asked.program.slug, asked.pk])
            name = str(asked.invited_by or asked.program.company_name)
            told[row.pk] = Told(asked.email, url, name, program=asked.program.name)
    return told


def _may_agree(person: "User", invitation: TeamInvitation) -> bool:
    try:
        access.get_waiting_invitation(person, invitation.program.slug, invitation.pk)
    except (Http404, PermissionDenied):
        return False
    return True


def _may_ever_agree(person: "User") -> bool:
    programs = access.roles_by_program(person)
    abilities = (access.Ability.MANAGE_PROGRAM, access.Ability.SEE_LOGS)
    return person.is_superuser or any(access.can(person, each, program) for program in programs for each in abilities)


def _invitations(rows: Sequence[Any]) -> list[TeamInvitation]:
    found = TeamInvitation.objects.filter(pk__in=[row.item for row in rows])
    return list(found.select_related("program", "invited_by"))


TEAM = _("Program")
NEWS = (
    News(
        INVITED,
        _("Invitations to a team"),
        TEAM,
        40,
        ngettext_lazy("%(name)s invites you to the team of %(title)s", "%(count)s invitations to %(title)s", "count"),
        "",
        look_at_invitations,
        icon="user-plus",
        asks=True,
        has_own_mail=True,
    ),
    News(
        SECOND_YES,
        _("Somebody asks me to confirm a works council role"),
        TEAM,
        41,
        ngettext_lazy(
            "%(name)s asks you to approve a works council role: %(title)s", "%(count)s need your approval", "count"
        ),
        "",
        look_at_second_yes,
        icon="gavel",
        asks=True,
        has_own_mail=True,
        concerns=_may_ever_agree,
    ),
    News(
        HANDED_OVER,
        _("Somebody hands something over to me"),
        TEAM,
        42,
        ngettext_lazy(
            "%(name)s handed something over to you in %(title)s",
            "You were handed things over %(count)s times in %(title)s",
            "count",
        ),
        _("You get this because somebody put something in your care."),
        look_at_handed_over,
        icon="user-check",
        each=True,
    ),
)
