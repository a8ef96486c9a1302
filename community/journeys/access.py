"""Who writes newsletters leads the journeys. Nobody sees where a person stands on one."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from community.journeys.models import Journey, JourneyLetter
from programs.membership.access import Ability, get_program

if TYPE_CHECKING:
    from core.people.models import User


def get_journey(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> Journey:
    program = get_program(user, slug, Ability.WRITE_NEWSLETTERS)
    rows = Journey.objects.put_away() if is_deleted else Journey.objects.present()
    journey = get_object_or_404(rows, program=program, pk=pk)
    journey.program = program
    return journey


def get_letter(user: "User", slug: str, pk: int, *, is_deleted: bool = False) -> JourneyLetter:
    program = get_program(user, slug, Ability.WRITE_NEWSLETTERS)
    rows = JourneyLetter.objects.put_away() if is_deleted else JourneyLetter.objects.present()
    rows = rows.filter(journey__program=program, journey__deleted_at=None).select_related("journey")
    letter = get_object_or_404(rows, pk=pk)
    letter.journey.program = program
    return letter
