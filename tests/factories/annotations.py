"""Notes on the time line of figures. In the world one stands, and one was removed."""

from datetime import date
from typing import Any

from analytics.annotations import services

ORDER = 79  # before the reports, which freeze them


def furnish(world: Any) -> None:
    told: dict[str, Any] = {"text": {"en": "Campaign", "de": "Kampagne"}, "by": world.manager}
    world.timeline_note = services.add_note(world.program, on=date(2026, 9, 15), **told)
    removed = services.add_note(world.program, on=date(2026, 9, 16), text={"en": "A mistake"}, by=world.manager)
    world.removed_timeline_note = services.remove_note(removed, by=world.manager)
