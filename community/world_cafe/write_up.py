"""The notes of the tables as a page of the program's handbook: a draft, so that who writes the handbook reads it before
everybody does. It names nobody: a name would stay there after its person left."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from community.events import event_page
from community.events.as_markdown import plain
from community.events.models import Event
from community.world_cafe import cafe_page, services
from core.kit import languages
from core.writing.forms import LONGEST
from programs.handbook import services as handbook
from programs.handbook.models import HandbookPage

if TYPE_CHECKING:
    from core.people.models import User


class NothingNotedError(Exception):
    """No table has a note."""


class NotesTooLongError(Exception):
    """More than a page of the handbook holds."""


@transaction.atomic
def to_handbook(event: Event, *, by: "User") -> tuple[HandbookPage, bool]:
    """The page, and whether it is new: one event has one, until somebody deletes it. Notes say no language; the text is
    kept in the one its writer reads, the title in all it has."""
    cafe = services.locked(event)
    there = cafe.handbook_page
    if there is not None and there.deleted_at is None:
        return there, False
    title = event.milestone.title
    language = languages.shown_in(title.texts)
    text = {language: _text(event, by, language)}
    page = handbook.add_draft(event.milestone.program, title=title.texts, text=text, by=by)
    cafe.handbook_page = page
    cafe.save(update_fields=["handbook_page"])
    return page, True


def _text(event: Event, by: "User", language: str) -> str:
    with translation.override(language):
        lines = [event_page.when(event), ""]
    tables = [row for row in cafe_page.tables_of(event, by) if row.notes]
    if not tables:
        raise NothingNotedError
    for row in tables:
        lines += [f"## {plain(row.table.question)}", ""]
        lines += [f"- {plain(shown.note.text)}" for shown in row.notes] + [""]
    text = "\n".join(lines).rstrip() + "\n"
    if len(text) > LONGEST:
        raise NotesTooLongError
    return text
