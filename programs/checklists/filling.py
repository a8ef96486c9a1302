"""What is entered into own fields, of one item or of several in one go, so that it can be taken back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction

from core.journal import services as journal
from core.journal.changes import Changes, key_of, pair
from core.kit import page_cache
from programs.checklists.models import Batch, Item
from programs.checklists.models_fields import ItemField
from programs.checklists.own_fields import Values, fields_of, shown_of, stored
from programs.checklists.verbs import ChecklistsVerb
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

OWN = "own:"  # a batch keeps an own field under this and its key


@transaction.atomic
def fill_items(program: Program, items: Iterable[Item], *, values: Values, by: "User") -> Batch:
    """The same in these fields of all of them; others, also removed ones, keep what they have. What already is so
    stays untouched. Returns what was before."""
    fields = [field for field in fields_of(program) if field.key in values]
    wanted = {field.key: stored(values[field.key]) for field in fields}
    there = Item.objects.present().filter(program=program, pk__in=[item.pk for item in items])
    before: dict[str, dict[str, list[Any]]] = {}
    for item in there.select_for_update(of=("self",)).order_by("pk"):
        old, was = dict(item.values), told_of(item, fields)
        put(item, wanted)
        if was == (now := told_of(item, fields)):
            continue
        item.save(update_fields=["values"])
        pairs = {key: [old.get(key), item.values.get(key)] for key in wanted}
        before[str(item.pk)] = {f"{OWN}{key}": each for key, each in pairs.items() if each[0] != each[1]}
        journal.record(ChecklistsVerb.ITEM_CHANGED, item, by=by, changes=swapped(was, now))
    page_cache.changed(program.pk)
    return Batch.objects.create(program=program, by=by, before=before)


def put(item: Item, values: Mapping[str, Any]) -> None:
    """Under their keys, as the item keeps them; nothing leaves nothing behind."""
    item.values = {key: value for key, value in (item.values | dict(values)).items() if value not in (None, "")}


def told_of(item: Item, fields: Sequence[ItemField]) -> str:
    """What stands in these fields, for the journal."""
    return "; ".join(f"{field}: {words}" for field, words in shown_of(item, fields) if words)


def swapped(before: str, after: str) -> Changes:
    return {key_of(Item, "values"): pair(before, after)}
