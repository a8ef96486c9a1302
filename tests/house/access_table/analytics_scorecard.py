from typing import Any

from analytics.scorecard.models import StrategyAim
from analytics.scorecard.models_objectives import CheckIn, KeyResult, Objective
from tests.house.access_table import Form, Row, in_program

# Whoever sees group figures reads the map and the objectives; program managers change them.
NAMES = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")
EVERYBODY = dict.fromkeys(NAMES, 200)
NOBODY = dict.fromkeys(NAMES, 403)
PAGE, SENT = NOBODY | {"manager": 200}, NOBODY | {"manager": 302}
AIM = in_program(pk=lambda world: world.aim.pk)
LINE = in_program(pk=lambda world: world.aim.pk, goal=lambda world: world.top_aim.pk)
OBJECTIVE = in_program(pk=lambda world: world.objective.pk)
RESULT = in_program(pk=lambda world: world.key_result.pk)
CHECK_IN = in_program(pk=lambda world: world.check_in.pk)


def _goal(world: Any) -> dict[str, Any]:
    return {"goal": world.top_aim.pk}


ROWS = {
    "analytics:scorecard": Row(in_program(), expect=EVERYBODY),
    "analytics:aim_new": Row(in_program(), expect=PAGE),
    "analytics:aim_edit": Row(AIM, expect=PAGE),
    "analytics:aim_move": Row(AIM, "post", lambda _world: {"perspective": "impact", "place": 1}, expect=SENT),
    "analytics:aim_remove": Row(AIM, method="post", expect=SENT),
    "analytics:aim_restore": Row(in_program(pk=lambda world: world.removed_aim.pk), method="post", expect=SENT),
    "analytics:line_draw": Row(AIM, method="post", data=_goal, expect=SENT),
    "analytics:line_edit": Row(LINE, expect=PAGE),
    "analytics:line_remove": Row(LINE, method="post", expect=SENT),
    "analytics:line_restore": Row(LINE, method="post", expect=SENT),
    "analytics:objectives": Row(in_program(), expect=EVERYBODY),
    "analytics:objective_new": Row(in_program(), expect=PAGE),
    "analytics:objective_edit": Row(OBJECTIVE, expect=PAGE),
    "analytics:objective_remove": Row(OBJECTIVE, method="post", expect=SENT),
    "analytics:objective_restore": Row(
        in_program(pk=lambda world: world.removed_objective.pk), method="post", expect=SENT
    ),
    "analytics:objectives_copy": Row(
        in_program(), method="post", data=lambda _world: {"quarter": "2026-10-01"}, expect=SENT
    ),
    "analytics:key_result_new": Row(OBJECTIVE, expect=PAGE),
    "analytics:key_result_edit": Row(RESULT, expect=PAGE),
    "analytics:key_result_remove": Row(RESULT, method="post", expect=SENT),
    "analytics:key_result_restore": Row(
        in_program(pk=lambda world: world.removed_result.pk), method="post", expect=SENT
    ),
    "analytics:check_in_new": Row(RESULT, expect=PAGE),
    "analytics:check_in_withdraw": Row(CHECK_IN, method="post", expect=SENT),
    "analytics:check_in_restore": Row(CHECK_IN, method="post", expect=SENT),
}
EDITING: dict[str, tuple[dict[str, object], ...]] = {
    "analytics:aim_edit": (),
    "analytics:key_result_edit": (),
    "analytics:line_edit": (),
    "analytics:objective_edit": (),
}
SAFE_TWICE = {
    "analytics:aim_move": "the card is put down where it lies already",
    "analytics:line_draw": "a line that is there is drawn once",
    "analytics:objectives_copy": "an objective that is there by the same words is not doubled",
}
ONCE = {
    "analytics:aim_new": Form(StrategyAim, lambda world: {"text": "Once", "perspective": "impact", "place": 1}),
    "analytics:objective_new": Form(
        Objective, lambda world: {"text": "Once", "quarter": "2026-10-01", "place": 1}, query="?quarter=2026-10-01"
    ),
    "analytics:key_result_new": Form(KeyResult, lambda world: {"text": "Once", "start": 1, "target": 2, "place": 1}),
    "analytics:check_in_new": Form(CheckIn, lambda world: {"outlook": "on_course", "value": 3, "text": "Once"}),
}
NOBODY_ELSE_EDITS = {
    "analytics:objective_new ObjectiveForm": "makes something new: what it shows are suggestions",
}
