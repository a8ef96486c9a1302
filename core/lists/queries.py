"""Kept filters: asked for on every list, changed seldom."""

from typing import TYPE_CHECKING

from core.kit import page_cache
from core.lists.models import SavedView

if TYPE_CHECKING:
    from core.people.models import User

VIEWS_OF = "views:%d"  # of a person


def views_of(person: "User", path: str) -> list[SavedView]:
    found = page_cache.taken(VIEWS_OF % person.pk, "all", lambda: list(SavedView.objects.filter(person=person)))
    return [view for view in found if view.path == path]
