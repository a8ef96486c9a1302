"""What somebody looks after in a program: things that go to somebody else by a choice, and things ahead that are
arranged on pages of their own. Each room says it of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Membership, Program


@dataclass(frozen=True)
class Charge:
    """One thing that somebody looks after, and where it is."""

    pk: int
    title: str
    url: str


@dataclass(frozen=True)
class Charges:
    """A kind of things that one person each looks after.

    `of(person, program)` are those of a person, `takers(program)` the memberships that may have them. `give` hands one
    over within a transaction; False where it is no longer that person's, or is settled by now.
    """

    key: str
    label: str | Promise
    of: Callable[[User, Program], Iterable[Charge]]
    takers: Callable[[Program], QuerySet[Membership]]
    give: Callable[..., bool]  # (program, pk, whose=person's id, to=membership, by=person)


@dataclass(frozen=True)
class Engagements:
    """A kind of things that somebody does here and that cannot be given away by a choice, e.g. booked hours: whoever
    does them next has to say yes, or somebody else decides. `of(person, program)` is what lies ahead, `note` says what
    becomes of it when the person leaves and how somebody else comes to it."""

    label: str | Promise
    note: str | Promise
    of: Callable[[User, Program], Iterable[Charge]]
