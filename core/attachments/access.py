"""Who may open an attachment: whoever may see the object it hangs on, as that object's room says."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare

from core.attachments.models import Attachment
from core.kit import rooms
from core.kit.rooms import Spot

if TYPE_CHECKING:
    from core.people.models import User

SALT = "attachments.public_picture"


def attachments_on(kind: str, target_id: int) -> QuerySet[Attachment]:
    """For a room that has asked for the object itself."""
    return Attachment.objects.present().on(kind, target_id).select_related("by")


def get_attachment(user: "User", pk: UUID) -> Attachment:
    attachment = get_object_or_404(Attachment.objects.present(), pk=pk)
    rooms.spot(attachment.kind, user, attachment.target_id)
    return attachment


def get_own_attachment(user: "User", pk: UUID, *, deleted: bool = False) -> Attachment:
    """One that this person may delete: the own one, or any for who moderates the object."""
    rows = Attachment.objects.all() if deleted else Attachment.objects.present()
    attachment = get_object_or_404(rows, pk=pk)
    spot = rooms.spot(attachment.kind, user, attachment.target_id)
    if not (spot.may_moderate or (spot.may_write and attachment.by_id == user.pk)):
        raise PermissionDenied
    return attachment


def get_writable_spot(user: "User", kind: str, target_id: int) -> Spot:
    spot = rooms.spot(kind, user, target_id)
    if not spot.may_write:
        raise PermissionDenied
    return spot


def public_key(pk: UUID) -> str:
    """What makes a picture's address open without a sign-in: for mails, whose readers have no session in them."""
    return signing.Signer(salt=SALT).signature(str(pk))


def get_public_picture(pk: UUID, key: str) -> Attachment:
    if not constant_time_compare(key, public_key(pk)):
        raise Http404
    return get_object_or_404(Attachment.objects.present().exclude(width=None), pk=pk)
