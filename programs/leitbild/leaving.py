"""What becomes of votes when somebody leaves, pauses or deletes the account: they go at once. Sentences lead back to
nobody and stay."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from core.kit.kept import Kept
from programs.leitbild.models import LeitbildBallot
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    ballots = LeitbildBallot.objects.filter(person=user, workshop__program=program)
    yield Kept(ballots, lambda n: ngettext("ballot on the guiding statement", "ballots on the guiding statement", n))


def forget_person(user: "User", program: Program) -> None:
    LeitbildBallot.objects.filter(person=user, workshop__program=program).delete()


def forget_everywhere(user: "User") -> None:
    LeitbildBallot.objects.filter(person=user).delete()
