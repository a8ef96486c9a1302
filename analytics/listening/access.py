"""Program managers decide what is listened to; they and the management read it."""

from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404

from analytics.listening.models import ListenedName, ListeningSearch, Mention
from core.kit.deleting import Deletable
from programs.membership import access as membership
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

AnyOfThem = TypeVar("AnyOfThem", bound=Deletable)


def can_listen(user: "User", program: Program) -> bool:
    return can(user, Ability.MANAGE_PROGRAM, program) or can(user, Ability.DECIDE, program)


def get_listening(user: "User", slug: str) -> Program:
    """To read."""
    program = membership.get_program(user, slug)
    if not can_listen(user, program):
        raise PermissionDenied
    return program


def get_listening_lead(user: "User", slug: str) -> Program:
    """To change what is listened to, and to set tone and topics."""
    return membership.get_program(user, slug, Ability.MANAGE_PROGRAM)


def get_search(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> ListeningSearch:
    return _one(user, slug, ListeningSearch, pk, is_deleted=is_deleted)


def get_name(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> ListenedName:
    return _one(user, slug, ListenedName, pk, is_deleted=is_deleted)


def get_mention(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> Mention:
    return _one(user, slug, Mention, pk, is_deleted=is_deleted)


def _one(user: "User", slug: str, model: type[AnyOfThem], pk: int, *, is_deleted: bool) -> AnyOfThem:
    """For undo also what was removed."""
    program = get_listening_lead(user, slug)
    rows = model._default_manager.filter(program=program, pk=pk)
    found = rows.first() if is_deleted else rows.filter(deleted_at=None).first()
    if found is None:
        raise Http404
    return found
