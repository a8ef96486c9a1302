"""The page of one's own rights: what is stored in words, what rests, what one can do, and whom to turn to."""

from typing import Any

from analytics.benefits import queries as benefits
from core.kit import page_cache
from core.people.models import User
from influencer.privacy import queries
from programs.alumni import access as alumni
from programs.consents import access as consents
from programs.consents import notices
from programs.consents import queries as consent_queries
from programs.consents.models import Purpose
from programs.generations import access as generations
from programs.membership import access as membership
from programs.membership import queries as membership_queries
from programs.membership.access import Ability
from programs.membership.models import Program, Role


def of(user: User, program: Program) -> dict[str, Any]:
    is_member = membership.can(user, Ability.ENTER, program)
    takes_part = membership.can(user, Ability.TAKE_PART, program)
    return {
        "areas": queries.stored_about(user),
        "rests": consent_queries.rests(user, program),
        "granted": consents.granted(user, program),
        "purposes": notices.purposes(),
        "is_member": is_member,
        "takes_part": takes_part,
        "has_note": takes_part or generations.has_record(user, program),
        "alumni": notices.purpose(Purpose.ALUMNI) if alumni.may_choose(user, program) else None,
        "is_alumnus": alumni.is_alumnus(user, program),
        "successes": [] if takes_part else benefits.still_read(user, program),
        "elsewhere": consent_queries.remembering_beside(user, program),
        "people": page_cache.taken(f"program:{program.pk}", "people-for-rights", lambda: _people(program)),
    }


def _people(program: Program) -> list[dict[str, Any]]:
    """Whom to turn to about one's data: data protection and works council first, then the contacts of the program."""
    council = membership_queries.team_of(program).filter(role=Role.COUNCIL)[:3]
    contacts = membership_queries.contacts_of(program).exclude(role=Role.COUNCIL)[:2]
    return [
        {
            "id": each.user_id,
            "name": str(each.user),
            "initials": each.user.initials,
            "email": each.user.email if each.is_contact else "",
            "does": each.contact_for or each.get_role_display(),
        }
        for each in (*council, *contacts)
    ]
