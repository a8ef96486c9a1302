from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from community.events import video_links
from community.events.kinds import BEGINS, KindTemplate
from community.events.models import LONGEST_SPEAKERS, MOST_PLACES, Choice, Event, EventKind, Noting
from community.events.rhythm import MOST_DATES, Rhythm, days_of
from community.events.services import OF_DATE
from core.kit.editing_together import plain
from core.kit.form_parts import Begins, begin
from core.kit.forms import LINK_ERROR, DayField, Form
from core.kit.languages import choices as all_languages
from core.kit.languages import in_language
from core.kit.markdown import is_allowed
from core.kit.word_fields import WordsFormField
from programs.directory import queries as directory
from programs.directory.models import Offer
from programs.generations.models import Generation
from programs.membership.models import Program, Role
from programs.phases.forms import WhenForm
from programs.phases.models import Milestone

TEXT = 8000
ONE, FOLLOWING = "one", "following"
OF_EVENT = (
    "kind",
    "description",
    "running_order",
    "speakers",
    "materials",
    "invitation",
    "reminder",
    "guest_note",
    "tasks",
    "after_tasks",
    "video",
    "roles",
    "languages",
    "topics",
    "capacity",
    "has_waiting_list",
    "for_alumni",
    "noting",
)

FIRST = (
    "title",
    "kind",
    "on",
    "at",
    "until_at",
    "until_on",
    "place",
    "video",
    "makes_room",
    "capacity",
    "has_waiting_list",
)
PARTS = {  # a long form is read in parts: with which field each begins
    "generations": Begins(_("Invitation list"), _("Unless you choose, everybody in the program")),
    "description": Begins(_("What it is about"), _("Description, agenda, speakers, materials")),
    "invitation": Begins(_("Words for before"), _("Invitation, reminder, guests from outside")),
    "tasks": Begins(_("For the people planning it"), _("What to prepare and what to do afterwards")),
}
REPEATING = {"repeat": Begins(_("As a series"), _("Unless you choose, a single date"))}


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
    makes_room = forms.BooleanField(
        label=_("Create a Jitsi room"),
        required=False,
        help_text=_(
            "When you save, a new room with an address nobody can guess is linked. Anybody with the link can enter."
        ),
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
    roles = forms.MultipleChoiceField(
        label=_("Only these roles"),
        choices=[(role.value, role.label) for role in (Role.INFLUENCER, Role.COACH, Role.TEAM, Role.EXECUTIVE)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you tick nothing, all roles. Program managers are always invited."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Only people who use these languages"),
        choices=all_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By the language they chose for this site. If you tick nothing, everybody."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Only people who show one of these topics in the directory"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you tick nothing, everybody. Who has answered stays invited."),
    )
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, max_value=MOST_PLACES, help_text=_("Leave empty for no limit.")
    )
    has_waiting_list = forms.BooleanField(
        label=_("Waiting list when all places are taken"), required=False, initial=True
    )
    for_alumni = forms.BooleanField(
        label=_("Also open to alumni"),
        required=False,
        help_text=_(
            "People who left and chose to stay in touch get an email and can come as guests. You only see who says yes."
        ),
    )
    noting = forms.ChoiceField(
        label=_("Attendance is recorded"),
        choices=Noting,
        required=False,
        help_text=_("This is each person's own record. You see roughly how many, and the names of those who agree."),
    )
    description = WordsFormField(label=_("Description"), max_length=TEXT, rows=6, required=False)
    running_order = WordsFormField(
        label=_("Agenda with times"),
        max_length=4000,
        rows=7,
        required=False,
        help_text=_("One item on each line, its minutes first: “15 Welcome”. The times follow from the start."),
    )
    speakers = forms.CharField(
        label=_("Speakers"),
        max_length=LONGEST_SPEAKERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One person on each line: the name, a comma, what they do. Ask them first."),
    )
    materials = WordsFormField(
        label=_("To read or bring"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("Shown on the page before the event. You add files and a picture on the event's page."),
    )
    invitation = WordsFormField(label=_("Text of the invitation"), max_length=2000, rows=3, required=False)
    reminder = WordsFormField(
        label=_("Text of the reminder"),
        max_length=2000,
        rows=2,
        required=False,
        help_text=_(
            "Shown on the page once people are reminded, on the last working day before; guests get it by email."
        ),
    )
    guest_note = WordsFormField(
        label=_("For guests from outside"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("How to get in, whom to ask, materials. Only guests read it, on their page."),
    )
    tasks = WordsFormField(
        label=_("To prepare"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("One task on each line, to tick on the event's page. Only people who plan events see it."),
    )
    after_tasks = WordsFormField(
        label=_("To do afterwards"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("Ticked in the same way, once the event is over."),
    )

    def __init__(self, *args: Any, program: Program, event: Event | None = None, **more: Any) -> None:
        if event is not None:
            more["initial"] = {name: getattr(event, name) for name in OF_EVENT} | of_date(event.milestone)
            more["initial"]["generations"] = event.generations.all()
        super().__init__(*args, **more)
        field: Any = self.fields["generations"]
        field.queryset = Generation.objects.present().filter(program=program)
        self._offer_topics(program, event)
        if not settings.JITSI_URL:
            del self.fields["makes_room"]
        self.order_fields(FIRST)
        begin(self, PARTS)
        if event is not None:
            self.remember()

    def _offer_topics(self, program: Program, event: Event | None) -> None:
        """What people show in the directory, and what was chosen before."""
        topics: Any = self.fields["topics"]
        shown = {each.value: each.label for each in directory.topics(program)[Offer.Kind.TOPIC]}
        topics.choices = sorted(({each: each for each in (event.topics if event else [])} | shown).items())
        if not topics.choices:
            del self.fields["topics"]

    def changed_names(self) -> set[str]:
        """What differs from what stands."""
        values = self.cleaned_data
        return {name for name in values if name in self.initial and plain(values[name]) != plain(self.initial[name])}

    def clean_noting(self) -> str:
        return self.cleaned_data["noting"] or Noting.TAP

    def clean_video(self) -> str:
        link = str(self.cleaned_data["video"])
        if link:
            URLValidator(schemes=["https"], message=LINK_ERROR)(link)
            if not is_allowed(link):
                raise ValidationError(LINK_ERROR)
            if link != self.initial.get("video"):
                video_links.require_call(link)
        return link

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.pop("makes_room", False):
            if cleaned.get("video"):
                self.add_error("makes_room", _("There is a link already. Remove it, or untick this."))
            cleaned["video"] = cleaned.get("video") or video_links.new_room(
                str(in_language(cleaned.get("title") or {}))
            )
        return cleaned


class NewEventForm(EventForm):
    """A new one, or a series of them."""

    repeat = forms.ChoiceField(label=_("Repeats"), choices=Rhythm, required=False)
    times = forms.IntegerField(
        label=_("How many dates"),
        required=False,
        min_value=2,
        max_value=MOST_DATES,
        help_text=_("The first one included, 52 at most."),
    )
    until = DayField(label=_("Or repeats until"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.order_fields([*FIRST, "repeat", "times", "until"])
        begin(self, REPEATING)

    def clean(self) -> dict[str, Any]:
        """`days`: the days it takes place on."""
        cleaned = super().clean() or {}
        rhythm, times, until = (cleaned.pop(name, None) for name in ("repeat", "times", "until"))
        on = cleaned.get("on")
        cleaned["days"] = [on]
        filled = {name for name, said in (("times", times), ("until", until)) if said}
        if not rhythm and "repeat" not in self.errors and filled & set(self.changed_data):
            self.add_error("repeat", _("Please say how it repeats, or leave the number and the last day empty."))
        if not rhythm or not on:
            return cleaned
        if bool(times) == bool(until):
            if "times" not in self.errors and "until" not in self.errors:
                self.add_error("times", _("Please say either how many dates there are or until when it repeats."))
            return cleaned
        days = days_of(on, rhythm, until=until, times=times)
        if len(days) < 2:
            self.add_error("until", _("With this last day there is only one date. Please choose a later one."))
        elif len(days) > MOST_DATES:
            self.add_error("until", _("A series has 52 dates at most. Please choose an earlier day."))
        elif cleaned.get("until_on") and cleaned["until_on"] >= days[1]:
            self.add_error("until_on", _("It would overlap with the next date of the series."))
        cleaned["days"] = days
        return cleaned


class SeriesEventForm(EventForm):
    """One of a series that has others after it."""

    scope = forms.ChoiceField(
        label=_("What you change applies to"),
        choices=[(ONE, _("only this date")), (FOLLOWING, _("this and the following dates"))],
        widget=forms.RadioSelect,
        initial=ONE,
        required=False,
        help_text=_("The following dates take over only what you change here. If the day moves, they all move."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["scope"] = ONE
        self.order_fields(["scope"])


class CancelForm(Form):
    """Whether only this date is cancelled, or those after it with it."""

    scope = forms.ChoiceField(choices=[(ONE, ONE), (FOLLOWING, FOLLOWING)], required=False)


class BackForm(Form):
    """Which other dates of the series are back on with this one, by number."""

    also = forms.CharField(max_length=1500, required=False)


class ChoiceForm(Form):
    """Whether somebody comes; nothing takes an answer back."""

    choice = forms.ChoiceField(choices=Choice, required=False)
    row = forms.BooleanField(required=False)  # said in the agenda's row, where the person stays


class SeriesChoiceForm(Form):
    """The same answer for all dates of a series, or what had been said to each (`was`)."""

    choice = forms.ChoiceField(choices=[(Choice.YES, ""), (Choice.MAYBE, ""), (Choice.NO, "")], required=False)
    was = forms.CharField(max_length=1500, required=False)


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
        "running_order": template.running_order,
        "invitation": template.invitation,
        "reminder": template.reminder,
        "tasks": template.tasks,
        "after_tasks": template.after_tasks,
        "repeat": template.repeat,
        "times": template.times,
    }
