"""What changes about attachments: they are added within what one may fill, and deleted with a way back."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core.attachments.inspection import Inspected
from core.attachments.models import Attachment
from core.attachments.verbs import AttachmentsVerb
from core.journal import services as journal
from core.kit import rooms
from core.sheets.sizes import MEGABYTE

if TYPE_CHECKING:
    from core.people.models import User

LOCK = 7_201  # advisory locks of this room: one upload into a program is counted after the other


@transaction.atomic
def attach(
    file: Inspected, *, kind: str, target_id: int, program_id: int, by: "User", key: UUID | None = None
) -> Attachment:
    """Keep an inspected file. Raises ValidationError when the person's or the program's space is full. Sent again with
    the same key by the same person it is kept once."""
    pk = uuid5(key, f"{by.pk}:{kind}:{target_id}") if key else uuid4()  # nobody can choose what stands for another's
    size = file.size + (file.thumbnail.size if file.thumbnail else 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, program_id % 2**31])
    if key and (before := Attachment.objects.filter(pk=pk).first()):
        return before
    _require_space(program_id, by, size)
    attachment = Attachment(
        pk=pk,
        program_id=program_id,
        kind=kind,
        target_id=target_id,
        by=by,
        name=file.name,
        content_type=file.content_type,
        size=size,
        width=file.width,
        height=file.height,
    )
    attachment.file.save(file.name, file.content, save=False)
    if file.thumbnail:
        attachment.thumbnail.save(file.thumbnail.name or "small.webp", file.thumbnail, save=False)
    attachment.save(force_insert=True)
    return _recorded(attachment, AttachmentsVerb.ADDED, by)


@transaction.atomic
def delete_attachment(attachment: Attachment, *, by: "User") -> Attachment:
    """Gone at once, back with `restore_attachment` within 30 days."""
    attachment.put_away(is_removed=attachment.by_id != by.pk)
    return _recorded(attachment, AttachmentsVerb.DELETED, by)


@transaction.atomic
def restore_attachment(attachment: Attachment, *, by: "User") -> Attachment:
    attachment.take_back()
    return _recorded(attachment, AttachmentsVerb.RESTORED, by)


def move(ids: Iterable[str], *, of: tuple[str, int], to: tuple[str, int], by: "User | None" = None) -> int:
    """A text found its place: the pictures in it hang there now; with `by` only those that this person added."""
    if not (ids := list(ids)):
        return 0
    rows = Attachment.objects.filter(pk__in=ids, kind=of[0], target_id=of[1])
    rows = rows if by is None else rows.filter(by=by)
    return rows.update(kind=to[0], target_id=to[1])


def follow(attachment: Attachment, *, deleted_at: datetime | None) -> None:
    """It goes and comes back with what it belongs to, whose service writes the journal."""
    Attachment.objects.filter(pk=attachment.pk).update(deleted_at=deleted_at)


def is_same(kept: Attachment | None, file: Inspected) -> bool:
    """The same file sent twice: it is drawn anew in the same way."""
    size = file.size + (file.thumbnail.size if file.thumbnail else 0)
    return kept is not None and kept.name == file.name and kept.size == size


def purge(ids: Iterable[UUID]) -> int:
    """What they belonged to is gone for good: so are they."""
    return _purge(Attachment.objects.filter(pk__in=list(ids)))


def forget(kind: str, target_ids: Iterable[int]) -> int:
    """The objects are gone for good: what hangs on them is too."""
    return _purge(Attachment.objects.filter(kind=kind, target_id__in=list(target_ids)))


def _recorded(attachment: Attachment, verb: AttachmentsVerb, by: "User") -> Attachment:
    """The log says it, except of what people do for themselves with files of their own."""
    program, kind, target = attachment.program_id, attachment.kind, attachment.target_id
    if rooms.is_logged(kind) or by.pk != attachment.by_id:
        journal.record(verb, by=by, program_id=program, kind=kind, target=target)
    return attachment


def _purge(rows: "Iterable[Attachment]") -> int:
    """First the files, then their row: a crash in between is found again."""
    count = 0
    for attachment in rows:
        for file in (attachment.file, attachment.thumbnail):
            if file:
                file.delete(save=False)
        attachment.delete()
        count += 1
    return count


def _require_space(program_id: int, by: "User", size: int) -> None:
    used = Attachment.objects.filter(program_id=program_id)
    for rows, most, words in (
        (used.filter(by=by), settings.ATTACHMENTS_PER_PERSON, _("Your file storage is full (%(most)s MB).")),
        (used, settings.ATTACHMENTS_PER_PROGRAM, _("The program's file storage is full (%(most)s MB).")),
    ):
        if (rows.aggregate(sum=Sum("size"))["sum"] or 0) + size > most:
            hint = _("Please delete files that are no longer needed, or add a link instead.")
            raise ValidationError(f"{words % {'most': most // MEGABYTE}} {hint}", code="quota")
