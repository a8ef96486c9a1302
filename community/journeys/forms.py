from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from community.journeys.letters import LETTER
from community.journeys.models import LONGEST_WAY, Journey, JourneyLetter, Start
from community.newsletters.forms import IssueForm
from community.newsletters.templates import IssueTemplate
from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from core.kit.word_fields import WordsFormField
from programs.generations import deeds


class JourneyForm(Form):
    title = WordsFormField(label=_("Name"), max_length=80)
    start = forms.ChoiceField(
        label=_("Each person's journey starts when"), choices=Start.choices, widget=forms.RadioSelect
    )


class JourneyChangeForm(SharedForm):
    """The same of one that is there, which two people may have open."""

    title = JourneyForm.base_fields["title"]
    start = JourneyForm.base_fields["start"]

    def __init__(self, *args: Any, journey: Journey, **more: Any) -> None:
        super().__init__(*args, initial={"title": journey.title, "start": journey.start}, **more)
        self.remember()


class LetterForm(IssueForm):
    """A letter in every language, when it comes, and for whom it is left out."""

    days = forms.IntegerField(
        label=_("Days after the start"), min_value=0, max_value=LONGEST_WAY, help_text=_("0 is the day itself.")
    )
    unless = forms.ChoiceField(
        label=_("Leave it out for everybody who already"),
        required=False,
        help_text=_("Choose what the letter asks for. People who have done it do not get it."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["unless"].choices = [("", _("nobody: it goes to everybody")), *deeds.choices()]
        self.offer_blocks()

    def hang_on_letter(self, letter: JourneyLetter | None) -> Self:
        """Pictures belong to the letter; one that is not stored yet takes none."""
        if letter is not None:
            for widget in self._texts():
                widget.hang_on(LETTER, letter.pk, names=False)
        return self

    @classmethod
    def like(cls, begun_with: IssueTemplate | None) -> "LetterForm":
        """A new one, with the texts of what it begins with."""
        form = cls.showing(begun_with.subject, begun_with.open_body, version=1) if begun_with else cls()
        form.initial = {**form.initial, "version": 1, "days": 0}
        return form

    @classmethod
    def of_letter(cls, letter: JourneyLetter) -> "LetterForm":
        form = cls.showing(letter.subject.texts, letter.body.texts, version=letter.version)
        form.initial = {**form.initial, "days": letter.days, "unless": letter.unless}
        return form
