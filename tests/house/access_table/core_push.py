from typing import Any

from tests.house.access_table import Row


def own(world: Any) -> dict[str, Any]:
    return {"pk": world.device.pk}


ROWS = {
    "push:device_add": Row(method="post", others=404),  # the operator has allowed no push service
    "push:device_off": Row(own, method="post", expect={"influencer": 302}),
}
SAFE_TWICE = {
    "push:device_add": "a device is the address its browser gives it, and that is unique",
}
