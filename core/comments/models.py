import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.deleting import Deletable, DeletableQuerySet

LONGEST = 4000


def draft_key(kind: str, target_id: int) -> str:
    """What one is about to say is kept under this name."""
    return f"comment:{kind}:{target_id}"


class CommentQuerySet(DeletableQuerySet["Comment"]):
    def on(self, kind: str, target_id: int) -> "CommentQuerySet":
        return self.filter(kind=kind, target_id=target_id)


class Comment(Deletable):
    """What somebody said about an object of a room. The form brings its number, so that sending twice says it once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)  # what it hangs on: a name in `Room.spots`
    target_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("comment"))  # Markdown; people are kept as `@[7]`
    version = models.PositiveIntegerField(default=1)  # optimistic lock of editing
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="a_comment_says_something")]
        indexes: ClassVar = [models.Index(fields=["kind", "target_id", "at"], name="comments_of_object")]

    def __str__(self) -> str:
        return self.text[:60]
