from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.kit.editing_together import SharedForm
from core.kit.forms import LAST_DAY_EARLY, ClockInput, DayField, Form
from core.people.picker import PeopleField, PersonField
from programs.membership.models import Membership, Program
from programs.phases.forms import WhenForm
from programs.reviews import queries
from programs.reviews.kinds import TITLES, ReviewKind
from programs.reviews.models import Light, Review, ReviewAction
from programs.reviews.series import RHYTHMS


class ReviewForm(WhenForm):
    """A review on the timeline, with its record."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ReviewKind)
    place = forms.CharField(label=_("Location"), max_length=120, required=False, help_text=_("A room, a city, a call"))

    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=RHYTHMS,
        required=False,
        help_text=_("The next one is planned when one is closed, at the same time and place."),
    )
    series_until = DayField(label=_("Series until"), required=False)
    invite = PeopleField(
        queryset=Membership.objects.none(),
        label=_("Invite by email"),
        required=False,
        help_text=_("The email has the date for their calendars."),
    )

    def __init__(self, *args: Any, program: Program, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["until_on"]
        self.fields["invite"].queryset = queries.people_of(program)  # type: ignore[attr-defined]
        self.order_fields(["kind", "title"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, until = cleaned.get("on"), cleaned.get("series_until")
        if cleaned.get("kind") and cleaned.get("title") in TITLES.values():  # as it was offered: it goes with the kind
            cleaned["title"] = TITLES[ReviewKind(cleaned["kind"])]
        if cleaned.get("rhythm") and not until and not self.errors:
            self.add_error("series_until", _("Please choose the last day of the series."))
        if until and on and until < on:
            self.add_error("series_until", LAST_DAY_EARLY)
        return cleaned


class PointForm(Form):
    """One point of the agenda. `version` is the one that was read."""

    light = forms.ChoiceField(label=_("Traffic light"), choices=[("", _("not yet")), *Light.choices], required=False)
    text = forms.CharField(label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)


class FindingForm(Form):
    """A line of the record. One that begins with an exclamation mark is a decision."""

    text = forms.CharField(label=_("Finding or decision"), max_length=251)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if not text.lstrip("!").strip():
            raise ValidationError(_("Please write what you found out or decided."))
        return text

    @property
    def line(self) -> tuple[str, bool]:
        """The words, and whether they are a decision."""
        text = self.cleaned_data["text"]
        return text.lstrip("!").strip(), text.startswith("!")


class ActionForm(SharedForm):
    """What somebody does until a day."""

    text = forms.CharField(label=_("Action"), max_length=250)
    owner = PersonField(label=_("Who does it"), queryset=Membership.objects.none(), required=False)
    due_on = DayField(label=_("Due"), required=False)

    def __init__(self, *args: Any, program: Program, action: ReviewAction | None = None, **more: Any) -> None:
        if action:
            more["initial"] = {"text": action.text, "owner": action.owner, "due_on": action.due_on}
        super().__init__(*args, **more)
        self.fields["owner"].queryset = queries.owners_of(program)  # type: ignore[attr-defined]
        if action:
            self.remember()


class EndForm(SharedForm):
    """Who was there, what changes in the team, when the next one is."""

    present = PeopleField(
        queryset=Membership.objects.none(),
        label=_("Who was there"),
        required=False,
        help_text=_("They can read the record and get the minutes."),
    )
    team = forms.CharField(
        label=_("Changes in the team"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_on = DayField(label=_("Next date"), required=False)
    next_at = forms.TimeField(label=_("Time"), required=False, widget=ClockInput)

    def __init__(self, *args: Any, review: Review, **more: Any) -> None:
        upcoming = review.next if review.next is not None and review.next.deleted_at is None else None
        more["initial"] = {
            "present": [row.member_id for row in review.seats.all()],
            "team": review.team,
            "next_on": upcoming and upcoming.on,
            "next_at": upcoming and upcoming.at,
        }
        super().__init__(*args, **more)
        self.day = review.milestone.on
        self.fields["present"].queryset = queries.people_of(review.program)  # type: ignore[attr-defined]
        self.remember()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("next_at") and not cleaned.get("next_on"):
            self.add_error("next_on", ValidationError(_("Please choose the day as well.")))
        if (on := cleaned.get("next_on")) and on <= self.day:
            self.add_error("next_on", ValidationError(_("Please choose a day after this review.")))
        return cleaned
