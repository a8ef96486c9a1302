from typing import Any

from allauth.usersessions.models import UserSession

from core.kit.drawn import mark
from tests.house.access_table import Row
from tests.house.access_table.programs_membership import only


def _a_sign_in(world: Any) -> dict[str, Any]:
    """Of the influencer: anybody else's is not there."""
    row, _made = UserSession.objects.get_or_create(
        user=world.influencer, session_key="a" * 32, defaults={"ip": "198.51.100.7", "user_agent": "Firefox"}
    )
    return {"mark": mark("sign_in", row.pk)}


ROWS = {
    "people:profile": Row(others=200),
    "people:find": Row(
        lambda world: {"kind": "item", "target": world.item.pk}, expect=only(200, "manager", "coach", "team")
    ),
    "people:sign_in_end": Row(_a_sign_in, method="post", expect={"influencer": 302}),
    "people:welcome": Row(lambda world: {"token": "made-up"}, others=410, visitor=410),
}
