"""What the page of an incident shows."""

from typing import TYPE_CHECKING, Any

from programs.support.company import who_can_be_asked
from programs.support.models_incidents import Incident

if TYPE_CHECKING:
    from core.people.models import User


def entries(user: "User", incident: Incident) -> dict[str, Any]:
    return {
        "program": incident.program,
        "incident": incident,
        "entries": list(incident.entries.select_related("by")),
        "reader": user,
    }


def page(user: "User", incident: Incident) -> dict[str, Any]:
    people = [row.person for row in incident.people.select_related("person")]
    here, is_mine = {person.pk for person in people}, incident.reporter_id == user.pk
    others = {row.user_id: row.user for row in who_can_be_asked(incident.program) if row.user_id not in here}
    return entries(user, incident) | {
        "people": people,
        "is_mine": is_mine,
        "others": list(others.values()) if is_mine and incident.is_open else [],
    }
