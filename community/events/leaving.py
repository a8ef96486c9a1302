"""What becomes of answers when somebody leaves, pauses or deletes the account: they go, and nobody is told why."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import ngettext

from community.events.models import Answer
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def held(user: "User", program: Program) -> Iterator[tuple[int, str]]:
    count = Answer.objects.filter(person=user, event__milestone__program=program).count()
    yield count, ngettext("answer to an invitation", "answers to invitations", count)


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    Answer.objects.filter(person=user, event__milestone__program=program).delete()


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    Answer.objects.filter(person=user).delete()
