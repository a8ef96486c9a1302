"""Only administrators of the site come in here; for everybody else there is nothing."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.kit import rooms
from core.kit.rooms import Every
from core.people.models import ERASED, User
from influencer.operate import tokens
from influencer.operate.models import Rescue, RescueState
from programs.membership.models import Program, Role, TeamInvitation


def require_administrator(user: User) -> None:
    if not user.is_superuser:
        raise Http404


def get_job(user: User, name: str) -> Every:
    """A periodic job, by the name of its task."""
    require_administrator(user)
    found = next((line for room in rooms.every() for line in room.timetable if line.task.name == name), None)
    if found is None:
        raise Http404
    return found


def get_account(user: User, pk: int) -> User:
    """Somebody's account; an erased one is nobody's any more."""
    require_administrator(user)
    return get_object_or_404(User.objects.exclude(email__endswith=ERASED), pk=pk)


def get_rescue(user: User, pk: int) -> Rescue:
    require_administrator(user)
    return get_object_or_404(Rescue.objects.select_related("person", "asked_by"), pk=pk)


def get_lead_invitation(user: User, slug: str, pk: int) -> TeamInvitation:
    """Somebody who was asked to lead a program, also when it was withdrawn (undo)."""
    rows = TeamInvitation.objects.select_related("program").filter(role=Role.MANAGER)
    return get_object_or_404(rows, program=get_any(user, slug), pk=pk)


def get_any(user: User, slug: str) -> Program:
    """Any program of the site, as its name and its lead; what happens in it stays closed."""
    require_administrator(user)
    return get_object_or_404(Program, slug=slug)


def find_rescue(token: str) -> Rescue | None:
    """What the link in a person's mail stops; None once there is nothing to stop."""
    pk = tokens.rescue_in(token)
    if pk is None:
        return None
    return Rescue.objects.filter(pk=pk, state=RescueState.WAITING).select_related("person").first()
