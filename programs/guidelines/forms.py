from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import DayField, Form
from core.kit.markdown import validate_links
from core.kit.word_fields import WordsFormField
from core.people.picker import PersonField
from programs.guidelines import labelling
from programs.guidelines.models import CaseAnswer, Guideline, GuidelineCase, GuidelineSection
from programs.membership import queries as membership
from programs.membership.access import Ability
from programs.membership.models import Country, Membership

if TYPE_CHECKING:
    from core.people.models import User

LONGEST = 8000
ABOUT = ("lead", "house_rule", "owner", "approver", "checked_on", "recheck_on")


class SectionForm(SharedForm):
    """The answer to one of the seven questions."""

    text = WordsFormField(label=_("Text"), required=False, rows=12, max_length=LONGEST)

    def __init__(self, *args: Any, section: GuidelineSection, typed: dict[str, str] | None = None, **more: Any) -> None:
        """`typed`: what stands in the field before it is saved."""
        more["initial"] = {"text": section.text}
        super().__init__(*args, **more)
        self.remember()
        if typed is not None:
            self.initial["text"] = typed

    def clean_text(self) -> dict[str, str]:
        texts: dict[str, str] = self.cleaned_data["text"]
        for text in texts.values():
            validate_links(text)
        return texts


class CaseForm(SharedForm):
    """A situation with its answer."""

    situation = WordsFormField(label=_("Situation"), max_length=200)
    verdict = forms.ChoiceField(label=_("May I?"), choices=CaseAnswer.choices, widget=forms.RadioSelect)
    because = WordsFormField(label=_("Condition or reason"), required=False, max_length=250, rows=2)

    def __init__(self, *args: Any, case: GuidelineCase | None = None, **more: Any) -> None:
        if case:
            more["initial"] = {name: getattr(case, name) for name in ("situation", "verdict", "because")}
        super().__init__(*args, **more)
        if case:
            self.remember()


class AboutForm(SharedForm):
    """The sentence above it, the house rule, who answers for it and when it is checked again."""

    lead = WordsFormField(label=_("In one sentence"), required=False, max_length=200)
    house_rule = WordsFormField(
        label=_("House rule on labelling"),
        required=False,
        max_length=250,
        rows=2,
        help_text=_("Shown in the labelling helper next to the answer."),
    )
    owner = PersonField(
        label=_("Who maintains it"), queryset=Membership.objects.none(), required=False, empty_label=_("nobody yet")
    )
    approver = PersonField(
        label=_("Who approved it"), queryset=Membership.objects.none(), required=False, empty_label=_("nobody yet")
    )
    checked_on = DayField(label=_("Last checked"))
    recheck_on = DayField(label=_("Due for another check"), help_text=_("From that day on, the seal is grey."))

    def __init__(self, *args: Any, guideline: Guideline, by: "User", **more: Any) -> None:
        self.guideline, self.by = guideline, by
        more["initial"] = {name: getattr(guideline, name) for name in ABOUT}
        super().__init__(*args, **more)
        team = membership.team_of(guideline.program)
        for name in ("owner", "approver"):
            self.fields[name].queryset = team  # type: ignore[attr-defined]
        self.remember()

    def clean_approver(self) -> Membership | None:
        """Four eyes: who writes it does not enter themselves, unless nobody else leads the program."""
        chosen: Membership | None = self.cleaned_data["approver"]
        is_oneself = chosen is not None and chosen.user_id == self.by.pk and chosen != self.guideline.approver
        if is_oneself and not membership.is_alone(self.by, Ability.MANAGE_PROGRAM, self.guideline.program):
            raise ValidationError(_("Nobody approves their own text. Please choose somebody else from the team."))
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        checked, recheck = data.get("checked_on"), data.get("recheck_on")
        if checked and recheck and recheck < checked:
            self.add_error("recheck_on", ValidationError(_("This day is before the last check.")))
        return data


class LabellingForm(Form):
    """The answers so far, and the next one or the one to change. They go along with the form and are kept nowhere."""

    country = forms.ChoiceField(choices=Country.choices)
    said = forms.RegexField(rf"^[yn]{{0,{labelling.LONGEST}}}$", required=False)
    answer = forms.ChoiceField(choices=[(labelling.YES, ""), (labelling.NO, "")], required=False)
    back = forms.IntegerField(min_value=0, max_value=labelling.LONGEST, required=False)

    @property
    def said_now(self) -> str:
        data = self.cleaned_data
        kept: str = data["said"] if data["back"] is None else data["said"][: data["back"]]
        return f"{kept}{data['answer']}"


class PublishForm(Form):
    reason = WordsFormField(
        label=_("Why it changed"),
        required=False,
        max_length=250,
        rows=2,
        help_text=_("Members see it above the changes. One language is enough."),
    )
