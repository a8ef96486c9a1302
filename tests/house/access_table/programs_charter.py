from typing import Any

from programs.charter.models import Risk
from tests.house.access_table import Form, Row, in_program

NAMES = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")
EVERYBODY = dict.fromkeys(NAMES, 200)
NOBODY = dict.fromkeys(NAMES, 403)
TEAM = NOBODY | {"manager": 200, "coach": 200, "team": 200}
LEADS = NOBODY | {"manager": 200}
CHANGES = NOBODY | {"manager": 302}


def risk(world: Any) -> int:
    return world.risk.pk


def kind(world: Any) -> str:
    return "risk"


ROWS = {
    "programs:charter": Row(in_program(), expect=EVERYBODY),
    "programs:objections": Row(in_program(), expect=EVERYBODY),
    "programs:charter_edit": Row(in_program(), expect=LEADS),
    "programs:charter_duties": Row(in_program(), expect=TEAM),
    "programs:charter_risks": Row(in_program(), expect=TEAM),
    "programs:charter_stakeholders": Row(in_program(), expect=LEADS),
    "programs:charter_budget": Row(in_program(), expect=LEADS | {"executive": 200, "council": 200}),
    "programs:charter_row_new": Row(in_program(kind=kind), expect=LEADS),
    "programs:charter_row_edit": Row(in_program(kind=kind, pk=risk), expect=LEADS),
    "programs:charter_row_delete": Row(in_program(kind=kind, pk=risk), method="post", expect=CHANGES),
    "programs:charter_row_restore": Row(in_program(kind=kind, pk=risk), method="post", expect=CHANGES),
}

ONCE = {
    "programs:charter_row_new": Form(Risk, lambda world: {"text": "Once", "likelihood": 1, "impact": 1}),
}
SAFE_TWICE = {
    "programs:charter_edit": "the same words again change nothing",
}
