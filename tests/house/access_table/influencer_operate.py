from typing import Any

from core.notify.models import OutgoingMail
from programs.membership.models import TeamInvitation
from tests.house.access_table import Form, Row


def _account(world: Any) -> dict[str, Any]:
    return {"pk": world.coach.pk}


def _rescue(world: Any) -> dict[str, Any]:
    return {"pk": world.rescue.pk}


def _program(world: Any) -> dict[str, Any]:
    return {"which": world.other_program.slug}


ADMIN, DOES = {"admin": 200}, {"admin": 302}
EVERYBODY = Row(others=200, visitor=200)

ROWS = {
    "operate:health": Row(expect=ADMIN),
    "operate:job": Row(lambda world: {"name": "notify.sweep"}, expect=ADMIN),
    "operate:job_run": Row(lambda world: {"name": "notify.sweep"}, method="post", expect=DOES),
    "operate:job_off": Row(lambda world: {"name": "newsletters.sweep"}, method="post", expect=DOES),
    "operate:job_on": Row(lambda world: {"name": "newsletters.sweep"}, method="post", expect=DOES),
    "operate:site_release": Row(expect=ADMIN),
    "operate:accounts": Row(expect=ADMIN),
    "operate:account": Row(_account, expect=ADMIN),
    "operate:account_close": Row(_account, method="post", expect=DOES),
    "operate:account_reopen": Row(_account, method="post", expect=DOES),
    "operate:account_way_in": Row(_account, method="post", expect=DOES),
    "operate:account_sign_out": Row(_account, method="post", expect=DOES),
    "operate:administrator": Row(_account, method="post", expect=DOES),
    "operate:rescue_ask": Row(_account, method="post", data=lambda world: {"proof": "video"}, expect=DOES),
    "operate:rescue_confirm": Row(_rescue, method="post", expect=DOES),
    "operate:rescue_stop": Row(_rescue, method="post", expect=DOES),
    "operate:rescue_stop_by_link": Row(lambda world: {"token": "made-up"}, others=410, visitor=410),
    "operate:programs": Row(expect=ADMIN),
    "operate:program": Row(_program, expect=ADMIN),
    "operate:lead_withdraw": Row(
        lambda world: _program(world) | {"pk": world.lead_invitation.pk}, method="post", expect=DOES
    ),
    "operate:program_archive": Row(_program, method="post", expect=DOES),
    "operate:program_unarchive": Row(_program, method="post", expect=DOES),
    "operate:connections": Row(expect=ADMIN),
    "operate:connection_keys": Row(expect=ADMIN),
    "operate:mail": Row(expect=ADMIN),
    "operate:texts": Row(expect=ADMIN),
    "operate:text_edit": Row(lambda world: {"kind": "imprint"}, expect=ADMIN),
    "operate:imprint": EVERYBODY,
    "operate:privacy_notice": EVERYBODY,
}
ONCE = {
    "operate:program": Form(
        TeamInvitation, lambda world: {"email": "once@example.com", "name": "Once", "language": "en"}, by="admin"
    ),
    "operate:account_way_in": Form(OutgoingMail, lambda world: {}, page="operate:account", by="admin"),
}
SAFE_TWICE = {
    "operate:administrator": "it is one already",
    "operate:rescue_ask": "one at a time: a constraint holds it",
}
