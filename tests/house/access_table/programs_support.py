from typing import Any

from programs.support.models import Helper
from programs.support.models_incidents import Incident
from tests.house.access_table import Form, Row, in_program

INSIDE = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 200)
ARRANGES = {"manager": 200} | dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)
CHANGES = ARRANGES | {"manager": 302}


def helper(world: Any) -> int:
    return world.helper.pk


INCIDENT = in_program(pk=lambda world: world.incident.pk)
NOBODY = dict.fromkeys(INSIDE, 404)
SEES = NOBODY | {"influencer": 200, "coach": 200}
ACTS = NOBODY | {"influencer": 302, "coach": 302}
COACH = in_program(pk=lambda world: world.incident.pk, person=lambda world: world.coach.pk)
ROWS = {
    "programs:incident_new": Row(
        in_program(), expect=dict.fromkeys(INSIDE, 403) | {"influencer": 200, "influencer2": 200}
    ),
    "programs:incident": Row(INCIDENT, expect=SEES),
    "programs:incident_close": Row(INCIDENT, expect=SEES),
    "programs:incident_reopen": Row(INCIDENT, method="post", expect=ACTS),
    "programs:incident_bring_in": Row(COACH, method="post", expect=NOBODY | {"influencer": 302, "coach": 403}),
    "programs:incident_take_out": Row(COACH, method="post", expect=NOBODY | {"influencer": 302}),
    "programs:help_now": Row(in_program(), expect=INSIDE),
    "programs:support": Row(in_program(), expect=INSIDE),
    "programs:helper_new": Row(in_program(), expect=ARRANGES),
    "programs:helper_edit": Row(in_program(pk=helper), expect=ARRANGES),
    "programs:helper_delete": Row(in_program(pk=helper), method="post", expect=CHANGES),
    "programs:helper_restore": Row(in_program(pk=helper), method="post", expect=CHANGES),
}

ONCE = {
    "programs:incident_new": Form(
        Incident, lambda world: {"helpers": [world.coach_membership.pk], "text": "Once"}, by="influencer"
    ),
    "programs:helper_new": Form(
        Helper,
        lambda world: {
            "name": "Once",
            "concerns": ["crisis"],
            "phone": "112",
            "weekdays": ["0"],
            "begins": "09:00",
            "ends": "17:00",
        },
    ),
}
