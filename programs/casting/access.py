"""Who leads people writes calls and reads who has shown interest. Everybody signed in reads an open call; without an
account one needs the public link, and for one's own interest the link of the mail."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from programs.casting.models import Call, Interest, SeatFate
from programs.casting.tokens import LONGEST, key_of
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Role
from programs.membership.queries import roles_ever_of

if TYPE_CHECKING:
    from core.people.models import User


# --- pages of the program management ----------------------------------------------------------------------------------


def get_call(user: "User", slug: str, pk: int) -> Call:
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    return _found(_calls().filter(program=program, pk=pk).first())


def get_interest(user: "User", slug: str, key: UUID) -> Interest:
    """Of somebody who has declared it. Who was told "not this time" is not there any more."""
    program = membership.get_program(user, slug, Ability.MANAGE_PEOPLE)
    rows = Interest.objects.shown().select_related("call__generation", "call__program")
    interest = rows.filter(call__program=program, key=key).first()
    if interest is None:
        raise Http404
    return interest


# --- reading the call, and one's own interest -------------------------------------------------------------------------


def get_open_call(user: "User", pk: int) -> Call:
    """For colleagues who are signed in, from its first day; who leads the program sees it before. Who has shown
    interest keeps the page, whatever became of the program: a consent can be taken back at any time."""
    call = _found(_calls().filter(pk=pk).first())
    leads = membership.can(user, Ability.MANAGE_PEOPLE, call.program)
    if not leads and not (call.has_opened and is_colleague(user, call)) and find_my_interest(user, call) is None:
        raise Http404
    return call


def is_colleague(user: "User", call: Call) -> bool:
    """In this program, now or before, or in none ever: a site may serve several companies, and what a company is called
    is what somebody typed. Who is in another program of the same company has the public link. A guest
    comes from outside, whatever the program."""
    roles = roles_ever_of(user)
    return not roles or any(role != Role.GUEST and program == call.program_id for program, role in roles)


def get_my_interest(user: "User", pk: int) -> Interest:
    """What this person has declared for a call, also when it was taken back today (undo). After a no that is over."""
    interest = find_my_interest(user, get_open_call(user, pk))
    if interest is None or interest.told == SeatFate.NOT:
        raise Http404
    return interest


def find_my_interest(user: "User", call: Call) -> Interest | None:
    """By the account, or by its address where it was declared through the public link."""
    own = Q(user=user) | Q(user=None, email__iexact=user.email)
    interest = Interest.objects.filter(own, call=call).order_by("pk").first()
    if interest is not None:
        interest.call = call
    return interest


def find_call(key: str) -> Call | None:
    """The call behind a public link."""
    if not key or len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        return None
    call = _calls().filter(key=key).first()
    return call if call is not None and call.has_opened else None


def find_interest(token: str) -> Interest | None:
    """Whose link of a mail it is; nobody's when it was made up, or the interest is gone."""
    key = key_of(token)
    if key is None:
        return None
    related = ("call__generation__contact__user", "call__program", "user")
    return Interest.objects.select_related(*related).filter(key=key, user=None).exclude(told=SeatFate.NOT).first()


def _calls() -> "QuerySet[Call]":
    rows = Call.objects.filter(generation__deleted_at=None)
    return rows.select_related("generation__contact__user", "program")


def _found(call: Call | None) -> Call:
    if call is None:
        raise Http404
    return call
