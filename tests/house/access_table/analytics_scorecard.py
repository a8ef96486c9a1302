from analytics.scorecard.models import StrategyAim
from tests.house.access_table import Form, Row, in_program

# Whoever sees group figures reads the map; program managers change it.
NAMES = ("manager", "influencer", "influencer2", "coach", "team", "executive", "council")
EVERYBODY = dict.fromkeys(NAMES, 200)
NOBODY = dict.fromkeys(NAMES, 403)
AIM = in_program(pk=lambda world: world.aim.pk)

ROWS = {
    "analytics:scorecard": Row(in_program(), expect=EVERYBODY),
    "analytics:aim_new": Row(in_program(), expect=NOBODY | {"manager": 200}),
    "analytics:aim_edit": Row(AIM, expect=NOBODY | {"manager": 200}),
    "analytics:aim_remove": Row(AIM, method="post", expect=NOBODY | {"manager": 302}),
    "analytics:aim_restore": Row(
        in_program(pk=lambda world: world.removed_aim.pk), method="post", expect=NOBODY | {"manager": 302}
    ),
}
EDITING: dict[str, tuple[dict[str, object], ...]] = {"analytics:aim_edit": ()}
ONCE = {
    "analytics:aim_new": Form(StrategyAim, lambda world: {"text": "Once", "perspective": "impact", "place": 1}),
}
