"""What becomes of it when somebody leaves: no letter goes out any more, and what they got is forgotten in the end."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from community.journeys.models import JourneySending
from core.kit.kept import Kept
from core.notify.services import forget_mails
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    rows = JourneySending.objects.filter(person=user, letter__journey__program=program)
    yield Kept(rows, lambda n: ngettext("letter of a journey you got", "letters of journeys you got", n))


def forget_person(user: "User", program: Program) -> None:
    rows = JourneySending.objects.filter(person=user, letter__journey__program=program)
    forget_mails("journeys.letter", rows.values_list("pk", flat=True))
    rows.delete()


def forget_everywhere(user: "User") -> None:
    rows = JourneySending.objects.filter(person=user)
    forget_mails("journeys.letter", rows.values_list("pk", flat=True))
    rows.delete()
