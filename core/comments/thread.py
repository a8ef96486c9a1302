"""What was said about an object, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString

from core.attachments.files import pictures_on
from core.comments import access
from core.comments.forms import CommentForm
from core.comments.models import Comment, draft_key
from core.kit.compiled import Blank, Compiled
from core.kit.markdown import attachments_of, render
from core.kit.rooms import Spot
from core.people import mentions
from core.people.in_program import marked_apart, pages_of_people
from core.writing.access import find_draft

if TYPE_CHECKING:
    from core.people.models import User

PAGE = 20


@dataclass(frozen=True)
class Said:
    comment: Comment
    person: dict[str, Any] | None
    html: SafeString
    may_edit: bool
    may_delete: bool


@dataclass(frozen=True)
class Thread:
    """For `comments/_thread.html`."""

    kind: str
    target_id: int
    spot: Spot
    said: list[Said]
    count: int
    earlier_url: str
    form: CommentForm

    @property
    def add_url(self) -> str:
        return reverse("comments:comment_add", args=[self.kind, self.target_id])


def thread_on(user: "User", kind: str, target_id: int, *, before: str = "", form: CommentForm | None = None) -> Thread:
    """The latest comments in the order they were written, or those before a moment."""
    spot = access.get_spot(user, kind, target_id)
    moment = _moment(before)
    asked = {"kind": kind, "target": target_id}
    page = OLDER.rows(**asked, moment=moment) if moment else LATEST.rows(**asked)
    shown = page[:PAGE][::-1]
    is_all = len(page) <= PAGE and moment is None
    count = len(shown) if is_all else Comment.objects.present().on(kind, target_id).count()
    people = {person.pk: person for person in mentions.people_in(comment.text for comment in shown)}
    people |= {comment.by.pk: comment.by for comment in shown if comment.by}
    names = mentions.names_of(marked_apart(spot.program_id, people.values()))
    pages = pages_of_people(user, spot.program_id, names.keys())
    earlier = ""
    if len(page) > PAGE:
        query = urlencode({"before": shown[0].at.isoformat()})
        earlier = f"{reverse('comments:thread', args=[kind, target_id])}?{query}"
    pictures = pictures_on(kind, target_id) if any(attachments_of(comment.text) for comment in shown) else {}
    said = [
        _said(comment, user, spot, names, pages, render(comment.text, names=names, pages=pages, pictures=pictures))
        for comment in shown
    ]
    if form is None:
        draft = find_draft(user, draft_key(kind, target_id)) if spot.may_write else None
        form = CommentForm(kind=kind, target_id=target_id, draft=draft)
    return Thread(kind, target_id, spot, said, count, earlier, form)


def _page(*narrowed: Q) -> QuerySet[Comment]:
    """One more than a page, so that it says whether there are more."""
    rows = Comment.objects.present().filter(*narrowed, kind=Blank("kind"), target_id=Blank("target"))
    return rows.select_related("by").order_by("-at", "-pk")[: PAGE + 1]


LATEST, OLDER = Compiled(_page), Compiled(lambda: _page(Q(at__lt=Blank("moment"))))


def place_of(comment: Comment, spot: Spot) -> str:
    """Where a comment can be read: on its object's page while it is one of the latest."""
    newer = Comment.objects.present().on(comment.kind, comment.target_id).filter(at__gt=comment.at).count()
    if newer < PAGE:
        return f"{spot.url}#comment-{comment.pk}"
    query = urlencode({"before": (comment.at + timedelta(microseconds=1)).isoformat()})
    return f"{reverse('comments:thread', args=[comment.kind, comment.target_id])}?{query}#comment-{comment.pk}"


def _said(
    comment: Comment, user: "User", spot: Spot, names: dict[int, str], pages: dict[int, str], html: SafeString
) -> Said:
    by = comment.by
    return Said(
        comment,
        {"name": names[by.pk], "initials": by.initials, "id": by.pk, "url": pages.get(by.pk, "")} if by else None,
        html,
        may_edit=spot.may_write and by == user,
        may_delete=access.can_delete(user, comment, spot),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
