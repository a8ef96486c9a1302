from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.forum.forms import BoardChoice
from community.forum.models import TEXT, TITLE, Board
from community.forum.models_rituals import MOST_TEXTS, WEEKDAYS, Ritual
from core.kit.forms import ClockInput, Form
from core.writing.forms import MarkdownField, MarkdownInput
from programs.membership.models import Program

WEEKS = (4, 8, 12, 26)


class RitualForm(Form):
    """When a series opens its topics, and where."""

    name = forms.CharField(label=_("Name of the series"), max_length=80)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    at = forms.TimeField(label=_("Time"), widget=ClockInput, help_text=_("In the program's time zone."))
    board = BoardChoice(label=_("Board"), queryset=Board.objects.none(), empty_label=None)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ritual: Ritual, boards: list[Board], **more: Any) -> None:
        kept = {name: getattr(ritual, name) for name in ("name", "weekday", "at", "board", "version")}
        super().__init__(*args, **({"initial": kept} | more))
        field: Any = self.fields["board"]
        field.queryset = Board.objects.filter(pk__in=[board.pk for board in boards])


class OpeningForm(Form):
    """One text of a series. Without any words it is left out."""

    title = forms.CharField(label=_("Title"), max_length=TITLE, required=False)
    text = MarkdownField(
        label=_("Text"), max_length=TEXT, required=False, checks_links=False, strip=True, widget=MarkdownInput(rows=4)
    )

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        widget: Any = self.fields["text"].widget
        widget.hang_on("forum", program.pk, pictures=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("text") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("This text has no title yet."))
        if cleaned.get("title") and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("This title has no text yet."))
        return cleaned


class OpeningsBase(forms.BaseFormSet):  # type: ignore[type-arg]  # no types at run time
    def clean(self) -> None:
        if any(self.errors):
            return
        if not self.texts:
            raise forms.ValidationError(_("A series needs at least one text. To end it, stop it instead."))

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Title and text of those that say something, in their order."""
        rows = [form.cleaned_data for form in self.forms]
        return [(row["title"], row["text"]) for row in rows if row.get("title") and row.get("text")]


Openings = forms.formset_factory(
    OpeningForm, formset=OpeningsBase, extra=1, max_num=MOST_TEXTS, absolute_max=MOST_TEXTS, validate_max=True
)


class ApproveForm(Form):
    """A yes to one version, for so many weeks."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    weeks = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=lambda: [(weeks, ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}) for weeks in WEEKS],
        coerce=int,
        initial=12,
        help_text=_("You will be asked again when they are over."),
    )


class RitualStepForm(Form):
    do = forms.ChoiceField(choices=[(step, step) for step in ("pause", "resume", "stop", "restore")])


class SkipForm(Form):
    """A day, and whether it is left out."""

    on = forms.DateField()
    skips = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda word: word == "1")
