"""The tables with their notes, as pages, cards and the file show them."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from community.events import access as events
from community.events import event_page
from community.events.as_markdown import plain
from community.events.models import Event
from community.world_cafe import rotation, services
from community.world_cafe.models import Cafe, CafeNote, CafeTable
from programs.handbook import access as handbook
from programs.handbook.models import HandbookPage

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class NoteShown:
    note: CafeNote
    is_mine: bool


@dataclass(frozen=True)
class TableShown:
    number: int
    table: CafeTable
    notes: list[NoteShown]


def tables_of(event: Event, user: "User") -> list[TableShown]:
    """In two questions, however many there are."""
    by_table: dict[int, list[NoteShown]] = {}
    for note in CafeNote.objects.present().filter(table__event=event):
        by_table.setdefault(note.table_id, []).append(NoteShown(note, note.by_id == user.pk))
    rows = CafeTable.objects.present().filter(event=event).select_related("host")
    return [TableShown(number, row, by_table.get(row.pk, [])) for number, row in enumerate(rows, start=1)]


def of(event: Event, user: "User") -> dict[str, Any]:
    tables, cafe = tables_of(event, user), cafe_of(event)
    return {
        "program": event.milestone.program,
        "event": event,
        "when": event_page.when(event),
        "tables": tables,
        "hosts": events.can_host(user, event),
        "is_open": services.is_open(event),
        "version": version_of(tables),
        "rounds": cafe.rounds,
        "writes": handbook.can_write(user, event.milestone.program),
        "page": page_of(cafe, user, event),
        "has_notes": any(row.notes for row in tables),
    }


def version_of(tables: list[TableShown]) -> str:
    """A page that shows this one has nothing new to read: not a word, a table, a name or a note is another."""
    told = [
        (row.table.pk, row.table.question, str(row.table.host or ""), [shown.note.pk for shown in row.notes])
        for row in tables
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def cafe_of(event: Event) -> Cafe:
    rows = Cafe.objects.select_related("handbook_page").defer("handbook_page__text", "handbook_page__search")
    return rows.filter(event=event).first() or Cafe(event=event)


def page_of(cafe: Cafe, user: "User", event: Event) -> HandbookPage | None:
    """The notes in the handbook; as long as they are a draft, for who writes there."""
    page = cafe.handbook_page
    if page is None or page.deleted_at is not None:
        return None
    return page if page.is_published or handbook.can_write(user, event.milestone.program) else None


def cards_of(event: Event) -> list[tuple[int, list[int]]]:
    """What is printed: by card, the tables of its rounds."""
    cafe, tables = cafe_of(event), CafeTable.objects.present().filter(event=event).count()
    plan = rotation.cards(cafe.guests, tables, cafe.rounds) if tables else []
    return list(enumerate(plan, start=1))


def markdown(event: Event, user: "User") -> str:
    """For the handbook, the minutes, a mail. It names nobody but who stayed at the tables."""
    lines = [f"# {plain(str(event.milestone.title))}", "", event_page.when(event), ""]
    for row in tables_of(event, user):
        lines += [f"## {row.number}. {plain(row.table.question)}", ""]
        if row.table.host:
            lines += [_("Host: %(name)s") % {"name": plain(str(row.table.host))}, ""]
        lines += [f"- {plain(shown.note.text)}" for shown in row.notes]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"
