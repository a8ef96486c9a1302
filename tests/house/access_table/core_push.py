from typing import Any

from tests.house.access_table import Row


def own(world: Any) -> dict[str, Any]:
    return {"pk": world.device.pk}


ROWS = {
    "push:device_add": Row(method="post", others=404),  # the operator has allowed no push service
    "push:device_off": Row(own, method="post", expect={"influencer": 302}),
}
