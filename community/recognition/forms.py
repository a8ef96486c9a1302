from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from community.recognition import queries
from community.recognition.models import LONGEST_PORTRAIT, Kudos
from core.kit.forms import Form, ModelForm
from core.kit.word_fields import WordsFormField
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


class KudosForm(ModelForm):
    """Two fields: whom, and what for."""

    class Meta:
        model = Kudos
        fields: ClassVar = ["to", "text"]
        widgets: ClassVar = {"text": forms.Textarea({"rows": 4})}
        labels: ClassVar = {"to": _("Whom would you like to thank?"), "text": _("What for?")}
        help_texts: ClassVar = {
            "to": _("People who are listed in the directory."),
            "text": _("A sentence or two. They decide whether others may read it, with both your names."),
        }

    def __init__(self, *args: Any, user: "User", program: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].queryset = queries.people_to_thank(user, program)  # type: ignore[attr-defined]


class PortraitForm(Form):
    text = WordsFormField(
        label=_("What should the others know about you?"),
        max_length=LONGEST_PORTRAIT,
        rows=6,
        help_text=_(
            "What do you do, what do you like to write about, and what has surprised you? With your name it may stand"
            " in the newsletter of the program, which the management reads as well. You can withdraw it at any time."
        ),
    )
