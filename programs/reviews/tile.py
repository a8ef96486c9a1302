"""On the start page: what one said one would do, and the next review."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from programs.reviews import queries
from programs.reviews.models import ReviewAction

if TYPE_CHECKING:
    from core.people.models import User
    from programs.membership.models import Program
    from programs.phases.models import Milestone


@dataclass(frozen=True)
class NextReview:
    """What is coming up: its date, and the record once somebody has opened it."""

    date: "Milestone"
    record: int | None


@dataclass(frozen=True)
class OpenActions:
    actions: list[ReviewAction]


def build(user: "User", program: "Program", today: date) -> OpenActions | None:
    found = queries.due_for(user, program)
    return OpenActions(found[: queries.MOST_DUE]) if found else None


def build_next(user: "User", program: "Program", today: date) -> NextReview | None:
    """The next review of the program; nothing while none is planned."""
    found = queries.next_review(program, today)
    return NextReview(found, queries.open_record_of(found)) if found else None
