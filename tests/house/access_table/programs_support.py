from typing import Any

from tests.house.access_table import Row, in_program

INSIDE = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "executive", "council"), 200)
ARRANGES = {"manager": 200} | dict.fromkeys(("influencer", "influencer2", "coach", "executive", "council"), 403)
CHANGES = ARRANGES | {"manager": 302}


def helper(world: Any) -> int:
    return world.helper.pk


ROWS = {
    "programs:help_now": Row(in_program(), expect=INSIDE),
    "programs:support": Row(in_program(), expect=INSIDE),
    "programs:helper_new": Row(in_program(), expect=ARRANGES),
    "programs:helper_edit": Row(in_program(pk=helper), expect=ARRANGES),
    "programs:helper_delete": Row(in_program(pk=helper), method="post", expect=CHANGES),
    "programs:helper_restore": Row(in_program(pk=helper), method="post", expect=CHANGES),
}
