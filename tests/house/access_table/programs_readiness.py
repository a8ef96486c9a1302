from typing import Any

from tests.house.access_table import Row, in_program
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
