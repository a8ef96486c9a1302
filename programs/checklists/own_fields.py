"""Fields that a program adds to its items: text, number, date or one of several words."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from core.kit.languages import in_language
from core.kit.templatetags.ui import day as as_day
from core.kit.templatetags.ui import number
from programs.checklists.models import Item
from programs.checklists.models_fields import ItemField
from programs.checklists.verbs import ChecklistsVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST_OWN_FIELDS = 12  # of a program: more make a form that nobody fills in
MOST_OWN_COLUMNS = 4  # of the list: with more, no title can be read
LONGEST, LONGEST_KEY = 200, 40

Values = dict[str, Any]  # by key; a number as one, a day as 2026-11-30


class TooManyFields(Exception):
    """The program has as many as there may be."""


def fields_of(program: Program) -> list[ItemField]:
    return list(ItemField.objects.present().filter(program=program))


def fields_known(program: Program) -> list[ItemField]:
    """The same for lists, kept until something of the program changes."""
    return page_cache.taken(f"program:{program.pk}", "item-fields", lambda: fields_of(program))


def columns_of(fields: Sequence[ItemField]) -> list[ItemField]:
    """Those the list shows: the first four that were chosen for it."""
    return [field for field in fields if field.is_column][:MOST_OWN_COLUMNS]


def shown_of(item: Item, fields: Sequence[ItemField]) -> list[tuple[ItemField, str]]:
    """Each field with what stands in it, as people read it."""
    return [(field, in_words(field, item.values.get(field.key))) for field in fields]


def in_words(field: ItemField, value: Any) -> str:
    value = typed(field, value)
    if value is None:
        return ""
    if field.kind == ItemField.Kind.DATE:
        return as_day(value)
    if field.kind == ItemField.Kind.NUMBER:
        return number(value, 0 if value == value.to_integral_value() else 2)
    return str(value)


def typed(field: ItemField, value: Any) -> Any:
    """As its kind has it; nothing where it is empty, or fits the kind no more."""
    if value in (None, ""):
        return None
    with suppress(ValueError, InvalidOperation, TypeError):
        if field.kind == ItemField.Kind.DATE:
            return date.fromisoformat(value)
        if field.kind == ItemField.Kind.NUMBER:
            return Decimal(str(value))
        return str(value)
    return None


def stored(value: Any) -> Any:
    """As the item keeps it: something that JSON knows and the database sorts by."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def plain_key(wanted: str) -> str:
    """Small letters, digits and hyphens, a letter first: it is in addresses, and the database sorts by it."""
    return re.sub(r"^[^a-z]+", "", wanted.lower().replace("_", "-"))[:LONGEST_KEY] or "field"


def free_key(program: Program, wanted: str) -> str:
    """One that no other field has or had: else what stood in a removed one would be in this one."""
    taken = set(ItemField.objects.filter(program=program).values_list("key", flat=True))
    base = plain_key(wanted)
    key, turn = base, 1
    while key in taken:
        turn += 1
        key = f"{base[: LONGEST_KEY - 3]}-{turn}"
    return key


def _require_room(program_id: int) -> None:
    Program.objects.select_for_update().get(pk=program_id)
    if ItemField.objects.present().filter(program=program_id).count() >= MOST_OWN_FIELDS:
        raise TooManyFields


@transaction.atomic
def add_field(
    program: Program,
    *,
    title: Mapping[str, str],
    kind: str,
    by: "User",
    choices: Sequence[str] = (),
    is_column: bool = False,
    key: str = "",
) -> ItemField:
    """Raises TooManyFields."""
    _require_room(program.pk)
    key = free_key(program, key or slugify(in_language(title, "en")))
    field = ItemField.objects.create(
        program=program, title=title, kind=kind, choices=list(choices), is_column=is_column, key=key
    )
    return _noted(ChecklistsVerb.FIELD_ADDED, field, by)


@transaction.atomic
def edit_field(field: ItemField, *, by: "User", **changes: Any) -> ItemField:
    """Other words, other choices. Its kind stays: what was entered would no longer fit."""
    field = ItemField.objects.select_for_update().get(pk=field.pk)
    for name, value in changes.items():
        setattr(field, name, value)
    if changed := changes_of(field, changes):
        field.save(update_fields=[*changes])
        _noted(ChecklistsVerb.FIELD_CHANGED, field, by, changes=changed)
    return field


@transaction.atomic
def delete_field(field: ItemField, *, by: "User") -> ItemField:
    """Gone from items and list; what was entered is kept with the items for 30 days."""
    field.put_away()
    return _noted(ChecklistsVerb.FIELD_DELETED, field, by)


@transaction.atomic
def restore_field(field: ItemField, *, by: "User") -> ItemField:
    """Raises TooManyFields: others were added meanwhile."""
    if field.deleted_at is not None:
        _require_room(field.program_id)
    field.take_back()
    return _noted(ChecklistsVerb.FIELD_RESTORED, field, by)


def _noted(verb: ChecklistsVerb, field: ItemField, by: "User", **data: Any) -> ItemField:
    journal.record(verb, field, by=by, **data)
    page_cache.changed(field.program_id)
    return field


@transaction.atomic
def forget_values(fields: Sequence[int]) -> int:
    """The fields go for good, and what was entered into them does too."""
    count = 0
    for field in ItemField.objects.filter(pk__in=fields):
        rows = Item.objects.filter(program=field.program_id, values__has_key=field.key)
        for item in rows.select_for_update(of=("self",)).only("values"):
            del item.values[field.key]
            item.save(update_fields=["values"])
            count += 1
    return count
