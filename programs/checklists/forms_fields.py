"""Fields of one's own: what they are, and what is entered into them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, Form, NumberField
from core.kit.word_fields import WordsFormField
from programs.checklists import own_fields
from programs.checklists.models import Item
from programs.checklists.models_fields import ItemField

MOST_CHOICES, LONGEST_CHOICE = 30, 80
FILLS = "own_"  # a button of the bar, and its field, before the key


class FieldForm(SharedForm):
    """A field of one's own. Its kind is chosen once."""

    title = WordsFormField(label=_("Title"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemField.Kind, widget=forms.RadioSelect, initial="text")
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One per line. Only for a field with choices."),
    )
    is_column = forms.BooleanField(
        label=_("Show it as a column of the list"),
        required=False,
        help_text=_("The list has room for four columns of your own; the first four are shown."),
    )

    def __init__(self, *args: Any, field: ItemField | None = None, **more: Any) -> None:
        if field:
            more["initial"] = {
                "title": field.title, "choices": "\n".join(field.choices), "is_column": field.is_column,
            }  # fmt: skip
        super().__init__(*args, **more)
        self.kind_now = field.kind if field else ""
        if field:
            del self.fields["kind"]
            if field.kind != ItemField.Kind.CHOICE:
                del self.fields["choices"]
            self.remember()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (self.kind_now or cleaned.get("kind")) != ItemField.Kind.CHOICE:
            cleaned.pop("choices", None)
            return cleaned
        lines = [" ".join(line.split()) for line in cleaned.get("choices", "").splitlines()]
        cleaned["choices"] = chosen = list(dict.fromkeys(line for line in lines if line))
        if not chosen:
            self.add_error("choices", _("Please write at least one choice."))
        elif len(chosen) > MOST_CHOICES or any(len(line) > LONGEST_CHOICE for line in chosen):
            told = _("At most %(most)s choices of %(longest)s characters each.")
            self.add_error("choices", told % {"most": MOST_CHOICES, "longest": LONGEST_CHOICE})
        return cleaned


class ValuesForm(SharedForm):
    """What stands in an item's own fields."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, item: Item, fields: list[ItemField]) -> None:
        super().__init__(data)
        self.fields |= {f"own_{field.key}": _asked(field, item.values.get(field.key)) for field in fields}
        self.remember()

    @property
    def values(self) -> dict[str, Any]:
        """What this person changed: the rest may be somebody else's, who saves at this moment."""
        return {name.removeprefix("own_"): value for name, value in self.changes().items()}


class FillForm(Form):
    """One own field for several items; left empty, it takes away what stands there."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, fields: Iterable[ItemField]) -> None:
        super().__init__(data, auto_id="bulk_%s")
        self.fields |= {f"{FILLS}{field.key}": _asked(field, None) for field in fields}

    @classmethod
    def pressed(cls, data: Mapping[str, Any], fields: Iterable[ItemField]) -> "FillForm | None":
        """With the field alone whose button was pressed; nothing for other buttons."""
        key = str(data.get("do", "")).partition(FILLS)[2]
        return next((cls(data, fields=[field]) for field in fields if field.key == key), None)

    @property
    def values(self) -> dict[str, Any]:
        return {name.removeprefix(FILLS): value for name, value in self.cleaned_data.items()}


def _asked(field: ItemField, value: Any) -> forms.Field:
    now = own_fields.typed(field, value)
    asked: dict[str, Any] = {"label": str(field.title), "required": False, "initial": now}
    match field.kind:
        case ItemField.Kind.DATE:
            return DayField(**asked)
        case ItemField.Kind.NUMBER:
            return NumberField(max_digits=14, decimal_places=2, **asked)
        case ItemField.Kind.CHOICE:
            known = [*field.choices, *([now] if now and now not in field.choices else [])]
            return forms.ChoiceField(choices=[("", "–"), *((each, each) for each in known)], **asked)
    return forms.CharField(max_length=own_fields.LONGEST, **asked)
