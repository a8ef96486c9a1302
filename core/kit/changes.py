"""Forms that two people may have open at once."""

import json
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.kit.forms import Form
from core.kit.templatetags.ui import NOTHING
from core.kit.templatetags.ui import day as as_day


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
        return plain(value)


class SharedForm(Form):
    """Edits what stands as a whole, and knows what it showed. Where somebody else changed a field that this person left
    as it was, theirs stays. Where both changed the same one, the form comes back with both: sent again, this one
    counts."""

    def remember(self) -> None:
        """Call it once `initial` holds what stands now."""
        seen = {name: plain(value) for name, value in self.initial.items() if name in self.fields}
        self.fields["seen"] = forms.JSONField(required=False, initial=seen, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen = cleaned.pop("seen", None)
        if not isinstance(seen, dict):
            return cleaned
        clashes = {}
        for name in [name for name in seen if name in cleaned and name in self.initial]:
            now, mine = plain(self.initial[name]), plain(cleaned[name])
            if now == seen[name] or mine == now:
                continue
            if mine == seen[name]:
                cleaned[name] = self.initial[name]
            else:
                clashes[name] = now
        if clashes:
            sent: Any = self.data
            self.data = sent = sent.copy()
            sent[self.add_prefix("seen")] = json.dumps(seen | clashes)
        for name in clashes:
            says = _(
                "Somebody else has changed this in the meantime, to: %(text)s. To replace that with yours, save again."
            )
            self.add_error(name, says % {"text": _in_words(self.initial[name])})
        return cleaned


def plain(value: Any) -> Any:
    """As JSON keeps it: what two people's fields are compared by."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict) or hasattr(value, "texts"):
        texts = getattr(value, "texts", value)
        return {language: text for language, text in texts.items() if text}
    return "" if value is None else value


def _in_words(value: Any) -> str:
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(map(str, value)) or NOTHING
    if isinstance(value, date):
        return as_day(value)
    return NOTHING if value in (None, "") else str(value)
