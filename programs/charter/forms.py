from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import SEVERAL, DayField, NumberField
from core.kit.word_fields import WordsFormField
from core.people.picker import PersonField
from programs.charter import queries
from programs.charter.models import BudgetLine, CharterRow, DutyHolder, Level, Stakeholder
from programs.membership import queries as membership
from programs.membership.models import Membership, Program

MOST_GOALS = 3
MOST_FIGURES = 5  # of one goal: more show nothing any more


class CharterForm(SharedForm):
    """Why, for what, how one will know, and what participants get."""

    made_of: ClassVar = {
        "goals": tuple(f"{name}_{rank}" for rank in range(1, MOST_GOALS + 1) for name in ("goal", "figures"))
    }

    reason = WordsFormField(
        label=_("Why now"),
        required=False,
        rows=2,
        max_length=600,
        help_text=_("The problem or the opportunity in one sentence, and the strategy it belongs to."),
    )
    end_point = WordsFormField(
        label=_("How we know that it has arrived"),
        required=False,
        rows=2,
        max_length=600,
        help_text=_("When the program becomes part of the company's culture and is no longer a project."),
    )
    privileges = WordsFormField(
        label=_("What participants get"),
        required=False,
        rows=4,
        max_length=1500,
        help_text=_("One line each, for example news first, a photo, working time. Shown to everybody in the program."),
    )

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        charter = queries.charter_of(program)
        goals = {goal.rank: goal for goal in program.goals.all()}
        more["initial"] = {name: getattr(charter, name) for name in self.base_fields}
        super().__init__(*args, **more)
        choices = [(each.key, each.label) for each in queries.figures_known(program)]
        for rank in range(1, MOST_GOALS + 1):
            goal = goals.get(rank)
            self.fields[f"goal_{rank}"] = forms.CharField(
                label=_("Goal %(rank)s") % {"rank": rank},
                max_length=160,
                required=False,
                initial=goal.text if goal else "",
            )
            self.fields[f"figures_{rank}"] = forms.MultipleChoiceField(
                label=_("Figures that show goal %(rank)s") % {"rank": rank},
                choices=choices,
                required=False,
                widget=forms.SelectMultiple(attrs={"size": 6}),
                help_text=SEVERAL,
                initial=goal.figures if goal else [],
            )
        self.order_fields(self.made_of["goals"])
        self.remember()

    def clean(self) -> dict[str, Any]:
        """An empty line between goals is closed; the same goal twice is a mistake."""
        cleaned = super().clean() or {}
        goals: dict[str, list[str]] = {}
        for rank in range(1, MOST_GOALS + 1):
            text = cleaned.pop(f"goal_{rank}", "").strip()
            figures = cleaned.pop(f"figures_{rank}", [])
            if len(figures) > MOST_FIGURES:
                self.add_error(f"figures_{rank}", _("Please choose at most five: with more of them, none stands out."))
            if text in goals:
                self.add_error(
                    f"goal_{rank}", _("This goal already exists. Please write a different one or leave it empty.")
                )
            elif text:
                goals[text] = figures
        cleaned["goals"] = goals
        return cleaned


class RowForm(SharedForm):
    """A line of one of the charter's lists."""

    def __init__(self, *args: Any, program: Program, row: CharterRow | None = None, **more: Any) -> None:
        if row is not None:
            more["initial"] = self.of_row(row)
        super().__init__(*args, **more)
        self.program = program
        if row is not None:
            self.remember()

    @classmethod
    def of_row(cls, row: CharterRow) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.base_fields}


class CommitmentForm(RowForm):
    given_by = forms.CharField(
        label=_("Who committed"),
        max_length=120,
        help_text=_("A role or a body, e.g. “Board member for people”. No name is needed."),
    )
    is_sponsor = forms.BooleanField(label=_("This person is the sponsor of the program"), required=False)
    text = forms.CharField(
        label=_("What was promised"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example time, money, a message to all employees, taking part in the reviews."),
    )
    given_on = DayField(label=_("On"))


class StakeholderForm(RowForm):
    name = forms.CharField(
        label=_("Group or role"),
        max_length=120,
        help_text=_("For example works council, middle management, sales. Please do not name anybody."),
    )
    influence = forms.TypedChoiceField(label=_("Influence on the program"), choices=Level, coerce=int, initial=2)
    interest = forms.TypedChoiceField(label=_("Interest in the program"), choices=Level, coerce=int, initial=2)
    attitude = forms.ChoiceField(
        label=_("Attitude"), choices=Stakeholder.Attitude, initial=Stakeholder.Attitude.UNDECIDED
    )
    concern = forms.CharField(label=_("What matters to them"), max_length=300, required=False)
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)


class RiskForm(RowForm):
    text = forms.CharField(label=_("What could go wrong"), max_length=200)
    likelihood = forms.TypedChoiceField(label=_("How likely"), choices=Level, coerce=int, initial=2)
    impact = forms.TypedChoiceField(label=_("How severe"), choices=Level, coerce=int, initial=2)
    owner = PersonField(
        label=_("Owner"), queryset=Membership.objects.none(), required=False, empty_label=_("nobody yet")
    )
    next_step = forms.CharField(label=_("Next step"), max_length=200, required=False)
    is_over = forms.BooleanField(label=_("It is over"), required=False)

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, program=program, **more)
        self.fields["owner"].queryset = membership.team_of(program)  # type: ignore[attr-defined]


class BudgetForm(RowForm):
    together = ("kind", "rate")

    title = forms.CharField(label=_("For what"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=BudgetLine.Kind)
    planned = NumberField(
        label=_("Planned"), min_value=0, max_digits=12, decimal_places=2, help_text=_("An amount, or hours.")
    )
    actual = NumberField(label=_("Actual so far"), min_value=0, max_digits=12, decimal_places=2, initial=0)
    rate = NumberField(
        label=_("Cost of an hour"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=_("Only for working time: a usual internal rate, for everybody the same."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == BudgetLine.Kind.MONEY:
            cleaned["rate"] = None
        elif cleaned.get("rate") is None and "rate" not in self.errors:
            self.add_error("rate", ValidationError(_("Working time needs the cost of an hour.")))
        return cleaned


class DutyForm(RowForm):
    """A duty and who has which part in it: one is accountable, others do it, are asked, are told."""

    made_of: ClassVar = {"holders": ("accountable", "responsible", "consulted", "informed")}

    title = WordsFormField(label=_("Duty"), max_length=160)
    accountable = forms.ChoiceField(
        label=_("Accountable"), required=False, help_text=_("One person or group answers for it.")
    )
    responsible = forms.MultipleChoiceField(label=_("Responsible"), required=False, widget=forms.CheckboxSelectMultiple)
    consulted = forms.MultipleChoiceField(label=_("Consulted"), required=False, widget=forms.CheckboxSelectMultiple)
    informed = forms.MultipleChoiceField(label=_("Informed"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, program: Program, row: CharterRow | None = None, **more: Any) -> None:
        super().__init__(*args, program=program, row=row, **more)
        choices = [(key, label) for key, label in queries.possible_holders(program)]
        for name in self.made_of["holders"]:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["accountable"].choices = [("", str(_("nobody yet"))), *choices]  # type: ignore[attr-defined]

    @classmethod
    def of_row(cls, row: CharterRow) -> dict[str, Any]:
        held: dict[str, list[str]] = {}
        for holder in queries.holders_now(row):
            held.setdefault(holder.part, []).append(holder.key)
        parts = zip(DutyHolder.Part, ("responsible", "accountable", "consulted", "informed"), strict=True)
        shown: dict[str, Any] = {"title": getattr(row, "title", "")} | {
            name: held.get(part, []) for part, name in parts
        }
        return shown | {"accountable": next(iter(held.get(DutyHolder.Part.ACCOUNTABLE, [])), "")}

    def clean(self) -> dict[str, Any]:
        """Everybody has one part at most; who is accountable may do it as well, which the A says."""
        cleaned = super().clean() or {}
        holders: dict[str, str] = {}
        if accountable := cleaned.pop("accountable", ""):
            holders[accountable] = DutyHolder.Part.ACCOUNTABLE
        for name, part in (
            ("responsible", DutyHolder.Part.RESPONSIBLE),
            ("consulted", DutyHolder.Part.CONSULTED),
            ("informed", DutyHolder.Part.INFORMED),
        ):
            for key in cleaned.pop(name, []):
                if key in holders:
                    self.add_error(name, _("Somebody has two parts in this duty. Please leave one of them."))
                holders.setdefault(key, part)
        cleaned["holders"] = holders
        return cleaned
