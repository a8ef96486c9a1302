from typing import Any

from core.attachments.tokens import public_key
from tests.house.access_table import Row
from tests.house.access_table.programs_membership import only


def picture(world: Any) -> dict[str, Any]:
    return {"pk": world.picture.pk}


def public(world: Any) -> dict[str, Any]:
    return {"pk": world.picture.pk, "key": public_key(world.picture.pk)}


def wall(world: Any) -> dict[str, Any]:
    return {"kind": "evidence", "target": world.item.pk}


READERS = only(200, "manager", "coach")
NOBODY = only(403)  # evidence is added and deleted on the item's own page
ROWS = {
    "attachments:file": Row(picture, expect=READERS),
    "attachments:thumbnail": Row(picture, expect=READERS),
    "attachments:public_picture": Row(public, others=200, visitor=200),
    "attachments:attachment_delete": Row(picture, method="post", expect=NOBODY),
    "attachments:attachment_restore": Row(picture, method="post", expect=NOBODY),
    "attachments:picture_add": Row(wall, method="post", expect=NOBODY),
    "attachments:file_add": Row(wall, method="post", expect=NOBODY),
}
SAFE_TWICE = {
    "attachments:file_add": "the script sends a file with a key of its own",
    "attachments:picture_add": "the script sends a picture with a key of its own",
}
