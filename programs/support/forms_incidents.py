from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.characters import validate_visible
from core.kit.forms import Form
from core.people.picker import PeopleField
from programs.membership.models import Membership, Program
from programs.support.company import who_can_be_asked
from programs.support.models_incidents import LONGEST_LESSON

LONGEST_WORDS_OF_HELP = 2000


class AskForm(Form):
    """Words are welcome and not needed; somebody to read them is."""

    helpers = PeopleField(
        queryset=Membership.objects.none(),
        label=_("Who should know?"),
        error_messages={"required": _("Please choose at least one person.")},
    )
    text = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=LONGEST_WORDS_OF_HELP,
        validators=[validate_visible],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words or a link are enough. You can add to it later."),
    )

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["helpers"].queryset = who_can_be_asked(program)  # type: ignore[attr-defined]


class SayForm(Form):
    text = forms.CharField(
        label=_("What is new"),
        max_length=LONGEST_WORDS_OF_HELP,
        validators=[validate_visible],
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(Form):
    learnt = forms.CharField(
        label=_("What did we learn?"),
        required=False,
        max_length=LONGEST_LESSON,
        validators=[validate_visible],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Added to the team's list of lessons and to the handbook. Please leave out names."),
    )
