"""On the start page: what one said one would do."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from programs.reviews import queries
from programs.reviews.models import ReviewAction

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program


@dataclass(frozen=True)
class OpenActions:
    actions: list[ReviewAction]


def build(user: "User", program: "Program", today: date) -> OpenActions | None:
    found = queries.due_for(user, program)
    return OpenActions(found[: queries.MOST_DUE]) if found else None
