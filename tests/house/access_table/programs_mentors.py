from typing import Any

from tests.house.access_table import Row, in_program

OTHERS = dict.fromkeys(("manager", "coach", "team", "executive", "council"), 403)
TAKES_PART = OTHERS | dict.fromkeys(("influencer", "influencer2"), 200)
SENDS = OTHERS | dict.fromkeys(("influencer", "influencer2"), 302)


def pairing(world: Any) -> int:
    return world.pairing.pk


ROWS = {
    "programs:mentors": Row(in_program(), expect=TAKES_PART),
    "programs:pairing_card": Row(in_program(), expect=TAKES_PART),
    "programs:pairing_ask": Row(in_program(), method="post", expect=SENDS),
    "programs:pairing_agree": Row(in_program(pk=pairing), method="post", expect=OTHERS | {"influencer": 302}),
    "programs:pairing_end": Row(in_program(pk=pairing), method="post", expect=SENDS | {"pioneer": 404}),
    "programs:pairing_resume": Row(in_program(pk=pairing), method="post", expect=OTHERS),
}
