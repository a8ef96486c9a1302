from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.forum.models_polls import CHOICE, QUESTION, Poll, PollChoice
from core.kit.forms import DayField, Form

MOST = 10


class PollForm(Form):
    """A poll that goes with a new topic; nothing typed: none."""

    question = forms.CharField(
        label=_("What do you want to know?"),
        max_length=QUESTION,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=MOST * (CHOICE + 1) * 2,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One per line, two to ten."),
    )
    takes_several = forms.BooleanField(label=_("Multiple choices allowed"), required=False)
    last_day = DayField(label=_("Open until the end of"), required=False)

    @classmethod
    def of_draft(cls, beside: dict[str, str]) -> dict[str, str]:
        """What a draft kept of it."""
        return {name: beside[f"poll-{name}"] for name in cls.base_fields if f"poll-{name}" in beside}

    def clean_choices(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines()]
        choices = list(dict.fromkeys(line for line in lines if line))
        if len(choices) > MOST:
            raise ValidationError(_("Please use at most ten choices; more are hard to read."), code="too_many")
        if long := [choice for choice in choices if len(choice) > CHOICE]:
            raise ValidationError(
                _("“%(choice)s …” is too long: a choice has at most %(most)s characters."),
                code="too_long",
                params={"choice": long[0][:30], "most": CHOICE},
            )
        return choices

    def clean_last_day(self) -> datetime | None:
        day = self.cleaned_data["last_day"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise ValidationError(_("This day is over. Please choose today or later."), code="past")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))

    def clean(self) -> dict[str, Any] | None:
        question, choices = self.cleaned_data.get("question"), self.cleaned_data.get("choices")
        if choices is None or "question" in self.errors:
            return self.cleaned_data
        if choices and not question:
            self.add_error("question", _("Please say what question the choices answer."))
        elif question and len(choices) < 2:
            self.add_error("choices", _("A poll needs at least two different choices, one per line."))
        return self.cleaned_data

    @property
    def asks(self) -> bool:
        return bool(self.cleaned_data.get("question"))

    @property
    def poll(self) -> dict[str, Any]:
        """As `polls.ask` takes it."""
        values = self.cleaned_data
        return {
            "question": values["question"],
            "choices": values["choices"],
            "takes_several": values["takes_several"],
            "closes_at": values["last_day"],
        }


class VoteForm(Form):
    """What somebody chose of a poll; nothing takes the vote back."""

    choice = forms.ModelMultipleChoiceField(
        PollChoice.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": _("This is not one of the choices. Your vote was not counted."),
            "invalid_pk_value": _("This is not one of the choices. Your vote was not counted."),
        },
    )

    def __init__(self, *args: Any, poll: Poll, **more: Any) -> None:
        super().__init__(*args, **more)
        self.poll = poll
        field: Any = self.fields["choice"]
        field.queryset = poll.choices.all()

    def clean_choice(self) -> Any:
        chosen = self.cleaned_data["choice"]
        if len(chosen) > 1 and not self.poll.takes_several:
            raise ValidationError(_("Please choose one. Your vote was not counted."), code="several")
        return chosen
