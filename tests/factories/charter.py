"""The charter of a program. In the world it has a sponsor, a stakeholder, a duty, a risk and a budget line."""

from datetime import date
from decimal import Decimal
from typing import Any

from programs.charter import services
from programs.charter.line_kinds import KINDS
from programs.charter.models import CharterRow

ORDER = 22
GIVEN: dict[str, dict[str, Any]] = {
    "commitment": {
        "given_by": "Board member for people",
        "is_sponsor": True,
        "text": "A seat in every review",
        "given_on": date(2026, 5, 4),
    },
    "stakeholder": {"name": "Middle management", "influence": 3, "interest": 1, "attitude": "sceptical"},
    "duty": {"title": {"en": "Editorial support", "de": "Redaktionelle Begleitung"}},
    "risk": {"text": "The only editor leaves", "likelihood": 3, "impact": 2},
    "budget": {"title": "Training", "kind": "money", "planned": Decimal("1200.50")},
}


def make_row(program: Any, kind: str, by: Any, **fields: Any) -> CharterRow:
    return services.add_row(program, KINDS[kind], by=by, **(GIVEN[kind] | fields))


def furnish(world: Any) -> None:
    world.risk = make_row(world.program, "risk", world.manager, owner=world.coach_membership)
    world.stakeholder = make_row(world.program, "stakeholder", world.manager)
    world.commitment = make_row(world.program, "commitment", world.manager)
    world.budget_line = make_row(world.program, "budget", world.manager)
    holders = {f"m{world.coach_membership.pk}": "A", f"s{world.stakeholder.pk}": "I"}
    world.duty = make_row(world.program, "duty", world.manager, holders=holders)
