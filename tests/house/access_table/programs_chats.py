from typing import Any

from programs.chats.models import Channel, ChannelPost, Occasion
from tests.house.access_table import Form, Row, in_program

MEMBERS = dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)


def channel(world: Any) -> int:
    return int(world.channel.pk)


ROWS = {
    "programs:channels": Row(in_program(), expect=MEMBERS | {"manager": 200}),
    "programs:channel_test": Row(in_program(pk=channel), method="post", expect=MEMBERS | {"manager": 302}),
    "programs:channel_switch": Row(in_program(pk=channel), method="post", expect=MEMBERS | {"manager": 302}),
}

ONCE = {
    "programs:channels": Form(
        Channel,
        lambda world: {
            "kind": "slack",
            "name": "#once",
            "address": "https://chat.example.com/once",
            "language": "en",
            "occasions": Occasion.values,
        },
    ),
    "programs:channel_test": Form(ChannelPost, lambda world: {}, page="programs:channels"),
}
