"""Another order of the parts of an issue."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from community.newsletters import outline
from community.newsletters.models import Issue
from community.newsletters.services import save_issue

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def move_piece(issue: Issue, *, language: str, start: int, to: int, seen: str, by: "User") -> tuple[Issue, str]:
    """A part to another place, in each language that has the same parts, and what undoes it. ValidationError where the
    order that was seen is no longer there: nothing is moved that nobody pointed at, and nothing twice."""
    stored = _locked(issue)
    is_there = language in stored.body.texts
    if not is_there or outline.mark(outline.pieces_of(stored.body.texts[language])) != seen:
        raise ValidationError(_("Nothing was moved: the issue has other parts now."), code="other")
    parts = outline.parts_of(stored.body.texts, language)
    return _moved(stored, parts, start, to, by=by)


@transaction.atomic
def move_back(issue: Issue, *, start: int, to: int, seen: str, sizes: str, by: "User") -> tuple[Issue, str]:
    """Undo a move, as long as nobody has written in these texts since."""
    stored = _locked(issue)
    return _moved(stored, outline.parts_by(stored.body.texts, sizes, seen), start, to, by=by)


def _locked(issue: Issue) -> Issue:
    stored = Issue.objects.select_for_update(of=("self",)).select_related("program").get(pk=issue.pk)
    stored.program = issue.program
    if not stored.is_editable:
        raise ValidationError(_("This issue is already on its way."), code="state")
    return stored


def _moved(stored: Issue, parts: outline.Parts, start: int, to: int, *, by: "User") -> tuple[Issue, str]:
    if not parts or any(max(start, to) >= len(own) for own in parts.values()):
        raise ValidationError(_("Nothing was moved: the issue has other parts now."), code="other")
    after = outline.moved(parts, start, to)
    body = {**stored.body.texts, **outline.joined(after)}
    saved = save_issue(stored, subject=stored.subject.texts, body=body, by=by, version=stored.version)
    return saved, outline.way_back(after, start, to)
