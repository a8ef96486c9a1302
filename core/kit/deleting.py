"""What is deleted is out of sight at once, comes back with one click, and goes for good when its time is over.

A model is `Deletable` and its manager `DeletableQuerySet`; the services put away and take back; the view says so with
`toast(request, ..., undo=address)`; the room lists a `Purge` under `Room.retention`. A house test holds them together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.kit.loading import Loaded

KEPT = timedelta(days=30)  # as long a deletion can be taken back, unless a room says otherwise

AnyRow = TypeVar("AnyRow", bound=models.Model)


class DeletableQuerySet(models.QuerySet[AnyRow]):
    def present(self) -> Self:
        return self.filter(deleted_at=None)

    def put_away(self) -> Self:
        return self.exclude(deleted_at=None)


class Deletable(Loaded):
    """A row that can be deleted and taken back."""

    deleted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def put_away(self, **also: Any) -> None:
        """Out of sight from now on; `also` holds other fields that change with it, such as who did it."""
        self._turn(deleted_at=timezone.now(), **also)

    def take_back(self, **also: Any) -> None:
        self._turn(deleted_at=None, **also)

    def _turn(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        automatic = [field.name for field in self._meta.concrete_fields if getattr(field, "auto_now", False)]
        self.save(update_fields=[*values, *automatic])


@dataclass(frozen=True)
class Purge:
    """Removes for good what was put away long enough ago. `along` is handed the keys first, for what no foreign key
    leads to: files, comments. `but` leaves out what must stay, such as what holds something of somebody else. Safe to
    run twice."""

    model: type[Deletable]
    kept: timedelta = KEPT
    along: Callable[[Sequence[Any]], int] | None = None
    but: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None

    @property
    def name(self) -> str:
        return f"purge.{self.model._meta.label_lower}"

    @transaction.atomic
    def __call__(self) -> int:
        rows = self.model._base_manager.filter(deleted_at__lt=timezone.now() - self.kept)
        doomed = list((self.but(rows) if self.but else rows).values_list("pk", flat=True))
        along = self.along(doomed) if doomed and self.along else 0
        return along + self.model._base_manager.filter(pk__in=doomed).delete()[0]
