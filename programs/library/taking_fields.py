"""A template's own fields of items come into the program with it, and go with it as long as nobody has used them."""

from typing import TYPE_CHECKING, Any

from programs.checklists import own_fields
from programs.checklists.models import Item
from programs.checklists.models_fields import ItemField
from programs.checklists.models_uses import TemplateUse
from programs.library.shape import Content
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def new_fields(program: Program, content: Content) -> list[Content]:
    """Those of the template that the program does not have: the same key and the same kind is the same field."""
    there = {(field.key, field.kind) for field in own_fields.fields_of(program)}
    return [row for row in content.get("fields", []) if (own_fields.plain_key(row["key"]), row["kind"]) not in there]


def take_fields(program: Program, content: Content, *, by: "User") -> tuple[dict[str, str], list[int]]:
    """By the key in the template the one in the program, and which fields were made. Where a program has as many as
    there may be, the rest is left out, with what the template says in it."""
    missing = {row["key"] for row in new_fields(program, content)}
    known, made = {}, []
    for row in content.get("fields", []):
        if row["key"] not in missing:
            known[row["key"]] = own_fields.plain_key(row["key"])
            continue
        try:
            field = own_fields.add_field(
                program,
                title=row["name"],
                kind=row["kind"],
                choices=row["choices"],
                is_column=row["column"],
                key=row["key"],
                by=by,
            )
        except own_fields.TooManyFields:
            break
        known[row["key"]] = field.key
        made.append(field.pk)
    return known, made


def values_of(row: Content, known: dict[str, str]) -> dict[str, Any]:
    return {known[key]: value for key, value in row.get("values", {}).items() if key in known}


def untake_fields(use: TemplateUse, *, by: "User") -> int:
    """Those in which nothing stands. How many went."""
    fields = ItemField.objects.present().filter(program=use.program_id, pk__in=use.fields)
    unused = [
        field
        for field in fields
        if not Item.objects.present().filter(program=use.program_id, values__has_key=field.key).exists()
    ]
    for field in unused:
        own_fields.delete_field(field, by=by)
    return len(unused)
