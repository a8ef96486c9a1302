"""Who may open an attachment: whoever may see the object it hangs on, as that object's room says."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.attachments import tokens
from core.attachments.models import Attachment
from core.kit import rooms
from core.kit.rooms import Spot

if TYPE_CHECKING:
    from core.people.models import User


def get_attachment(user: "User", pk: UUID) -> Attachment:
    attachment = get_object_or_404(Attachment.objects.present(), pk=pk)
    if not rooms.spot(attachment.kind, user, attachment.target_id).opens(attachment):
        raise Http404
    return attachment


def get_own_attachment(user: "User", pk: UUID, *, deleted: bool = False) -> Attachment:
    """One that this person may delete: the own one, or any for who moderates the object. What its author took away,
    nobody else brings back."""
    rows = Attachment.objects.all() if deleted else Attachment.objects.present()
    attachment = get_object_or_404(rows, pk=pk)
    spot = rooms.spot(attachment.kind, user, attachment.target_id)
    if not (spot.may_moderate or (spot.may_write and attachment.by_id == user.pk)):
        raise PermissionDenied
    if deleted and attachment.deleted_at and attachment.by_id != user.pk and not attachment.is_removed:
        raise PermissionDenied
    return attachment


def find_own_attachment(user: "User", pk: UUID | None) -> Attachment | None:
    """The same, where it is no fault that there is none any more."""
    there = pk and Attachment.objects.present().filter(pk=pk).exists()
    return get_own_attachment(user, pk) if pk and there else None


def get_writable_spot(user: "User", kind: str, target_id: int) -> Spot:
    spot = rooms.spot(kind, user, target_id)
    if not spot.may_write:
        raise PermissionDenied
    return spot


def get_public_picture(key: str, pk: UUID) -> Attachment:
    """For whoever has the address with its key: that is the permission."""
    if not tokens.opens(key, pk):
        raise Http404
    return get_object_or_404(Attachment.objects.present().exclude(width=None), pk=pk)
