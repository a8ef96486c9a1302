"""What becomes of votes when somebody leaves, pauses or deletes the account: they go at once, and so does the mark that
one has written. Sentences lead back to nobody and stay."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import ngettext

from core.kit.kept import Kept
from programs.leitbild.models import LeitbildBallot, LeitbildWorkshop
from programs.leitbild.sentences import voice_of
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    ballots = LeitbildBallot.objects.filter(person=user, workshop__program=program)
    yield Kept(
        ballots,
        lambda n: ngettext("ballot on the guiding statement", "ballots on the guiding statement", n),
        ends_at_once=True,
    )


def forget_person(user: "User", program: Program) -> None:
    LeitbildBallot.objects.filter(person=user, workshop__program=program).delete()
    _forget_voice(user, LeitbildWorkshop.objects.filter(program=program))


def forget_everywhere(user: "User") -> None:
    LeitbildBallot.objects.filter(person=user).delete()
    _forget_voice(user, LeitbildWorkshop.objects.all())


def _forget_voice(user: "User", rows: QuerySet[LeitbildWorkshop]) -> None:
    for row in rows.exclude(voices=[]).select_for_update().order_by("pk"):
        mine = voice_of(row.pk, user.pk)
        if mine in row.voices:
            row.voices = [each for each in row.voices if each != mine]
            row.save(update_fields=["voices"])
