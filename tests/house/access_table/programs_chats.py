from typing import Any

from tests.house.access_table import Row, in_program

MEMBERS = dict.fromkeys(("influencer", "influencer2", "coach", "executive", "council"), 403)


def channel(world: Any) -> int:
    return int(world.channel.pk)


ROWS = {
    "programs:channels": Row(in_program(), expect=MEMBERS | {"manager": 200}),
    "programs:channel_test": Row(in_program(pk=channel), method="post", expect=MEMBERS | {"manager": 302}),
    "programs:channel_switch": Row(in_program(pk=channel), method="post", expect=MEMBERS | {"manager": 302}),
}
