from typing import Any

from tests.house.access_table import Row, in_program

# As with imports: one's own connections, and the company's where one may import; nobody sees another person's.
REFUSED = dict.fromkeys(("coach", "team", "executive", "council"), 403)
BOTH = REFUSED | {"manager": 200, "influencer": 200, "influencer2": 200}


def own(world: Any) -> Any:
    return world.connection.pk


def companys(world: Any) -> Any:
    return world.company_connection.pk


ROWS = {
    "analytics:connections": Row(in_program(), expect=BOTH),
    "analytics:connection_find": Row(in_program(), expect=BOTH | {"pioneer": 302}),  # first one agrees to it
    "analytics:connection_begin": Row(
        in_program(), "post", expect=REFUSED | {"manager": 302, "influencer": 302, "influencer2": 302}
    ),
    "analytics:connection_detail": Row(in_program(pk=own), expect=REFUSED | {"influencer": 200}),
    "analytics:connection_end": Row(in_program(pk=own), expect=REFUSED | {"influencer": 200}),
    "analytics:connection_back": Row(lambda _world: {"network": "mastodon"}, others=302),
    "analytics:connection_server": Row(in_program(), expect=BOTH | {"pioneer": 302}),
    "analytics:connection_sign_in": Row(
        in_program(), "post", expect=REFUSED | {"manager": 302, "influencer": 302, "influencer2": 302}
    ),
    "analytics:connection_choose": Row(
        in_program(), expect=REFUSED | {"manager": 302, "influencer": 302, "influencer2": 302}
    ),
    "analytics:connection_revoke": Row(in_program(pk=own), "post", expect=REFUSED | {"influencer": 302}),
    "analytics:connection_look": Row(in_program(pk=companys), "post", expect=REFUSED | {"manager": 302}),
}

NEEDS_NO_UNDO = {"analytics:connection_revoke": "its owner signs in again; to keep the token would not be to end it"}
