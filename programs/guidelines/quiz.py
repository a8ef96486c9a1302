"""A short quiz about the guideline, made of its own cases: may I? Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.kit.forms import Form
from programs.guidelines.documents import Answer, Case
from programs.guidelines.models import CaseAnswer

MOST, LEAST = 5, 3


@dataclass(frozen=True)
class QuizCase:
    """A case as a question, and what somebody answered."""

    part: Answer
    case: Case
    field: Any

    @property
    def chosen(self) -> str:
        return str(self.field.value() or "")

    @property
    def chosen_label(self) -> str:
        return str(CaseAnswer(self.chosen).label)

    @property
    def is_right(self) -> bool:
        return self.chosen == self.case.verdict


def asked_of(parts: Sequence[Answer]) -> list[tuple[Answer, Case]]:
    """Five cases at most, from as many sections as there are; none where three cannot be found. The same for everybody
    and every time, so that two can talk about them."""
    in_turn = chain.from_iterable(zip_longest(*([(part, case) for case in part.cases] for part in parts)))
    found = [each for each in in_turn if each is not None][:MOST]
    return found if len(found) >= LEAST else []


class QuizForm(Form):
    """One answer for each case of a version; `version` tells which one was before the eyes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Sequence[tuple[Answer, Case]], number: int, **more: Any) -> None:
        super().__init__(*args, **({"initial": {"version": number}} | more))
        self.asked, self.number = asked, number
        for place, (_part, case) in enumerate(asked):
            self.fields[f"case{place}"] = forms.ChoiceField(
                label=case.situation,
                choices=CaseAnswer.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose an answer.")},
            )

    @property
    def is_of_another_version(self) -> bool:
        """It was published while somebody was answering: other cases are asked now."""
        return self.is_bound and self["version"].value() != str(self.number)

    @property
    def rows(self) -> list[QuizCase]:
        return [QuizCase(part, case, self[f"case{place}"]) for place, (part, case) in enumerate(self.asked)]

    @property
    def right(self) -> int:
        return sum(row.is_right for row in self.rows)
