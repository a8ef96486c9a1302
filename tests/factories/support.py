"""Who helps when. In the world the coach answers in a crisis on workdays, and a press office on the same days."""

from datetime import time
from typing import Any

from programs.support import incidents, services
from programs.support.models import Concern, Helper
from programs.support.models_incidents import Incident

ORDER = 21
WORKDAYS = [0, 1, 2, 3, 4]


def make_helper(program: Any, by: Any, **fields: Any) -> Helper:
    given = {
        "name": "Press office",
        "concerns": [Concern.CRISIS, Concern.QUESTION],
        "phone": "+49 40 1234",
        "email": "",
        "weekdays": WORKDAYS,
        "begins": time(9),
        "ends": time(17),
    }
    return services.add_helper(program, by=by, **(given | fields))


def make_incident(program: Any, reporter: Any, *helpers: Any, text: str = "A comment goes round") -> Incident:
    return incidents.ask_for_help(program, text=text, helpers=helpers, by=reporter)


def furnish(world: Any) -> None:
    world.helper = make_helper(world.program, world.manager, name="Coach", member=world.coach_membership)
    world.press = make_helper(world.program, world.manager)
    world.incident = make_incident(world.program, world.influencer, world.coach)
