"""Who sees the tables: who is invited to the event, and who plans it. Others of the program know of the event only."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from community.events import access as events
from community.events.models import Event, EventKind
from community.world_cafe.models import CafeNote, CafeTable
from programs.membership.access import Ability, require

if TYPE_CHECKING:
    from core.people.models import User


def get_cafe(user: "User", slug: str, pk: int) -> Event:
    return events.get_page_of(user, slug, pk, EventKind.WORLD_CAFE)


def get_cafe_to_host(user: "User", slug: str, pk: int) -> Event:
    return events.get_page_to_host(user, slug, pk, EventKind.WORLD_CAFE)


def get_cafe_to_write_up(user: "User", slug: str, pk: int) -> Event:
    """Its notes become a page of the handbook: for who reads them and writes there."""
    event = get_cafe(user, slug, pk)
    require(user, Ability.WRITE_HANDBOOK, event.milestone.program)
    return event


def get_table(user: "User", slug: str, pk: int, number: int) -> CafeTable:
    event = get_cafe(user, slug, pk)
    table = get_object_or_404(CafeTable.objects.present(), event=event, pk=number)
    table.event = event
    return table


def get_table_to_arrange(user: "User", slug: str, pk: int, number: int, *, also_removed: bool = False) -> CafeTable:
    event = get_cafe_to_host(user, slug, pk)
    rows = CafeTable.objects.all() if also_removed else CafeTable.objects.present()
    table = get_object_or_404(rows, event=event, pk=number)
    table.event = event
    return table


def get_note_to_remove(user: "User", slug: str, pk: int, number: int) -> CafeNote:
    """One's own, or any for a host."""
    note = _note(get_cafe(user, slug, pk), number)
    if note.by_id != user.pk and not events.can_host(user, note.table.event):
        raise PermissionDenied
    return note


def get_note_to_bring_back(user: "User", slug: str, pk: int, number: int) -> CafeNote:
    """One's own that one took away, or for a host one that a host removed."""
    note = get_note_to_remove(user, slug, pk, number)
    is_own_act = note.by_id == user.pk and not note.is_removed
    if not is_own_act and not (note.is_removed and events.can_host(user, note.table.event)):
        raise PermissionDenied
    return note


def _note(event: Event, number: int) -> CafeNote:
    note = get_object_or_404(CafeNote.objects.select_related("table"), table__event=event, pk=number)
    note.table.event = event
    return note
