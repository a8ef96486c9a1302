from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from analytics.annotations.models import TimelineNote
from analytics.annotations.verbs import AnnotationsVerb
from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

FIELDS = ("on", "is_week", "text")


@transaction.atomic
def add_note(program: Program, *, on: date, text: dict[str, str], is_week: bool = False, by: "User") -> TimelineNote:
    note = TimelineNote(program=program, on=on, is_week=is_week, text=text)
    _to_monday(note)
    note.save()
    journal.record(AnnotationsVerb.ADDED, note, by=by)
    page_cache.changed(note.program_id)
    return note


@transaction.atomic
def edit_note(note: TimelineNote, *, by: "User", **values: object) -> TimelineNote:
    for name, value in values.items():
        setattr(note, name, value)
    _to_monday(note)
    if changes := changes_of(note, FIELDS):
        note.save(update_fields=FIELDS)
        journal.record(AnnotationsVerb.EDITED, note, by=by, changes=changes)
        page_cache.changed(note.program_id)
    return note


@transaction.atomic
def remove_note(note: TimelineNote, *, by: "User") -> TimelineNote:
    note.put_away()
    journal.record(AnnotationsVerb.REMOVED, note, by=by)
    page_cache.changed(note.program_id)
    return note


@transaction.atomic
def restore_note(note: TimelineNote, *, by: "User") -> TimelineNote:
    note.take_back()
    journal.record(AnnotationsVerb.RESTORED, note, by=by)
    page_cache.changed(note.program_id)
    return note


def _to_monday(note: TimelineNote) -> None:
    if note.is_week:
        note.on -= timedelta(days=note.on.weekday())
