from typing import Any

from tests.house.access_table import Row, in_program

MEMBERS = dict.fromkeys(("manager", "influencer", "influencer2", "coach"), 200)
NOT_THEY = dict.fromkeys(("team", "executive", "council"), 403)


def listed(world: Any) -> int:
    return world.influencer.pk


ROWS = {
    "programs:directory": Row(in_program(), expect=MEMBERS | NOT_THEY),
    "programs:profile_edit": Row(in_program(), expect=MEMBERS | NOT_THEY),
    "programs:person": Row(in_program(pk=listed), expect=MEMBERS | NOT_THEY),
    "programs:person_card": Row(in_program(pk=listed), expect=dict.fromkeys(MEMBERS, 302) | NOT_THEY),
}

SAFE_TWICE = {
    "programs:profile_edit": "the same words again change nothing",
}
