"""Writing the journal. Every service that changes something calls `record`; every view of a report `record_view`."""

from typing import Any

from django.db.models import Model, TextChoices

from core.journal.models import Entry, EntryKind


def record(
    verb: TextChoices, subject: Model | None = None, *, by: Any, program_id: int | None = None, **data: Any
) -> Entry:
    """Note that `by` did `verb` to `subject`. `data` holds plain values, never personal ones."""
    return _write(EntryKind.CHANGE, verb, subject, by, program_id, data)


def record_view(
    verb: TextChoices, subject: Model | None = None, *, by: Any, program_id: int | None = None, **data: Any
) -> Entry:
    """Note that `by` looked at `subject`: reports and exports say who opened them."""
    return _write(EntryKind.VIEW, verb, subject, by, program_id, data)


def _write(
    kind: EntryKind, verb: TextChoices, subject: Model | None, by: Any, program_id: int | None, data: dict[str, Any]
) -> Entry:
    if program_id is None and subject is not None:
        program_id = subject.pk if subject._meta.model_name == "program" else getattr(subject, "program_id", None)
    return Entry.objects.create(
        kind=kind,
        verb=verb.value,
        actor=by if by is not None and by.is_authenticated else None,
        program_id=program_id,
        subject_type=subject._meta.model_name or "" if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        data=data,
    )
