"""How forms look: one template per field (`templates/ui/`)."""

import re
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import get_language


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
    german = (get_language() or "en").startswith("de")
    group, point = (".", ",") if german else (",", ".")
    if re.fullmatch(rf"[+-]?\d{{1,3}}(\{group}\d{{3}})+(\{point}\d*)?", text):
        text = text.replace(group, "")
    return text.replace(",", ".") if german or (text.count(",") == 1 and "." not in text) else text
