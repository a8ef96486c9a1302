"""The strategy map. In the world there are an aim, one that it leads to, and one that was removed."""

from typing import Any

from analytics.scorecard import services

ORDER = 81


def furnish(world: Any) -> None:
    top = services.add_aim(world.program, text="Fill positions", perspective="impact", by=world.manager)
    world.aim = services.add_aim(
        world.program, text="Be heard", perspective="others", kpi="engagement_rate", feeds=[top], by=world.manager
    )
    removed = services.add_aim(world.program, text="A mistake", perspective="process", by=world.manager)
    world.removed_aim = services.remove_aim(removed, by=world.manager)
