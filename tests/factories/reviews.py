"""Reviews: in the world one that is open, with a finding and an action of the coach."""

from datetime import date
from typing import Any

from programs.reviews import services
from programs.reviews.kinds import TITLES, ReviewKind
from programs.reviews.models import Review

ORDER = 20


def make_review(program: Any, by: Any, on: date, kind: str = ReviewKind.PROGRAM, **more: Any) -> Review:
    return services.plan_review(program, kind=kind, title=TITLES[ReviewKind(kind)], on=on, by=by, **more)


def furnish(world: Any) -> None:
    world.review = make_review(world.program, world.manager, date(2026, 1, 12))
    world.finding = services.add_finding(world.review, text="Shifts answer shifts", is_decision=False, by=world.manager)
    world.review_action = services.add_action(
        world.review, text="Ask the shift leads", owner=world.coach_membership, due_on=world.today, by=world.manager
    )
