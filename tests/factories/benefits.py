"""Told successes. In the world there are one for reports, one for program managers only, and one that was withdrawn."""

from typing import Any

from analytics.benefits import services
from analytics.benefits.models import Benefit

ORDER = 76


def furnish(world: Any) -> None:
    def tell(text: str, readers: str) -> Benefit:
        return services.tell_success(world.program, by=world.influencer, text=text, readers=readers)

    world.benefit = tell("A school class came to see the test bench.", Benefit.Readers.REPORTS)
    world.quiet_benefit = tell("A customer called because of a post.", Benefit.Readers.LEAD)
    world.withdrawn_benefit = services.withdraw_success(
        tell("Told too early.", Benefit.Readers.REPORTS), by=world.influencer
    )
