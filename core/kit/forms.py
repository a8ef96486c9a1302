"""How forms look, one template per field (`templates/ui/`), and what every form asks of what is typed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.kit import cldr
from core.kit.characters import validate_one_line, validate_text, validate_visible

EARLIEST, LATEST = 1990, 2100  # years of anything that a program deals with

# What several forms say, in one wording.
FILE_EMPTY = gettext_lazy("The file is empty. Please save it again and choose that copy.")
LINK_HELP = gettext_lazy("An address that starts with https://")
LINK_ERROR = gettext_lazy("The address must start with https://.")
ENDS_EARLY = gettext_lazy("The end must be after the start.")
LAST_DAY_EARLY = gettext_lazy("The last day must not be before the first day.")
DJANGO_EMPTY = forms.FileField.default_error_messages["empty"]


class FormRenderer(TemplatesSetting):
    field_template_name = "ui/_field.html"


class DayInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NumberField(forms.DecimalField):
    """A number as people type it: 300.000 and 300.000,5 in German, 300,000 and 300,000.5 in English, with or without
    spaces. What could be read in two ways is read as the language of the page writes it."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = _typed(value)
        return super().to_python(value)


def _typed(text: str) -> str:
    text = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    group, point = cldr.group_mark(), cldr.decimal_mark()
    if re.fullmatch(rf"[+-]?\d{{1,3}}({re.escape(group)}\d{{3}})+({re.escape(point)}\d*)?", text):
        text = text.replace(group, "")
    return text.replace(",", ".") if point == "," or (text.count(",") == 1 and "." not in text) else text


def validate_within_reason(day: date) -> None:
    """A day on which something of a program can be: arithmetic with the first or the last years breaks the calendar."""
    if not EARLIEST <= day.year <= LATEST:
        raise ValidationError(
            _("Please choose a day between %(first)s and %(last)s."),
            code="unreasonable",
            params={"first": EARLIEST, "last": LATEST},
        )


class DayField(forms.DateField):
    """A day, with the browser's own field."""

    widget = DayInput


DASHES, NONE = "---------", "–"  # Django's words for an empty choice, and ours


def _asks_for(field: forms.Field) -> list[Any]:
    """What is asked of every field of its kind. A password may hold whatever somebody can type."""
    if isinstance(field, (forms.DateField, forms.DateTimeField)):
        return [validate_within_reason]
    if not isinstance(field, forms.CharField) or isinstance(field, (forms.UUIDField, forms.JSONField)):
        return []
    if isinstance(field.widget, forms.PasswordInput):
        return []
    return [validate_text] if isinstance(field.widget, forms.Textarea) else [validate_one_line]


class Careful:
    """Whatever is typed: a line is one line, a text is visible, a day is within reason."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **more: Any) -> None:
        """A text that is too long is said to be: a browser would cut what is pasted, without a word."""
        super().__init__(*args, **more)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.pop("maxlength", None)
            if isinstance(field, forms.FileField) and field.error_messages["empty"] == DJANGO_EMPTY:
                field.error_messages["empty"] = FILE_EMPTY  # Django says that it is, not what to do
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = NONE

    def full_clean(self) -> None:
        for field in self.fields.values():
            asked = _asks_for(field)
            if validate_text in asked:  # it looks for what is hidden too: said once
                field.validators = [each for each in field.validators if each is not validate_visible]
            field.validators += [each for each in asked if each not in field.validators]
        super().full_clean()  # type: ignore[misc]  # of Django's forms, which follow


# said beside a list from which several can be chosen at once
SEVERAL = gettext_lazy("To choose several on a computer, hold Ctrl or ⌘.")


class Form(Careful, forms.Form):
    pass


class ModelForm(Careful, forms.ModelForm):  # type: ignore[type-arg]  # Django knows no arguments of it at run time
    pass
