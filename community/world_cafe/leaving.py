"""What becomes of notes when somebody leaves or deletes the account: they say what a table said, and stay without the
tie to who typed them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import ngettext

from community.world_cafe.models import CafeNote, CafeTable
from core.kit.kept import Kept
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    notes = CafeNote.objects.filter(by=user, table__event__milestone__program=program)
    yield Kept(notes, lambda n: ngettext("note at a World Café", "notes at World Cafés", n))


@transaction.atomic
def forget_person(user: "User", program: Program) -> None:
    CafeNote.objects.filter(by=user, table__event__milestone__program=program).update(by=None)
    CafeTable.objects.filter(host=user, event__milestone__program=program).update(host=None)


@transaction.atomic
def forget_everywhere(user: "User") -> None:
    CafeNote.objects.filter(by=user).update(by=None)
    CafeTable.objects.filter(host=user).update(host=None)
