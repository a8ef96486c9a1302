from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from community.events.invited import invited
from community.events.models import Event
from community.world_cafe.models import MOST_GUESTS, MOST_ROUNDS, NOTE, QUESTION
from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from core.people.picker import PersonField


class CafeNoteForm(Form):
    text = forms.CharField(
        label=_("What your table says"), max_length=NOTE, widget=forms.Textarea(attrs={"rows": 2, "autofocus": True})
    )


class CafeTableForm(SharedForm):
    question = forms.CharField(label=_("Question"), max_length=QUESTION)
    host = PersonField(
        label=_("Who stays at the table"),
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label=_("nobody yet"),
        help_text=_("Welcomes each round and tells what was said before. Everybody invited sees the name."),
    )

    def __init__(self, *args: Any, event: Event, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["host"].queryset = invited(event).order_by("name", "pk")  # type: ignore[attr-defined]
        if "initial" in more:
            self.remember()


class CafeRoundsForm(SharedForm):
    rounds = forms.IntegerField(label=_("Rounds"), min_value=1, max_value=MOST_ROUNDS)
    guests = forms.IntegerField(
        label=_("Number of cards"),
        min_value=1,
        max_value=MOST_GUESTS,
        help_text=_("As many cards as there are people. People who stay at a table don't need one."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.remember()


class CafeSeenForm(Form):
    seen = forms.CharField(max_length=60, required=False)
