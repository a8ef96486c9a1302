from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import Form
from core.kit.word_fields import WordsFormField
from programs.consents.models import today_in
from programs.generations import deeds
from programs.generations.models import LONGEST_TEXT, Step
from programs.phases import queries as phases
from programs.phases.models import Milestone

DEED_FIGURES = "figures_brought"  # what bringing figures is called in `Room.steps`


#: What a step of each kind has besides words, day and minutes. `generations.css` shows the same while choosing.
HAS: dict[str, tuple[str, ...]] = {
    Step.Kind.DO: ("deed", "address"),
    Step.Kind.READ: ("deed", "address"),
    Step.Kind.MEET: ("deed", "milestone"),
    Step.Kind.LINK: ("deed", "address"),
    Step.Kind.FIGURES: (),  # one deed finishes it
    Step.Kind.WRITE: (),  # the text finishes it
}
DEPENDS = ("deed", "address", "milestone")


class StepForm(SharedForm):
    """What a step of a generation's onboarding says, and what finishes it: the fields that its kind has."""

    title = WordsFormField(label=_("Title"), max_length=200)
    text = WordsFormField(label=_("Explanation"), required=False, rows=3)
    deed = forms.ChoiceField(
        label=_("The step is done as soon as somebody"),
        required=False,
        help_text=_("People who do it don't have to tick it off. A step can always be ticked off by hand."),
    )
    address = forms.URLField(
        label=_("Your page"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Where the step is done, e.g. the address of your guidelines on the intranet."),
    )
    milestone = forms.ModelChoiceField(
        label=_("Date"),
        queryset=Milestone.objects.none(),
        required=False,
        empty_label=_("no program date"),
        help_text=_("For a kick-off or a meeting: day, time and place are shown next to the step."),
    )
    due_days = forms.IntegerField(
        label=_("Ideally after this many days"), min_value=0, max_value=730, help_text=_("Counted from joining.")
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    is_left_out = forms.BooleanField(label=_("This generation skips this step"), required=False)

    def __init__(self, *args: Any, step: Step, **more: Any) -> None:
        more["initial"] = {name: getattr(step, name) for name in Step.EDITED}
        super().__init__(*args, **more)
        self.step = step
        self.fields["deed"].choices = [("", _("ticks it off by hand")), *deeds.choices()]  # type: ignore[attr-defined]
        program = step.generation.program
        ahead = Q(on__gte=today_in(program)) | Q(pk=step.milestone_id)  # a date that is over helps nobody who joins now
        dates = phases.milestones_of(program).filter(ahead)
        self.fields["milestone"].queryset = dates  # type: ignore[attr-defined]
        self.fields["milestone"].label_from_instance = phases.with_day  # type: ignore[attr-defined]
        if not step._state.adding:  # the kind of one that is new is still to be chosen
            self._drop_what_its_kind_has_not()
        self.remember()

    def changed_step(self) -> Step:
        for name in Step.EDITED:
            if name in self.fields:
                setattr(self.step, name, self.cleaned_data[name])
        return self.step

    def _drop_what_its_kind_has_not(self) -> None:
        """What is filled in stays, so that it can be emptied."""
        for name in DEPENDS:
            if name not in HAS[self.step.kind] and not getattr(self.step, name):
                del self.fields[name]


class NewStepForm(StepForm):
    """A step of the program's own, of one of six kinds."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[
            (Step.Kind.DO, _("Do something, such as setting up a profile")),
            (Step.Kind.READ, _("Read something")),
            (Step.Kind.MEET, _("Meet somebody, or attend an event")),
            (Step.Kind.FIGURES, _("Bring figures: done as soon as somebody imports a file or connects an account")),
            (Step.Kind.WRITE, _("Write something down: a text of their own that nobody else sees")),
            (Step.Kind.LINK, _("Open a page")),
        ],
        widget=forms.RadioSelect,
        initial=Step.Kind.DO,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["seen"], self.fields["is_left_out"]
        self.order_fields(["kind"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in DEPENDS:
            if name not in HAS.get(cleaned.get("kind", ""), DEPENDS):  # chosen before the kind was changed
                cleaned[name] = None if name == "milestone" else ""
                self.errors.pop(name, None)
        if cleaned.get("kind") == Step.Kind.LINK and not (cleaned.get("address") or cleaned.get("deed")):
            self.add_error("address", _("Which page is it? Enter its address, or choose what finishes the step."))
        return cleaned

    def new_step(self) -> Step:
        for name, value in self.cleaned_data.items():
            setattr(self.step, name, value)
        if self.step.kind == Step.Kind.FIGURES and not self.step.deed:
            self.step.deed = DEED_FIGURES
        return self.step


class StepTextForm(Form):
    """What a person writes for themselves."""

    text = forms.CharField(
        label=_("Your text"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    is_deleted = forms.BooleanField(label=_("Delete my text for good"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.initial.get("text"):
            del self.fields["is_deleted"]

    def clean(self) -> dict[str, Any]:
        """An emptied field alone deletes nothing: what somebody wrote is not lost by one press."""
        cleaned = super().clean() or {}
        if cleaned.get("is_deleted"):
            cleaned["text"] = ""
        elif "is_deleted" in self.fields and not cleaned.get("text", "").strip():
            self.add_error("is_deleted", _("The field is empty, and your text is still kept. Tick this to delete it."))
        return cleaned
