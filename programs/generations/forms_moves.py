from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form
from core.people.picker import PeopleField
from programs.generations.models import Generation, Participant


class GoalForm(Form):
    """Another generation that people can still join."""

    generation = forms.ModelChoiceField(
        label=_("Other generation"), queryset=Generation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, goals: QuerySet[Generation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["generation"].queryset = goals  # type: ignore[attr-defined]


class MovingForm(GoalForm):
    """Who is moved, and where to."""

    pk = PeopleField(
        label=_("Who"),
        queryset=Participant.objects.none(),
        error_messages={"required": _("Choose the people to move.")},
    )
    field_order = ("pk", "generation")

    def __init__(self, *args: Any, people: QuerySet[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pk"].queryset = people  # type: ignore[attr-defined]


class WhereTo(Form):
    """The same choice in the list, of generations that its page has read already."""

    generation = forms.ChoiceField(label=_("Other generation"))

    def __init__(self, *args: Any, goals: Sequence[Generation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["generation"].choices = [(each.pk, each.name) for each in goals]  # type: ignore[attr-defined]
