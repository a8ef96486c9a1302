"""What is selected for the first page after signing in."""

from typing import Any

from core.people.models import User
from programs.alumni import access as alumni
from programs.alumni import queries as alumni_queries
from programs.consents import access as consents
from programs.consents import notices
from programs.consents import queries as consent_queries
from programs.consents.models import Purpose
from programs.generations import access as generations
from programs.generations.models import Participant
from programs.membership.models import Program


def site_has_programs() -> bool:
    return Program.objects.exists()


def without_program(user: User) -> dict[str, Any]:
    """For who belongs to no program: the way back, and the rights that stay as long as anything is kept."""
    return {
        "may_return": [_way_back(user, left) for left in generations.may_return_to(user)],
        "alumni": [(each, alumni.is_alumnus(user, each)) for each in alumni_queries.programs_of(user)],
        "remembering": consents.programs_remembering(user),
    }


def _way_back(user: User, left: Participant) -> dict[str, Any]:
    """What one click brings back: the place, and as long as it rests all that hung on taking part."""
    rests = consents.resting(user, left.program, Purpose.PARTICIPATION)
    with_all = rests is not None and rests.may_be_taken_back
    held = consent_queries.held(user, left.program, Purpose.PARTICIPATION) if with_all else []
    stood = rests.consents if rests and with_all else []
    titles = [notices.purpose(each).title for each in stood]
    return {"left": left, "until": rests.due_on if rests else None, "held": held, "consents": titles}
