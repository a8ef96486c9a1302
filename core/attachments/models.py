import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.kit.deleting import Deletable, DeletableQuerySet
from core.kit.uploads import private_path


class AttachmentQuerySet(DeletableQuerySet["Attachment"]):
    def on(self, kind: str, target_id: int) -> "AttachmentQuerySet":
        return self.filter(kind=kind, target_id=target_id)


class Attachment(Deletable):
    """A file that somebody hung on an object of a room. Its number is random: it tells nobody how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)  # what it hangs on: a name in `Room.spots`
    target_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120)  # as it was called, cleaned; the file lies under a name of ours
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    file = models.FileField(upload_to=private_path)
    thumbnail = models.FileField(upload_to=private_path, blank=True)
    width = models.PositiveIntegerField(null=True)  # pictures only
    height = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    is_removed = models.BooleanField(default=False)  # by somebody else than who added it: only then others restore it

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="an_attachment_is_not_empty"),
            models.CheckConstraint(
                condition=Q(width=None, height=None, thumbnail="") | (Q(width__gt=0, height__gt=0) & ~Q(thumbnail="")),
                name="a_picture_has_a_size_and_a_thumbnail",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "target_id", "at"], name="attachments_of_object"),
            models.Index(fields=["program_id", "by"], name="attachments_of_program"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.width is not None
