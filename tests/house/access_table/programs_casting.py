from typing import Any

from programs.casting.models import Call
from tests.house.access_table import Form, Row, in_program
from tests.world import CAST

LEADS = {"manager": 200} | dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)
CHANGES = LEADS | {"manager": 302}
# An open call is for colleagues, in a program or not yet: not for who is here for another company or as a guest.
READS = dict.fromkeys((name for name in CAST if name not in ("visitor", "stranger", "agency")), 200)
LINK = dict.fromkeys(CAST, 200)
SENDS = dict.fromkeys(CAST, 302)
PUBLIC = dict.fromkeys(CAST, 302) | {"visitor": 200, "stranger": 200, "agency": 200}


def call(world: Any) -> int:
    return world.call.pk


def key(world: Any) -> str:
    return world.call.key


def interest(world: Any) -> Any:
    return world.interest.key


def at_call(world: Any) -> dict[str, Any]:
    return {"pk": world.call.pk}


def by_key(world: Any) -> dict[str, Any]:
    return {"key": world.call.key}


def by_token(world: Any) -> dict[str, Any]:
    return {"token": world.interest_token}


ROWS = {
    "programs:casting": Row(in_program(), expect=LEADS),
    "programs:staying": Row(in_program(), expect=LEADS),
    "programs:call_new": Row(in_program(), expect=LEADS),
    "programs:casting_list": Row(in_program(pk=call), expect=LEADS),
    "programs:call_edit": Row(in_program(pk=call), expect=LEADS),
    "programs:call_poster": Row(in_program(pk=call), expect=LEADS),
    "programs:casting_answers": Row(in_program(pk=call), expect=LEADS),
    "programs:call_link": Row(in_program(pk=call), method="post", data=lambda world: {"link": "on"}, expect=CHANGES),
    "programs:interests_decide": Row(
        in_program(pk=call),
        method="post",
        data=lambda world: {"do": "waiting", "pk": str(world.interest.key)},
        expect=CHANGES,
    ),
    "programs:interest_fate": Row(
        in_program(key=interest), method="post", data=lambda world: {"fate": "waiting"}, expect=CHANGES
    ),
    "programs:call": Row(at_call, expect=READS),
    "programs:call_self_check": Row(at_call, expect=READS),
    "programs:call_withdraw": Row(at_call, method="post", expect={"coach": 302}),
    "programs:call_restore": Row(at_call, method="post", expect={"coach": 302}),
    "programs:call_public": Row(by_key, expect=PUBLIC),
    "programs:call_public_self_check": Row(by_key, expect=LINK),
    "programs:interest": Row(by_token, expect=LINK),
    "programs:interest_withdraw": Row(by_token, method="post", expect=SENDS, visitor=302),
    "programs:interest_restore": Row(by_token, method="post", expect=SENDS, visitor=302),
}

ONCE = {
    "programs:call_new": Form(
        Call,
        lambda world: {
            "generation": world.generation.pk,
            "opens_on": "2026-12-01",
            "closes_on": "2026-12-24",
        },
    ),
}
SAFE_TWICE = {
    "programs:call_public": "an address has one interest; who asks again is sent the link again",
    "programs:casting_answers": "who has an answer gets no second one",
}
