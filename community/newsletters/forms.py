from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.newsletters.letters import FIRST_NAME
from community.newsletters.models import Issue
from community.newsletters.templates import issue_templates
from core.kit.forms import Form
from core.kit.moments import MomentField
from core.writing.forms import MarkdownField, MarkdownInput

LONGEST_TEXT = 60_000


class NewIssueForm(Form):
    """Which template to begin with; empty is one of the choices."""

    template = forms.CharField(required=False)

    def clean_template(self) -> str:
        key = self.cleaned_data["template"]
        if key and key not in {each.key for each in issue_templates()}:
            raise ValidationError(_("Please choose one of the templates."), code="template")
        return str(key)


class SubjectField(forms.CharField):
    """One line; a pasted line break is refused, never turned into a header of the mail."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=120, required=False, **options)


class TextField(MarkdownField):
    """A text of an issue. Its links are looked at before sending, so that a half-written one can be saved."""

    def __init__(self, **options: Any) -> None:
        widget = MarkdownInput(rows=22, has_preview=False)  # the mail itself stands beside it
        super().__init__(max_length=LONGEST_TEXT, required=False, checks_links=False, widget=widget, **options)


class IssueForm(Form):
    """Both languages of an issue, and the version that the writer had before the eyes."""

    subject_de = SubjectField(label=_("Subject"))
    body_de = TextField(label=_("Text"))
    subject_en = SubjectField(label=_("Subject"))
    body_en = TextField(label=_("Text"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def hang_on(self, issue: Issue) -> "IssueForm":
        """Pictures belong to the issue; `/` offers its blocks."""
        for name in ("body_de", "body_en"):
            widget: MarkdownInput = self.fields[name].widget
            widget.hang_on("issue", issue.pk, names=False)
            widget.inserts = [
                (_("Contact persons"), "[[contacts]]\n"),
                (_("What the group achieved"), "[[successes]]\n"),
                (_("Next dates"), "[[dates]]\n"),
                (_("The reader's first name"), FIRST_NAME),
            ]
        return self

    @classmethod
    def of(cls, issue: Issue) -> "IssueForm":
        names = ("subject_de", "body_de", "subject_en", "body_en", "version")
        return cls(initial={name: getattr(issue, name) for name in names})

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "version"}


class ScheduleForm(Form):
    """When the sending begins, on the writer's own clock."""

    when = MomentField(label=_("Day and time"))

    def __init__(self, data: Any = None, *, issue: Issue | None = None) -> None:
        planned = issue.scheduled_at if issue else None
        super().__init__(data, initial={"when": planned or _next_morning(timezone.localdate())})

    def clean_when(self) -> datetime:
        when: datetime = self.cleaned_data["when"]
        if when < timezone.now():
            raise ValidationError(_("This time is over. Choose one that lies ahead."), code="past")
        return when


def _next_morning(today: date) -> datetime:
    """Nine o'clock on the next working day."""
    day = today + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time(9)))
