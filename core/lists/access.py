"""Kept filters are their owner's alone."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from core.lists.models import SavedView

if TYPE_CHECKING:
    from core.people.models import User


def get_view(user: "User", pk: int) -> SavedView:
    """Somebody else's does not exist here."""
    return get_object_or_404(SavedView, pk=pk, person=user)
