"""What becomes of it when a role ends: nobody who may not read reports any more stays on the list they go to."""

from typing import TYPE_CHECKING

from analytics.reports.models_schedule import ReportRecipient
from programs.membership.access import Ability
from programs.membership.models import Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User


def role_ended(user: "User", program: Program) -> None:
    if not people_with(Ability.SEE_REPORTS, program).filter(user=user).exists():
        ReportRecipient.objects.filter(schedule__program=program, person=user).delete()
