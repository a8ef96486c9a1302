"""Saying thanks, showing it, and taking it back. These are people's own acts: the journal says nothing of them."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from community.newsletters import voices
from community.recognition import news, queries
from community.recognition.models import Kudos, Portrait
from core.kit.words import Words
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def say_thanks(program: Program, *, by: "User", to: "User", text: str) -> Kudos:
    """Only the two read it, and who is thanked is told."""
    kudos = Kudos.objects.create(program=program, by=by, to=to, text=text)
    news.tell_thanked(kudos)
    return kudos


@transaction.atomic
def show(kudos: Kudos, *, is_shown: bool) -> None:
    """By who is thanked. Hiding it takes it out of newsletters that went out as well."""
    voices.hold(kudos.program)
    Kudos.objects.filter(pk=kudos.pk).update(is_shown=is_shown)
    if not is_shown:
        voices.forget(kudos.program, [kudos.key])


@transaction.atomic
def take_back(kudos: Kudos, *, by: "User") -> None:
    """By either of the two: nobody reads it any more, nowhere."""
    voices.hold(kudos.program)
    mine, _other = kudos.sides(by)
    kudos.put_away(**{mine: True})
    voices.forget(kudos.program, [kudos.key])
    news.thanked_no_more(kudos)


@transaction.atomic
def bring_back(kudos: Kudos, *, by: "User") -> None:
    """Undo, of one's own: it stays gone when the other one took it back. Newsletters that went out stay without it."""
    mine, other = kudos.sides(by)
    if getattr(Kudos.objects.select_for_update().get(pk=kudos.pk), other):
        return
    kudos.take_back(**{mine: False})
    news.thanked_no_more(kudos, is_gone=False)


@transaction.atomic
def release_portrait(program: Program, *, user: "User", text: Words) -> Portrait:
    """From now on newsletters can show it; the one before is withdrawn."""
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    for portrait in Portrait.objects.present().filter(program=program, user=user):
        take_back_portrait(portrait)
    return Portrait.objects.create(program=program, user=user, text=text)


@transaction.atomic
def take_back_portrait(portrait: Portrait) -> None:
    """At once: no newsletter shows it any more, also none that went out."""
    voices.hold(portrait.program)
    portrait.put_away()
    voices.forget(portrait.program, [portrait.key])


@transaction.atomic
def release_again(portrait: Portrait) -> None:
    """Undo. Newsletters that went out stay without it, and one that was released since then is withdrawn."""
    Program.objects.select_for_update(no_key=True).get(pk=portrait.program_id)
    for other in (
        Portrait.objects.present().filter(program=portrait.program, user=portrait.user).exclude(pk=portrait.pk)
    ):
        take_back_portrait(other)
    portrait.take_back()


@transaction.atomic
def rest(user: "User", program: Program) -> None:
    """Who withdraws is in no newsletter any more, from that moment on."""
    voices.hold(program)
    voices.forget(program, _keys(user, program))


def role_ended(user: "User", program: Program) -> None:
    """The same once no role is left with which anybody thanks or is thanked."""
    if not queries.is_here(user, program):
        rest(user, program)


@transaction.atomic
def retention() -> int:
    """What those said and got who have left. Somebody of the team has no consent that ends: their role is forgotten
    after 30 days, and with it goes what hangs on it."""
    return queries.of_nobody(Kudos, "by", "to").delete()[0] + queries.of_nobody(Portrait, "user").delete()[0]


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    """Who leaves takes along what they said, and what was said to them."""
    rest(user, program)
    _kudos_of(user).filter(program=program).delete()
    Portrait.objects.filter(user=user, program=program).delete()


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    for program in Program.objects.filter(pk__in=_kudos_of(user).values("program")).union(
        Program.objects.filter(pk__in=Portrait.objects.filter(user=user).values("program"))
    ):
        forget_person(user, program)


def _kudos_of(user: "User") -> QuerySet[Kudos]:
    return Kudos.objects.filter(Q(by=user) | Q(to=user))


def _keys(user: "User", program: Program) -> list[str]:
    rows: list[Kudos | Portrait] = [*_kudos_of(user).filter(program=program)]
    rows += Portrait.objects.filter(user=user, program=program)
    return [row.key for row in rows]
