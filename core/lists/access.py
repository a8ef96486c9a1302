"""Kept filters are their owner's alone."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from core.kit import page_cache
from core.lists.models import SavedView

if TYPE_CHECKING:
    from core.people.models import User

VIEWS_OF = "views:%d"  # of a person


def views_of(person: "User", path: str) -> list[SavedView]:
    """Asked for on every list, changed seldom."""
    found = page_cache.taken(VIEWS_OF % person.pk, "all", lambda: list(SavedView.objects.filter(person=person)))
    return [view for view in found if view.path == path]


def get_view(person: "User", pk: int) -> SavedView:
    """Somebody else's does not exist here."""
    return get_object_or_404(SavedView, pk=pk, person=person)
