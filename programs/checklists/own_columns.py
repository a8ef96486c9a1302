"""A program's own fields in its list of items: columns, and filters."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from core.lists.declared import Bulk, Column, Filter
from programs.checklists import own_fields
from programs.checklists.forms_fields import FILLS, FillForm
from programs.checklists.models_fields import ItemField

FILLED, EMPTY = "~filled", "~empty"


def columns(fields: Sequence[ItemField]) -> list[Column]:
    """Every field is in the file; on the page only those that were chosen for it."""
    shown = own_fields.columns_of(fields)
    return [
        Column(
            name=f"own-{field.key}",
            label=field.title,
            order=(f"values__{field.key}", "due_on") if field in shown else (),
            value=lambda row, field=field: own_fields.typed(field, row.item.values.get(field.key)),  # type: ignore[misc]
            is_number=field.kind == ItemField.Kind.NUMBER,
            is_only_in_file=field not in shown,
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


def bulk(fields: Sequence[ItemField]) -> list[Bulk]:
    """One button of the bar; with several fields, each opens under it."""
    form, ask = FillForm(fields=fields), _("The same for all of them. Left empty, the field is emptied.")
    each = [(f"{FILLS}{field.key}", field.title) for field in fields]
    if len(each) == 1:
        name, label = each[0]
        return [Bulk(name=name, label=label, icon="pencil", key="f", fields=(form[name],), submit=_("Set"), ask=ask)]
    parts = [Bulk(name=name, label=label, icon="", fields=(form[name],), submit=_("Set")) for name, label in each]
    return [Bulk(name="own", label=_("Own field"), icon="pencil", key="f", ask=ask, parts=tuple(parts))] if each else []


def _narrowed(items: Any, key: str, value: str) -> Any:
    if value == EMPTY:
        return items.exclude(values__has_key=key)
    return items.filter(values__has_key=key) if value == FILLED else items.filter(values__contains={key: value})
