"""A long form in parts: what everybody fills in stands open, the rest is folded and says what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Begins:
    """Said at a field: here a part begins that stands folded until somebody wants it."""

    title: str | Promise
    note: str | Promise


@dataclass(slots=True)
class Part:
    begins: Begins | None
    fields: list[BoundField] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """What needs mending is never folded away."""
        return any(each.errors for each in self.fields)


def begin(form: BaseForm, parts: dict[str, Begins]) -> None:
    """Which part begins with which field."""
    for name, begins in parts.items():
        at: Any = form.fields[name]
        at.begins = begins


def parts_of(form: BaseForm) -> Sequence[Part]:
    """The visible fields in their parts; a form without any is one part."""
    parts = [Part(None)]
    for each in form.visible_fields():
        begins = getattr(each.field, "begins", None)
        if begins is not None:
            parts.append(Part(begins))
        parts[-1].fields.append(each)
    return parts
