"""What the program's team changed over the months, so that the works council's log has something to read."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Model, TextChoices

from core.journal import services as journal
from core.journal.models import Entry
from core.people.models import User
from influencer.home.demo.people import instant
from programs.membership.models import Membership, Program, Role
from programs.membership.verbs import MembershipVerb
from programs.phases.models import Phase
from programs.phases.verbs import PhasesVerb


def load(program: Program, manager: User, today: date) -> None:
    """The newest last, each at the hour it happened."""
    phase = Phase.objects.filter(program=program, state="active").order_by("position").first()
    coach = Membership.objects.filter(program=program, role=Role.COACH).first()
    told: list[tuple[int, TextChoices, Model | None, dict[str, Any]]] = [
        (
            61,
            MembershipVerb.PROGRAM_CHANGED,
            program,
            {"changes": {"programs.program.weekly_minutes": [45, program.weekly_minutes]}},
        ),
        (40, MembershipVerb.MEMBER_ADDED, coach, {"role": Role.COACH}),
        (12, PhasesVerb.MOVED, phase, {"changes": _moved(phase)}),
        (3, PhasesVerb.DATE_ADDED, None, {}),
    ]
    for days, verb, subject, data in told:
        entry = journal.record(verb, subject, by=manager, program_id=program.pk, **data)
        Entry.objects.filter(pk=entry.pk).update(at=instant(today - timedelta(days=days), 10))


def _moved(phase: Phase | None) -> dict[str, list[str]]:
    if phase is None:
        return {}
    return {"programs.phase.end_on": [str(phase.end_on - timedelta(days=14)), str(phase.end_on)]}
