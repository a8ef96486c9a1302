"""What changes at a World Café. Notes are each person's own act: the journal says nothing of them."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.events import moments
from community.events.models import Event
from community.world_cafe.models import MOST_TABLES, Cafe, CafeNote, CafeTable
from community.world_cafe.verbs import WorldCafeVerb
from core.journal import services as journal
from core.journal.changes import came, changes_of, went

if TYPE_CHECKING:
    from core.people.models import User

MOST_NOTES, MOST_OF_ONE = 2_000, 200
WRITING_UP = timedelta(days=1)  # after it is over, what is on paper is typed in


class TablesClosedError(Exception):
    """It has not been announced, was cancelled, or is long over."""


class CafeFullError(Exception):
    """More than a World Café, or one person, can have."""


def is_open(event: Event) -> bool:
    """Whether notes are taken: from the announcement until a day after the end."""
    return event.is_open and timezone.now() < moments.ends(event.milestone) + WRITING_UP


def locked(event: Event) -> Cafe:
    Cafe.objects.get_or_create(event=event)
    return Cafe.objects.select_for_update().get(event=event)


@transaction.atomic
def arrange(event: Event, *, rounds: int, guests: int, by: "User") -> Cafe:
    cafe = locked(event)
    cafe.rounds, cafe.guests = rounds, guests
    changed = changes_of(cafe, ("rounds", "guests"))
    cafe.save(update_fields=["rounds", "guests"])
    journal.record(WorldCafeVerb.ARRANGED, event.milestone, by=by, changes=changed)
    return cafe


@transaction.atomic
def add_table(event: Event, *, question: str, host: "User | None", by: "User") -> CafeTable:
    """The same question twice is one table: a second click adds nothing."""
    locked(event)
    present = CafeTable.objects.present().filter(event=event)
    there = present.filter(question=question).first()
    if there is not None:
        return there
    if present.count() >= MOST_TABLES:
        raise CafeFullError
    table = CafeTable.objects.create(event=event, question=question, host=host)
    journal.record(WorldCafeVerb.ARRANGED, event.milestone, by=by, changes=came(table, "question"))
    return table


@transaction.atomic
def edit_table(table: CafeTable, *, question: str, host: "User | None", by: "User") -> None:
    table.question, table.host = question, host
    changed = changes_of(table, ("question", "host"), unsaid=("host",))
    table.save(update_fields=["question", "host"])
    journal.record(WorldCafeVerb.ARRANGED, table.event.milestone, by=by, changes=changed)


@transaction.atomic
def remove_table(table: CafeTable, *, by: "User") -> None:
    """With its notes, which are back with it."""
    if table.deleted_at is None:
        table.put_away()
        journal.record(WorldCafeVerb.ARRANGED, table.event.milestone, by=by, changes=went(table, "question"))


@transaction.atomic
def restore_table(table: CafeTable, *, by: "User") -> None:
    locked(table.event)
    if CafeTable.objects.present().filter(event=table.event).count() >= MOST_TABLES:
        raise CafeFullError
    if table.deleted_at is not None:
        table.take_back()
        journal.record(WorldCafeVerb.ARRANGED, table.event.milestone, by=by, changes=came(table, "question"))


@transaction.atomic
def write_note(table: CafeTable, *, text: str, by: "User") -> CafeNote:
    """One more; nothing that somebody else writes at the same moment is touched."""
    if not is_open(table.event):
        raise TablesClosedError
    present = CafeNote.objects.present().filter(table__event=table.event)
    if present.count() >= MOST_NOTES or present.filter(by=by).count() >= MOST_OF_ONE:
        raise CafeFullError
    return CafeNote.objects.create(table=table, text=text, by=by)


@transaction.atomic
def remove_note(note: CafeNote, *, by: "User") -> None:
    """Its writer takes it away, or a host does, which is in the journal. Of two at once the first decides: what its
    writer took away is not a host's to bring back."""
    now = CafeNote.objects.select_for_update().get(pk=note.pk)
    if now.deleted_at is None:
        now.put_away(is_removed=now.by_id != by.pk)
        if now.is_removed:
            journal.record(WorldCafeVerb.REMOVED, note.table.event.milestone, by=by)


@transaction.atomic
def restore_note(note: CafeNote) -> None:
    if note.deleted_at is not None:
        note.take_back(is_removed=False)
