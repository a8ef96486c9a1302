"""Comments. In the world the coach has said something about the item."""

from typing import Any

from django.utils import timezone

from core.comments.models import Comment

ORDER = 60


def make_comment(target: Any, by: Any, kind: str = "item", **fields: Any) -> Comment:
    values = {"program_id": target.program_id, "text": "The hall is booked for Monday."} | fields
    return Comment.objects.create(kind=kind, target_id=target.pk, by=by, **values)


def furnish(world: Any) -> None:
    world.comment = make_comment(world.item, world.coach)
    world.deleted_comment = make_comment(world.item, world.coach, deleted_at=timezone.now())
