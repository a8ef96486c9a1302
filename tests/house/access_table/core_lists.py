from typing import Any

from core.lists.services import save_view
from tests.house.access_table import Row


def view(world: Any) -> dict[str, str]:
    return {"path": "/p/nordlichter/checklists/", "query": "owner=me", "name": "Mine"}


def managers(world: Any) -> dict[str, int]:
    return {"pk": save_view(world.manager, path="/p/nordlichter/checklists/", query="", name="Everything").pk}


ROWS = {
    "lists:view_save": Row(method="post", data=view, others=302),  # one's own, whoever one is
    "lists:view_delete": Row(managers, method="post", expect={"manager": 302}),
}
