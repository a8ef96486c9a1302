"""Keeping filters. Not in the journal: how somebody looks at a list is nobody's business."""

from typing import TYPE_CHECKING

from django.db import transaction

from core.kit import page_cache
from core.lists.models import SavedView
from core.lists.queries import VIEWS_OF

if TYPE_CHECKING:
    from core.people.models import User

MOST = 12  # of one person on one page; the oldest makes room


@transaction.atomic
def save_view(person: "User", *, path: str, query: str, name: str) -> SavedView:
    """The same name again replaces what was kept under it."""
    view, _is_new = SavedView.objects.update_or_create(person=person, path=path, name=name, defaults={"query": query})
    spare = SavedView.objects.filter(person=person, path=path).order_by("-saved_at", "-pk").values_list("pk", flat=True)
    SavedView.objects.filter(pk__in=list(spare[MOST:])).delete()
    _changed(person.pk)
    return view


@transaction.atomic
def delete_view(view: SavedView) -> None:
    view.delete()
    _changed(view.person_id)


def forget_person(user: "User") -> int:
    """Kept views end with the account."""
    _changed(user.pk)
    return SavedView.objects.filter(person=user).delete()[0]


def _changed(person_id: int) -> None:
    transaction.on_commit(lambda: page_cache.clear(VIEWS_OF % person_id), robust=True)
