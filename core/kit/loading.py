"""Rows become objects a hundred at a time, on every list."""

from collections.abc import Collection
from typing import Any, Self

from django.db.models import Model
from django.db.models.base import ModelState


class Loaded(Model):
    """A row that is read is taken as it is. Django would go through its fields one by one as if somebody made it, and
    tell two signals, which takes three times as long; nobody listens to them (`tests/core/kit/test_loading.py`)."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_how: Any) -> Self:
        row = cls.__new__(cls)
        state = ModelState()
        state.adding, state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))
        row._state = state
        return row
