"""Who reads and who writes comments: whoever may see the object they hang on, as that object's room says."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.comments.models import Comment
from core.kit import rooms
from core.kit.rooms import Spot

if TYPE_CHECKING:
    from core.people.models import User


def get_spot(user: "User", kind: str, target_id: int) -> Spot:
    spot = rooms.spot(kind, user, target_id)
    if not spot.reads_comments:
        raise Http404
    return spot


def get_writable_spot(user: "User", kind: str, target_id: int) -> Spot:
    spot = get_spot(user, kind, target_id)
    if not spot.may_write:
        raise PermissionDenied
    return spot


def get_comment(user: "User", pk: UUID) -> tuple[Comment, Spot]:
    return _seen(user, pk, deleted=False)


def get_own_comment(user: "User", pk: UUID) -> tuple[Comment, Spot]:
    """One's own words are changed by oneself alone."""
    comment, spot = _seen(user, pk, deleted=False)
    if not spot.may_write or comment.by_id != user.pk:
        raise PermissionDenied
    return comment, spot


def get_own_lost_comment(user: "User", pk: UUID) -> tuple[Comment, Spot]:
    """For who changes an own comment that was deleted meanwhile: 404 for everything else."""
    comment = get_object_or_404(Comment.objects.exclude(deleted_at=None), pk=pk, by=user)
    return comment, get_spot(user, comment.kind, comment.target_id)


def get_deletable_comment(user: "User", pk: UUID) -> tuple[Comment, Spot]:
    comment, spot = _seen(user, pk, deleted=False)
    if not can_delete(user, comment, spot):
        raise PermissionDenied
    return comment, spot


def get_deleted_comment(user: "User", pk: UUID) -> tuple[Comment, Spot]:
    """For undo: whoever deleted it brings it back, nobody else."""
    comment, spot = _seen(user, pk, deleted=True)
    if not can_delete(user, comment, spot) or comment.deleted_by_id not in (None, user.pk):
        raise PermissionDenied
    return comment, spot


def can_delete(user: "User", comment: Comment, spot: Spot) -> bool:
    return spot.may_moderate or (spot.may_write and comment.by_id == user.pk)


def _seen(user: "User", pk: UUID, *, deleted: bool) -> tuple[Comment, Spot]:
    rows = Comment.objects.all() if deleted else Comment.objects.present()
    comment = get_object_or_404(rows.select_related("by"), pk=pk)
    return comment, get_spot(user, comment.kind, comment.target_id)
