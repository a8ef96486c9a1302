from typing import Any

from django import forms
from django.forms import formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.kit.forms import LINK_ERROR, LINK_HELP, Form
from core.kit.languages import codes, localised
from core.kit.word_fields import WordsFormField
from programs.checklists.models import AskEvery
from programs.library import shape
from programs.library.shape import Content

BLANK_ROWS = 3


class Versioned(Form):
    """Knows which version it has shown."""

    based_on = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


class HeadForm(Versioned):
    """What a template is called, what it is for, where it comes from."""

    name = WordsFormField(label=_("Title"), max_length=shape.LONGEST_TITLE)
    about = WordsFormField(label=_("What it is for"), required=False, rows=3, max_length=shape.LONGEST_TEXT)
    attribution = WordsFormField(
        label=_("Attribution"),
        required=False,
        rows=2,
        max_length=shape.LONGEST_TEXT,
        help_text=_("Who it comes from. It stays with the template when it is copied or exported."),
    )
    licence = forms.CharField(label=_("Licence"), required=False, max_length=shape.LONGEST_LINE)
    source = forms.URLField(
        label=_("Source"), required=False, max_length=shape.LONGEST_LINE, assume_scheme="https", help_text=LINK_HELP
    )

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        if source and not source.startswith("https://"):
            raise forms.ValidationError(LINK_ERROR)
        return source

    def changed(self, content: Content) -> Content:
        said = {name: value for name, value in self.cleaned_data.items() if name != "based_on"}
        return content | said


class PartForm(Versioned):
    """A phase of a template, found by its key."""

    name = WordsFormField(label=_("Title"), max_length=shape.LONGEST_TITLE)
    aim = WordsFormField(label=_("Aim"), required=False, rows=2, max_length=shape.LONGEST_TEXT)
    first_week = forms.IntegerField(
        label=_("Starts in week"),
        min_value=1,
        max_value=shape.MOST_WEEKS,
        help_text=_("Week 1 is the first week of the template."),
    )
    weeks = forms.IntegerField(label=_("Length in weeks"), min_value=1, max_value=shape.MOST_WEEKS)
    key = forms.SlugField(required=False, max_length=shape.LONGEST_KEY, widget=forms.HiddenInput)


class PlanItemForm(Form):
    """A row of a checklist; one without a title is none."""

    title = WordsFormField(
        label=_("Title"), required=False, max_length=shape.LONGEST_TITLE, help_text=_("Leave it empty to remove it.")
    )
    hint = WordsFormField(label=_("Hint"), required=False, rows=2, max_length=shape.LONGEST_TEXT, help_text=" ")
    must = forms.BooleanField(label=_("Required"), required=False, initial=True)
    due_week = forms.IntegerField(
        label=_("Due in week"), required=False, min_value=1, max_value=shape.MOST_WEEKS, help_text=_("of the phase")
    )
    ask_every = forms.TypedChoiceField(
        label=_("Ask again how well it works"), choices=AskEvery, coerce=lambda value: int(value or 0), required=False
    )
    key = forms.SlugField(required=False, max_length=shape.LONGEST_KEY, widget=forms.HiddenInput)

    @property
    def name_now(self) -> str:
        """As it is typed, where it was sent."""
        if self.is_bound:
            return localised({code: self.data.get(self.add_prefix(f"title_{code}"), "") for code in codes()})
        return localised(self.initial.get("title", {}))


Rows = formset_factory(PlanItemForm, extra=BLANK_ROWS, max_num=shape.MOST_ITEMS, absolute_max=shape.MOST_ITEMS)


def item_rows(data: Any, part: Content | None) -> Any:
    return Rows(data, initial=part["items"] if part else [], prefix="items")


def moved_rows(data: QueryDict) -> QueryDict | None:
    """What was sent, with one row in the place of its neighbour; nothing when no row was to be moved, or none can be.
    A button says `2:up` or `2:down`."""
    place, _colon, way = data.get("move", "").partition(":")
    total = data.get("items-TOTAL_FORMS", "")
    if way not in ("up", "down") or not (_is_small(place) and _is_small(total)):
        return None
    row = int(place)
    other = row + (-1 if way == "up" else 1)
    if not 0 <= min(row, other) <= max(row, other) < int(total):
        return None
    swapped = {f"items-{row}-": f"items-{other}-", f"items-{other}-": f"items-{row}-"}
    made = QueryDict(mutable=True)
    for name, values in data.lists():
        begins = next((begins for begins in swapped if name.startswith(begins)), "")
        made.setlist(swapped[begins] + name[len(begins) :] if begins else name, values)
    return made


def _is_small(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 4
