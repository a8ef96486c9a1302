"""Is it well-formed: a note, with whom it is shared and until when."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.office_hours.models_notes import LONGEST_NOTE, FollowUp
from community.office_hours.notes import HostOfNotes
from core.kit.forms import DayField, Form

LONGEST_SHARE = timedelta(days=366)


class HostNoteForm(Form):
    text = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 5}))


class AllowForm(Form):
    """Whether a host may keep notes. What says nothing allows nothing."""

    allow = forms.ChoiceField(choices=[("yes", ""), ("no", "")], required=False)


class HourNoteForm(HostNoteForm):
    host = forms.TypedChoiceField(label=_("With"), required=False, coerce=int, empty_value=None)
    shared_until = DayField(
        label=_("Share with them until"), required=False, help_text=_("Leave empty to keep this note to yourself.")
    )
    follow_up = forms.ChoiceField(label=_("And then"), required=False, choices=FollowUp.choices)

    def __init__(self, *args: Any, hosts: Iterable[HostOfNotes], **more: Any) -> None:
        super().__init__(*args, **more)
        self.hosts = {each.host.pk: each.host for each in hosts}
        self.fields["host"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody in particular")),
            *((pk, str(host)) for pk, host in self.hosts.items()),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        host, until = cleaned.get("host"), cleaned.get("shared_until")
        today = timezone.localdate()
        if until and not host:
            self.add_error("host", _("Please choose who to share it with."))
        elif until and until < today:
            self.add_error("shared_until", _("This day is over."))
        elif until and until - today > LONGEST_SHARE:
            self.add_error("shared_until", _("At most one year at a time."))
        return cleaned | {"host": self.hosts.get(host) if host else None}
