from datetime import timedelta
from typing import Any

from community.pulses.models import PulseRound
from tests.factories.pulses import make_crowd
from tests.house.access_table import Form, Row, in_program
from tests.house.access_table.analytics_kpis import EVERYBODY
from tests.house.access_table.programs_charter import CHANGES, LEADS

OPEN = in_program(pk=lambda world: world.pulse.pk)
PLANNED = in_program(pk=lambda world: world.pulse_planned.pk)
RESULT = in_program(pk=lambda world: world.pulse_result.pk)
COMMENT = in_program(pk=lambda world: world.pulse_result.pk, comment=lambda world: world.pulse_comment.pk)
ASKED = dict.fromkeys(EVERYBODY, 403) | {"influencer": 200, "influencer2": 200}

ROWS = {
    "community:pulses": Row(in_program(), expect=EVERYBODY),
    "community:pulse": Row(OPEN, expect=ASKED),
    "community:pulse_result": Row(RESULT, expect=EVERYBODY),
    "community:pulse_new": Row(in_program(), expect=LEADS),
    "community:pulse_delete": Row(PLANNED, method="post", expect=CHANGES),
    "community:pulse_restore": Row(PLANNED, method="post", expect=CHANGES),
    "community:pulse_close": Row(OPEN, expect=LEADS),
    "community:pulse_publish": Row(RESULT, method="post", expect=CHANGES),
    "community:pulse_consequence": Row(RESULT, expect=LEADS),
    "community:pulse_theme": Row(COMMENT, method="post", data=lambda world: {"theme": "Time"}, expect=CHANGES),
}


def _enough_take_part(world: Any) -> dict[str, Any]:
    PulseRound.objects.all().delete()
    make_crowd(world.program, world.generation, 9)
    return {
        "moment": "weekly",
        "items": ["satisfaction"],
        "opens_on": world.today.isoformat(),
        "closes_on": (world.today + timedelta(days=7)).isoformat(),
    }


ONCE = {"community:pulse_new": Form(PulseRound, _enough_take_part)}
EDITING: dict[str, Any] = {"community:pulse_consequence": ()}
SAFE_TWICE = {
    "community:pulse": "a person answers a pulse once",
    "community:pulse_theme": "the same theme again changes nothing",
    "community:pulse_publish": "what is published stays published",
    "community:pulse_close": "a closed pulse stays closed",
}
