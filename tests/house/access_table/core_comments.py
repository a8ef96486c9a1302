import uuid
from typing import Any

from tests.house.access_table import Row
from tests.house.access_table.programs_membership import only


def item(world: Any) -> dict[str, Any]:
    return {"kind": "item", "target": world.item.pk}


def comment(world: Any) -> dict[str, Any]:
    return {"pk": world.comment.pk}


def deleted(world: Any) -> dict[str, Any]:
    return {"pk": world.deleted_comment.pk}


def words(world: Any) -> dict[str, Any]:
    return {"text": "Agreed", "key": uuid.uuid4()}


TEAM_READS, TEAM_DOES = only(200, "manager", "coach", "team"), only(302, "manager", "coach", "team")
ROWS = {
    "comments:thread": Row(item, expect=TEAM_READS),
    "comments:comment": Row(comment, expect=TEAM_DOES),
    "comments:comment_add": Row(item, method="post", data=words, expect=TEAM_DOES),
    "comments:comment_edit": Row(comment, expect=only(200, "coach")),
    "comments:comment_delete": Row(comment, method="post", expect={"manager": 302}),  # gone for who comes later
    "comments:comment_restore": Row(deleted, method="post", expect=only(302, "manager", "coach")),
}
SAFE_TWICE = {
    "comments:comment_add": "the comment carries the key itself; tests/core/comments",
}
