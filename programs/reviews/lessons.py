"""What a review found out, kept in the handbook: a draft below the chapter of what was learnt, without names."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from core.kit import languages
from programs.handbook import services as handbook
from programs.handbook.models import HandbookPage
from programs.membership.models import Program
from programs.membership.unnamed import names_in, without_names
from programs.reviews.models import Finding

if TYPE_CHECKING:
    from core.people.models import User

CHAPTER = "lessons"  # the part of the handbook whose pages lessons stand below
LONGEST_TITLE = 80


@dataclass(frozen=True)
class KeptLesson:
    page: HandbookPage
    is_new: bool
    names: int = 0  # left out of its text


@transaction.atomic
def keep_lesson(finding: Finding, *, by: "User") -> KeptLesson:
    """Once: a second press leads to the page that is there. After that page was deleted it is written once more."""
    row = Finding.objects.select_for_update().get(pk=finding.pk)  # its page by itself: who waited must see the new one
    if row.lesson is not None and row.lesson.deleted_at is None:
        return KeptLesson(row.lesson, is_new=False)
    program, language = finding.review.program, languages.current()
    text, names = without_names(finding.text, names_in(program))
    title = text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    page = handbook.add_draft(
        program, parent=chapter_of(program), title={language: title}, text={language: text}, by=by
    )
    row.lesson = page
    row.save(update_fields=["lesson"])
    return KeptLesson(page, is_new=True, names=names)


def chapter_of(program: Program) -> HandbookPage | None:
    """The page that shows what was learnt; without one, lessons stand at the top."""
    rows = HandbookPage.objects.present().filter(program=program, chapter=CHAPTER, parent=None)
    return rows.order_by("place", "pk").first()
