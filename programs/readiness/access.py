"""Who leads the program opens and closes the survey; who writes reviews reads its results. Answering needs the link and
nothing else."""

import re
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from programs.membership.access import Ability, get_program
from programs.readiness.models import ReadinessRound

if TYPE_CHECKING:
    from core.people.models import User

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def get_round(user: "User", slug: str, pk: int) -> ReadinessRound:
    """One to be changed; whether it is still open, the page says."""
    program = get_program(user, slug, Ability.MANAGE_PROGRAM)
    row = get_object_or_404(ReadinessRound, program=program, pk=pk)
    row.program = program
    return row


def find_round(key: str) -> ReadinessRound:
    """By its public address; unknown ones do not exist."""
    row = KEY.fullmatch(key) and ReadinessRound.objects.select_related("program").filter(key=key).first()
    if not row:
        raise Http404
    return row
