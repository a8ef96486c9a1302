"""Being named in a comment: where, not what; the words stay on the page."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.comments import access
from core.comments.models import Comment
from core.comments.thread import place_of
from core.kit.rooms import News, Spot, Told
from core.news import services as news
from core.people import mentions
from core.people.in_program import marked_apart

if TYPE_CHECKING:
    from core.people.models import User

MENTION = "comments.mention"


def tell(named: Iterable[int], spot: Spot, comment: Comment, *, by: "User") -> None:
    """Nobody is told about their own words."""
    wanted = set(named) - {by.pk}
    people = [person for person in spot.people() if person.pk in wanted] if wanted else []
    about = f"{comment.kind}:{comment.target_id}"
    news.tell(MENTION, people, about=about, item=comment.pk, program_id=comment.program_id)


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Each as the room of the object lets this person see it."""
    comments = Comment.objects.present().filter(pk__in=[UUID(row.item) for row in rows]).select_related("by")
    found = {str(comment.pk): comment for comment in comments}
    told: dict[int, Told] = {}
    names: dict[int, dict[int, str]] = {}
    for row in rows:
        comment = found.get(row.item)
        if comment is None:
            continue
        try:
            spot = access.get_spot(person, comment.kind, comment.target_id)
        except (Http404, PermissionDenied):
            continue
        by, program = comment.by, comment.program_id
        if program not in names:
            names[program] = _writers(program, found.values())
        name = names[program][by.pk] if by else ""
        face = {"id": by.pk, "name": name, "initials": by.initials} if by else None
        told[row.pk] = Told(spot.title, place_of(comment, spot), name, face)
    return told


def _writers(program_id: int, comments: Iterable[Comment]) -> dict[int, str]:
    people = {comment.by.pk: comment.by for comment in comments if comment.by and comment.program_id == program_id}
    return mentions.names_of(marked_apart(program_id, people.values()))


NEWS = (
    News(
        MENTION,
        _("Somebody mentions me in a comment"),
        _("For me"),
        14,
        ngettext_lazy(
            "%(name)s mentioned you in a comment: %(title)s",
            "You were mentioned in %(count)s comments: %(title)s",
            "count",
        ),
        _("You are receiving this email because somebody mentioned you in a comment."),
        look,
        mail="now",
        note=_("for example on a checklist item"),
        button=_("Read the comment"),
        icon="at",
        each=True,
    ),
)
