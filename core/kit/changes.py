"""A form that two people may have open at once."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model

from core.kit.forms import Form


class ChangesForm(Form):
    """Knows what it showed, so that it changes only what somebody changed: two people who write in different fields
    both keep theirs."""

    together: ClassVar[tuple[str, ...]] = ()  # of these all are changed when one is

    def __init__(self, *args: Any, shown: dict[str, Any], **more: Any) -> None:
        super().__init__(*args, **more)
        seen = {name: self.plain(name, value) for name, value in shown.items()}
        self.fields["seen"] = forms.JSONField(required=False, initial=seen, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = cleaned.pop("seen", None)
        self.seen: dict[str, Any] = seen if isinstance(seen, dict) else {}
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What is no longer as it was shown."""
        values = self.cleaned_data
        told = [name for name in values if name not in self.seen or self.plain(name, values[name]) != self.seen[name]]
        if set(told) & set(self.together):
            told += self.together
        return {name: value for name, value in values.items() if name in told}

    def plain(self, _name: str, value: Any) -> Any:
        """As JSON keeps it."""
        if isinstance(value, Model):
            return value.pk
        if isinstance(value, Decimal):
            return format(value.normalize(), "f")
        if isinstance(value, date):
            return value.isoformat()
        return getattr(value, "texts", value)
