from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.kit.forms import DayField, Form
from core.kit.word_fields import WordsFormField
from programs.library import reading, safe_yaml, shape
from programs.library.opened import Opened
from programs.library.safe_yaml import BadFile
from programs.library.shape import Content
from programs.phases.models import Phase

NEW = "new"


class SaveForm(Form):
    """A program's phases as a template."""

    name = WordsFormField(label=_("Title"), max_length=shape.LONGEST_TITLE)
    about = WordsFormField(label=_("What it is for"), required=False, rows=2, max_length=shape.LONGEST_TEXT)
    phases = forms.ModelMultipleChoiceField(
        queryset=Phase.objects.none(),
        label=_("Phases"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("With their checklists and dates. Without any, you start with an empty phase."),
    )

    def __init__(self, *args: Any, phases: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["phases"].queryset = phases  # type: ignore[attr-defined]
        self.fields["phases"].label_from_instance = lambda phase: f"{phase.position} {phase.title}"  # type: ignore[attr-defined]


class TakeForm(Form):
    """Which phases, into what, from when on. Without a word of it all of them, as new phases."""

    into = forms.ChoiceField(label=_("Add as"))
    start_on = DayField(
        label=_("Start of the first phase"), required=False, help_text=_("All other days are worked out from it.")
    )
    parts = forms.MultipleChoiceField(label=_("Phases"), widget=forms.CheckboxSelectMultiple)
    dates = forms.BooleanField(label=_("With the dates of the phases"), required=False)

    def __init__(self, *args: Any, opened: Opened, phases: list[Phase], **more: Any) -> None:
        super().__init__(*args, **more)
        self.open_phases = {str(phase.pk): phase for phase in phases}
        inside = [
            (key, gettext("items of “%(phase)s”") % {"phase": f"{phase.position} {phase.title}"})
            for key, phase in self.open_phases.items()
        ]
        self.fields["into"].choices = [(NEW, gettext("new phases behind the last one")), *inside]  # type: ignore[attr-defined]
        parts = [(part.key, part.name) for part in opened.parts]
        self.fields["parts"].choices = parts  # type: ignore[attr-defined]
        self.fields["start_on"].required = self.data.get("into") == NEW
        if not any(part.row["marks"] for part in opened.parts):
            del self.fields["dates"]

    @property
    def into_phase(self) -> Phase | None:
        return self.open_phases.get(self.cleaned_data["into"])


class PastedField(forms.CharField):
    """What reads it says in which line something is wrong, hidden characters too."""

    def run_validators(self, value: Any) -> None:
        pass


class ImportForm(Form):
    """A template as text. A chosen file goes into the text, so that a fault can be mended where it is shown."""

    text = PastedField(
        label=_("Paste the YAML"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "autocomplete": "off", "class": "yamltext"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,text/yaml,application/yaml"}),
        help_text=_("A YAML file as exported here, at most 400 KB."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        try:
            if file is not None:
                cleaned["text"] = self._of_file(file)
            if "text" in cleaned:
                cleaned["content"] = reading.read(cleaned["text"])
        except BadFile as bad:
            self.add_error("text", [str(fault) for fault in bad.faults])
        return cleaned

    def _of_file(self, file: Any) -> str:
        """Its words are kept in the form, also where they are wrong."""
        if (file.size or 0) > safe_yaml.MOST_BYTES:
            raise safe_yaml.BadFile(safe_yaml.too_long(file.size))
        text = safe_yaml.decoded(file.read())
        self.data = {**self.data.dict(), "text": text}  # type: ignore[attr-defined]  # of a request
        return text

    @property
    def content(self) -> Content:
        content: Content = self.cleaned_data["content"]
        return content
