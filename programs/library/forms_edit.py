from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form
from core.kit.languages import localised
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
        label=_("Source"), required=False, max_length=shape.LONGEST_LINE, assume_scheme="https", help_text="https://…"
    )

    def clean_source(self) -> str:
        source: str = self.cleaned_data["source"]
        if source and not source.startswith("https://"):
            raise forms.ValidationError(_("An address begins with “https://” and has no spaces."))
        return source

    def changed(self, content: Content) -> Content:
        said = {name: value for name, value in self.cleaned_data.items() if name != "based_on"}
        return content | said


class PartForm(Versioned):
    """A phase of a template, found by its key."""

    name = WordsFormField(label=_("Title"), max_length=shape.LONGEST_TITLE)
    aim = WordsFormField(label=_("Aim"), required=False, rows=2, max_length=shape.LONGEST_TEXT)
    first_week = forms.IntegerField(
        label=_("Starts in week"), min_value=1, max_value=shape.MOST_WEEKS, help_text=_("Week 1 begins the template.")
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
        return localised(self.initial.get("title", {}))


Rows = formset_factory(PlanItemForm, extra=BLANK_ROWS, max_num=shape.MOST_ITEMS, absolute_max=shape.MOST_ITEMS)


def item_rows(data: Any, part: Content | None) -> Any:
    return Rows(data, initial=part["items"] if part else [], prefix="items")
