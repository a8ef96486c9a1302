"""Writing the journal. Every service that changes something calls `record`; every view of a report `record_view`."""

from typing import Any

from django.db.models import Model, TextChoices
from django.utils.dateparse import parse_date

from core.journal.models import Entry, EntryKind
from core.kit import rooms
from core.kit.templatetags.ui import day


def record(
    verb: TextChoices, subject: Model | None = None, *, by: Any, program_id: int | None = None, **data: Any
) -> Entry:
    """Note that `by` did `verb` to `subject`. `data` holds plain values, never personal ones."""
    entry = _write(EntryKind.CHANGE, verb, subject, by, program_id, data)
    if entry.program_id is not None:
        _tell_whom_it_concerns(verb, entry.program_id, subject, by, data)
    return entry


def record_view(
    verb: TextChoices, subject: Model | None = None, *, by: Any, program_id: int | None = None, **data: Any
) -> Entry:
    """Note that `by` looked at `subject`: reports and exports say who opened them."""
    return _write(EntryKind.VIEW, verb, subject, by, program_id, data)


def _tell_whom_it_concerns(
    verb: TextChoices, program_id: int, subject: Model | None, by: Any, data: dict[str, Any]
) -> None:
    """What its room says concerns people is never only a line in the log. A sentence may name the thing and, of what
    ends, its last day: each in the language of who reads it."""
    sentence = next((room.concerns[verb] for room in rooms.every() if verb in room.concerns), None)
    if sentence is not None:
        until = parse_date(str(data.get("until", "")))
        for room in rooms.every():
            if room.on_concern is not None:
                room.on_concern(program_id, lambda: str(sentence) % {"thing": subject, "until": day(until)}, by)


def _write(
    kind: EntryKind, verb: TextChoices, subject: Model | None, by: Any, program_id: int | None, data: dict[str, Any]
) -> Entry:
    if program_id is None and subject is not None:
        program_id = subject.pk if subject._meta.model_name == "program" else getattr(subject, "program_id", None)
    actor = by if by is not None and by.is_authenticated else None
    return Entry.objects.create(
        kind=kind,
        verb=verb.value,
        actor=actor,
        is_by_administrator=actor is not None and actor.is_superuser,
        program_id=program_id,
        subject_type=subject._meta.model_name or "" if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        data=data,
    )
