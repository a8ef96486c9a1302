"""What changes about comments. Two at once lose nothing: each new one is a row, an edit names the version it saw."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core.comments import news
from core.comments.models import Comment, draft_key
from core.comments.verbs import CommentsVerb
from core.journal import services as journal
from core.kit.rooms import Spot
from core.news import services as told
from core.people import mentions
from core.people.in_program import marked_apart
from core.writing.editing import edit_key
from core.writing.services import forget_draft

if TYPE_CHECKING:
    from core.people.models import User


class Overtaken(Exception):
    """Somebody (or oneself in another window) saved another version meanwhile."""


@transaction.atomic
def add_comment(spot: Spot, *, kind: str, target_id: int, key: UUID, text: str, by: "User") -> Comment:
    """Say something, once: the same key again is the same comment. Whoever is named in it is told."""
    names = mentions.names_of(marked_apart(spot.program_id, spot.people()))
    while Comment.objects.put_away().filter(pk=key, by=by, kind=kind, target_id=target_id).exists():
        key = uuid5(key, "again")  # said, and deleted since: this form says it again, once
    if Comment.objects.filter(pk=key).exclude(by=by, kind=kind, target_id=target_id).exists():
        key = uuid4()  # somebody else's number: nobody has that by accident
    comment, is_new = Comment.objects.get_or_create(
        pk=key,
        by=by,
        kind=kind,
        target_id=target_id,
        defaults={"program_id": spot.program_id, "text": mentions.kept(text, names)},
    )
    if is_new:
        news.tell(mentions.mentioned(comment.text), spot, comment, by=by)
        forget_draft(by, draft_key(kind, target_id))
        _record(CommentsVerb.ADDED, comment, by)
    return comment


@transaction.atomic
def edit_comment(comment: Comment, spot: Spot, *, text: str, version: int, by: "User") -> Comment:
    """Other words for one's own comment; only people who were not named before are told. What was begun of it is no
    draft any more."""
    forget_draft(by, edit_key("comment", comment.pk))
    before = mentions.mentioned(comment.text)
    names = mentions.names_of(marked_apart(spot.program_id, spot.people()))
    text = mentions.kept(text, names | mentions.named_in(spot.program_id, [comment.text]))
    changed = Comment.objects.present().filter(pk=comment.pk, version=version)
    if not changed.update(text=text, version=F("version") + 1, edited_at=timezone.now()):
        raise Overtaken
    comment.refresh_from_db()
    news.tell(mentions.mentioned(text) - before, spot, comment, by=by)
    _record(CommentsVerb.CHANGED, comment, by)
    return comment


@transaction.atomic
def delete_comment(comment: Comment, *, by: "User") -> Comment:
    """Gone at once, back with `restore_comment` within 30 days."""
    comment.put_away(deleted_by=by)
    told.gone(news.MENTION, items=[comment.pk])
    _record(CommentsVerb.DELETED, comment, by)
    return comment


@transaction.atomic
def restore_comment(comment: Comment, *, by: "User") -> Comment:
    comment.take_back(deleted_by=None)
    told.gone(news.MENTION, items=[comment.pk], is_gone=False)
    _record(CommentsVerb.RESTORED, comment, by)
    return comment


def forget(kind: str, target_ids: Iterable[int]) -> int:
    """The objects are gone for good: what was said about them is too."""
    return Comment.objects.filter(kind=kind, target_id__in=list(target_ids)).delete()[0]


def _record(verb: CommentsVerb, comment: Comment, by: "User") -> None:
    journal.record(verb, by=by, program_id=comment.program_id, kind=comment.kind, target=comment.target_id)
