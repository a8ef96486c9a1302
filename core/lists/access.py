"""Kept filters are their owner's alone."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from core.kit import shelf
from core.lists.models import SavedView

if TYPE_CHECKING:
    from core.people.models import User


def views_of(person: "User", path: str) -> list[SavedView]:
    """Asked for on every list, changed seldom."""
    found = shelf.taken(shelf_of(person.pk), "all", lambda: list(SavedView.objects.filter(person=person)))
    return [view for view in found if view.path == path]


def shelf_of(person_id: int) -> str:
    return f"views:{person_id}"


def get_view(person: "User", pk: int) -> SavedView:
    """Somebody else's does not exist here."""
    return get_object_or_404(SavedView, pk=pk, person=person)
