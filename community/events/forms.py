from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from community.events.kinds import BEGINS, KindTemplate
from community.events.models import MOST_PLACES, Choice, Event, EventKind, Noting
from community.events.services import OF_DATE
from core.kit.forms import Form
from core.kit.markdown import is_allowed
from core.kit.word_fields import WordsFormField
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases.forms import WhenForm
from programs.phases.models import Milestone

TEXT = 8000
OF_EVENT = ("kind", "description", "invitation", "tasks", "video", "capacity", "has_waiting_list", "noting")


class EventForm(WhenForm):
    """An event with its date. Texts are Markdown, in languages."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind)
    place = forms.CharField(label=_("Location"), max_length=120, required=False, help_text=_("A room, a city"))
    video = forms.URLField(
        label=_("Video call"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the call: Teams, Zoom, Webex, Jitsi. It starts with https://"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    generations = forms.ModelMultipleChoiceField(
        label=_("Who is invited"),
        queryset=Generation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "If you tick nothing, everybody in the program is invited. Coaches and program managers are always invited."
        ),
    )
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=MOST_PLACES, help_text=_("Leave empty for no limit.")
    )
    has_waiting_list = forms.BooleanField(
        label=_("Waiting list when all places are taken"), required=False, initial=True
    )
    noting = forms.ChoiceField(
        label=_("Attendance is recorded"),
        choices=Noting,
        required=False,
        help_text=_("This is each person's own record. You see roughly how many, and the names of those who agree."),
    )
    description = WordsFormField(label=_("Description and agenda"), max_length=TEXT, rows=10, required=False)
    invitation = WordsFormField(label=_("Text of the invitation"), max_length=2000, rows=3, required=False)
    tasks = WordsFormField(
        label=_("To prepare"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("Only people who plan events see it."),
    )

    def __init__(self, *args: Any, program: Program, event: Event | None = None, **more: Any) -> None:
        if event is not None:
            more["initial"] = {name: getattr(event, name) for name in OF_EVENT} | of_date(event.milestone)
            more["initial"]["generations"] = event.generations.all()
        super().__init__(*args, **more)
        field: Any = self.fields["generations"]
        field.queryset = Generation.objects.filter(program=program)
        self.order_fields(["title", "kind", "on", "at", "until_at", "until_on", "place", "video"])
        if event is not None:
            self.remember()

    def clean_noting(self) -> str:
        return self.cleaned_data["noting"] or Noting.TAP

    def clean_video(self) -> str:
        link = str(self.cleaned_data["video"])
        if link:
            says = _("Only addresses that start with https:// are accepted.")
            URLValidator(schemes=["https"], message=says)(link)
            if not is_allowed(link):
                raise ValidationError(says)
        return link


class ChoiceForm(Form):
    """Whether somebody comes; nothing takes an answer back."""

    choice = forms.ChoiceField(choices=Choice, required=False)
    row = forms.BooleanField(required=False)  # said in the agenda's row, where the person stays


class ShownForm(Form):
    is_shown = forms.BooleanField(required=False)


def of_date(milestone: Milestone) -> dict[str, Any]:
    return {name: getattr(milestone, name) for name in OF_DATE}


def of_template(template: KindTemplate) -> dict[str, Any]:
    """What a new event of this kind begins with."""
    return {
        "kind": template.kind,
        "title": template.title,
        "at": BEGINS,
        "until_at": template.ends,
        "capacity": template.places,
        "has_waiting_list": True,
        "noting": Noting.TAP,
        "description": template.description,
        "invitation": template.invitation,
        "tasks": template.tasks,
    }
