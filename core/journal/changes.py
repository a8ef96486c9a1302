"""What something was and what it becomes, for the journal: asked before it is saved, read by its field's words.

An entry holds `changes={"programs.item.due_on": [before, after]}`. Who or what a field points to stands there by its
number, so that it has the name of now, or none, when the log is read. Of a field that holds what is personal, e.g.
somebody's phone number, the entry says that it changed and not to what.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db.models import Field, Model

from core.kit.words import Words, written

LONGEST = 160  # of a text: the part that changed, with a little around it
AROUND = 24

Pair = list[Any]  # [before, after]; None where what stood there is nobody's business
Changes = dict[str, Pair | None]


def key_of(model: type[Model], name: str) -> str:
    return f"{model._meta.label_lower}.{name}"


def changes_of(row: Model, names: Iterable[str], *, unsaid: Collection[str] = ()) -> Changes:
    """Which of these fields hold something else than what is stored, each with both values."""
    fields: list[Field[Any, Any]] = [row._meta.get_field(name.removesuffix("_id")) for name in names]  # type: ignore[misc]
    columns = [field.attname for field in fields]
    stored = type(row)._base_manager.filter(pk=row.pk).values(*columns).first() if columns else None
    found: Changes = {}
    if stored is None:
        return found
    for field in fields:
        before, after = _raw(stored[field.attname]), _raw(getattr(row, field.attname))
        if not field.is_relation:
            after = _raw(field.to_python(after))
        if before != after:
            found[key_of(type(row), field.name)] = None if field.name in unsaid else pair(before, after)
    return found


def pair(before: Any, after: Any) -> Pair:
    """Both as the journal stores them."""
    if isinstance(before, str) and isinstance(after, str):
        return list(_cropped(before, after))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        both: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        for name in [*before, *(name for name in after if name not in before)]:
            one, other = pair(before.get(name, ""), after.get(name, ""))
            both[0].update({name: one} if one else {})
            both[1].update({name: other} if other else {})
        return list(both)
    return [_plain(before), _plain(after)]


def _raw(value: Any) -> Any:
    return written(value) if isinstance(value, Words) else value


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, date | time | Decimal) else value


def _cropped(before: str, after: str) -> tuple[str, str]:
    """Of long texts the place where they begin to differ."""
    one, other = " ".join(before.split()), " ".join(after.split())
    if max(len(one), len(other)) <= LONGEST:
        return one, other
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, same - AROUND)
    return _part(one, start), _part(other, start)


def _part(text: str, start: int) -> str:
    if not text:
        return ""
    cut = text[start : start + LONGEST]
    return ("…" if start else "") + cut + ("…" if start + LONGEST < len(text) else "")


def came(row: Model, name: str) -> Changes:
    """It was not there before: what it is called stands where something is, and nothing stood."""
    return {key_of(type(row), name): pair("", str(getattr(row, name)))}


def went(row: Model, name: str) -> Changes:
    return {key_of(type(row), name): pair(str(getattr(row, name)), "")}
