"""A program's own fields in its list of items: columns, and filters."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.lists.declared import Column, Filter
from programs.checklists import own_fields
from programs.checklists.models_fields import ItemField

FILLED, EMPTY = "~filled", "~empty"


def columns(fields: Sequence[ItemField]) -> list[Column]:
    """Every field is in the file; on the page only those that were chosen for it."""
    return [
        Column(
            name=f"own-{field.key}",
            label=field.title,
            order=(f"values__{field.key}", "due_on") if field.is_column else (),
            value=lambda row, field=field: own_fields.typed(field, row.item.values.get(field.key)),  # type: ignore[misc]
            is_number=field.kind == ItemField.Kind.NUMBER,
            is_only_in_file=not field.is_column,
        )
        for field in fields
    ]


def filters(fields: Sequence[ItemField]) -> list[Filter]:
    return [
        Filter(
            name=f"own-{field.key}",
            label=field.title,
            choices=(
                ("", _("all")),
                *((each, each) for each in field.choices),
                *(() if field.choices else ((FILLED, _("filled in")),)),
                (EMPTY, _("empty")),
            ),
            narrow=lambda items, value, key=field.key: _narrowed(items, key, value),  # type: ignore[misc]
        )
        for field in fields
    ]


def _narrowed(items: Any, key: str, value: str) -> Any:
    if value == EMPTY:
        return items.exclude(values__has_key=key)
    return items.filter(values__has_key=key) if value == FILLED else items.filter(values__contains={key: value})
