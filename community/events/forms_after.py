from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.events.kinds import kinds
from community.events.models import MOST_PLACES, Event
from community.events.models_after import HIGHEST, LONGEST_WORDS, LOWEST
from community.events.wall import DIGITS
from core.kit.editing_together import SharedForm
from core.kit.forms import LINK_ERROR, LINK_HELP, Form
from core.kit.markdown import is_allowed
from core.kit.word_fields import WordsFormField

STEPS = [(step, str(step)) for step in range(LOWEST, HIGHEST + 1)]


def _scale(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=STEPS, coerce=int, widget=forms.RadioSelect)


class FeedbackForm(Form):
    """Twenty seconds: three taps, and words for who has some."""

    worth = _scale(_("It was worth my time."))
    pace = _scale(_("The pace was right."))
    next_step = _scale(_("I know what to do next."))
    helped = forms.CharField(label=_("What helped most?"), max_length=LONGEST_WORDS, required=False)
    differently = forms.CharField(label=_("What should be different?"), max_length=LONGEST_WORDS, required=False)

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[name] for name in ("worth", "pace", "next_step")]

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self["helped"], self["differently"]]


class FollowUpForm(SharedForm):
    recording = forms.URLField(
        label=_("Recording"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=LINK_HELP,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    follow_up = WordsFormField(
        label=_("Materials and next steps"),
        max_length=4000,
        rows=6,
        required=False,
        help_text=_("Links, thanks, next steps. It appears on the event's page as soon as you save it."),
    )

    def __init__(self, *args: Any, event: Event, suggests: bool = False, **more: Any) -> None:
        """`suggests`: where nothing is written yet, the words of the kind are in the field; they appear once saved."""
        self.stands = {"recording": event.recording, "follow_up": event.follow_up}
        suggested = kinds()[event.kind].follow_up if suggests and not event.follow_up else event.follow_up
        super().__init__(*args, **more, initial={"recording": event.recording, "follow_up": suggested})
        self.remember()

    def _now(self, name: str) -> Any:
        return self.stands[name]

    def clean_recording(self) -> str:
        link = str(self.cleaned_data["recording"])
        if link and not (link.startswith("https://") and is_allowed(link)):
            raise ValidationError(LINK_ERROR)
        return link


class AttendedForm(Form):
    """That one was there, with what the page of a scanned code knows; or what brings back what was taken back."""

    was_there = forms.BooleanField(required=False)
    arrived = forms.CharField(required=False, max_length=500)
    kept = forms.CharField(required=False, max_length=500)


class NamedForm(Form):
    is_named = forms.BooleanField(required=False)


class CodeForm(Form):
    """As it is read from a wall: spaces and dashes do not matter."""

    code = forms.CharField(
        label=_("The six digits on the wall"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        digits = "".join(each for each in self.cleaned_data["code"] if each not in " -\u00a0\u202f")
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
            raise ValidationError(_("The code has six digits, e.g. 482 913."))
        return digits


class KeptArrivalForm(Form):
    """What a phone kept while it had no connection: how many seconds ago, with the code of the wall or without."""

    whose = forms.CharField(max_length=64)
    ago = forms.IntegerField(min_value=0, max_value=10**9)
    code = forms.CharField(max_length=20, required=False)
    arrived = forms.CharField(max_length=500, required=False)

    def clean_code(self) -> str:
        return "".join(each for each in self.cleaned_data["code"] if each.isdigit())


class HeadsForm(SharedForm):
    heads = forms.IntegerField(
        label=_("Counted in the room"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("Just a number, no names. Leave it empty if nobody counted."),
    )

    def __init__(self, *args: Any, event: Event, **more: Any) -> None:
        more["initial"] = {"heads": event.heads}
        super().__init__(*args, **more)
        self.remember()
