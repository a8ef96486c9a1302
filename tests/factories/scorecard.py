"""The strategy map and the objectives of a quarter. In the world there are an aim, one that it leads to, a line between
them, one that was removed; an objective with a key result told by hand, and one of each that was removed."""

from datetime import date
from decimal import Decimal
from typing import Any

from analytics.scorecard import services, services_objectives
from analytics.scorecard.models import StrategyLine

ORDER = 81
QUARTER = date(2026, 10, 1)


def furnish(world: Any) -> None:
    by = world.manager
    top = services.add_aim(world.program, text="Fill positions", perspective="impact", by=by)
    world.top_aim = top
    world.aim = services.add_aim(
        world.program, text="Be heard", perspective="others", kpi="engagement_rate", feeds=[top], by=by
    )
    world.strategy_line = services.edit_line(
        StrategyLine.objects.get(source=world.aim), is_proven=True, why="Shown by a study.", by=by
    )
    removed = services.add_aim(world.program, text="A mistake", perspective="process", by=by)
    world.removed_aim = services.remove_aim(removed, by=by)
    told: dict[str, Any] = {"unit": "talks", "start": Decimal(10), "target": Decimal(50)}
    world.objective = services_objectives.add_objective(world.program, quarter=QUARTER, text="Be talked with", by=by)
    world.key_result = services_objectives.add_result(world.objective, text="Fifty talks", **told, by=by)
    world.check_in = services_objectives.check_in(world.key_result, value=Decimal(30), text="Going well.", by=by)
    gone = services_objectives.add_objective(world.program, quarter=QUARTER, text="Another mistake", by=by)
    world.removed_objective = services_objectives.remove_objective(gone, by=by)
    result = services_objectives.add_result(world.objective, text="Too many", **told, by=by)
    world.removed_result = services_objectives.remove_result(result, by=by)
