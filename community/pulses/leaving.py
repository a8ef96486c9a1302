"""What of a person a pulse holds: that it is settled for them, while it is open."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from community.pulses.models import PulseMark
from core.kit.kept import Kept
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def kept(user: "User", program: Program) -> Iterator[Kept]:
    marks = PulseMark.objects.filter(person=user, pulse__program=program)
    yield Kept(
        marks, lambda n: ngettext("open pulse that is settled for you", "open pulses that are settled for you", n)
    )
