from datetime import timedelta
from typing import Any

from programs.readiness.models import ReadinessRound
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.programs_charter import LEADS, TEAM
from tests.world import CAST


def open_round(world: Any) -> int:
    return world.readiness_round.pk


def by_key(world: Any) -> dict[str, Any]:
    return {"key": world.readiness_round.key}


OF_ROUND = in_program(pk=open_round)

ROWS = {
    "programs:readiness": Row(in_program(), expect=TEAM),
    "programs:readiness_open": Row(in_program(), expect=LEADS),
    "programs:readiness_move": Row(OF_ROUND, expect=LEADS),
    "programs:readiness_close": Row(OF_ROUND, expect=LEADS),
    # Who has the link answers, with an account or without one.
    "programs:survey": Row(by_key, visitor=200, expect=dict.fromkeys(CAST, 200)),
}


def _no_round_is_open(world: Any) -> dict[str, Any]:
    """Only one survey is open at a time."""
    ReadinessRound.objects.all().delete()
    return {"closes_on": (world.today + timedelta(days=14)).isoformat()}


ONCE = {
    "programs:readiness_open": Form(ReadinessRound, _no_round_is_open),
}
