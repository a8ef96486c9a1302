from typing import Any

from django.core import signing

from core.news.tokens import token_of
from core.news.views_wishes import SALT
from core.news.wishes import kept
from tests.house.access_table import Row


def own(world: Any) -> dict[str, Any]:
    return {"pk": world.notification.pk}


def state(world: Any) -> dict[str, Any]:
    return {"to": signing.dumps(kept(world.influencer), salt=f"{SALT}.{world.influencer.pk}", compress=True)}


ROWS = {
    "news:inbox": Row(others=200),
    "news:bell": Row(others=200, visitor=204),
    "news:read_all": Row(method="post", others=302),
    "news:pause": Row(method="post", others=302),
    "news:read": Row(own, method="post", expect={"influencer": 302}),
    "news:hush": Row(own, method="post", expect={"influencer": 302}),
    "news:mute": Row(own, method="post", expect={"influencer": 302}),
    "news:address": Row(others=200),
    "news:settings": Row(others=200),
    "news:settings_preset": Row(method="post", data=lambda world: {"preset": "calm"}, others=302),
    "news:settings_undo": Row(method="post", data=state, others=400),  # signed for one person, in the address
    "news:off": Row(lambda world: {"token": token_of(world.influencer.pk, "forum.followed")}, others=200, visitor=200),
}
