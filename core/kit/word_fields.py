"""A text in languages in a form: one input for each language of the site, the reader's own first."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.kit import languages
from core.kit.characters import validate_one_line, validate_visible


class WordsInput(forms.Widget):
    """An input for each language; `rows` makes it a text of several lines. Names end in the language: `title_de`."""

    template_name = "ui/_words.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 0) -> None:
        super().__init__(attrs)
        self.rows = rows

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shared, texts = context["widget"]["attrs"], texts_of(value)
        one: forms.Widget = forms.Textarea(attrs={"rows": self.rows}) if self.rows else forms.TextInput()
        context["widget"]["inputs"] = [
            one.get_context(
                f"{name}_{code}", texts.get(code), shared | {"id": self.id_for(shared.get("id"), code), "lang": code}
            )["widget"]
            | {"language": languages.name_of(code)}
            for code in languages.own_first(languages.codes())
        ]
        return context

    def id_for(self, id_: Any, code: str) -> str:
        return f"{id_}_{code}" if id_ else ""

    def id_for_label(self, id_: str) -> str:
        return self.id_for(id_, languages.current())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {code: data[key] for code in languages.codes() if (key := f"{name}_{code}") in data}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_{code}" in data for code in languages.codes())

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # one language is enough


class WordsFormField(forms.Field):
    """Required means: in one language at least. What is wrong is said with its language."""

    widget = WordsInput
    default_error_messages = {"required": _("Please write it in at least one language.")}  # noqa: RUF012 - Django's way

    def __init__(self, *, max_length: int | None = None, rows: int = 0, **options: Any) -> None:
        options.setdefault("widget", WordsInput(rows=rows))
        if not options.get("help_text"):
            options["help_text"] = _("One language is enough; people who read another language will see this text.")
        super().__init__(**options)
        careful = validate_visible if getattr(self.widget, "rows", 0) else validate_one_line
        self.one = forms.CharField(required=False, max_length=max_length, validators=[careful])

    def to_python(self, value: Any) -> dict[str, str]:
        texts, wrong = {}, []
        for code, text in texts_of(value).items():
            try:
                texts[code] = self.one.clean(text)
            except ValidationError as error:
                wrong += [f"{languages.name_of(code)}: {message}" for message in error.messages]
        if wrong:
            raise ValidationError(wrong)
        return {code: text for code, text in texts.items() if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return texts_of(initial) != {code: text for code, text in texts_of(data).items() if text}


def texts_of(value: Any) -> dict[str, str]:
    return dict(getattr(value, "texts", value) or {})
