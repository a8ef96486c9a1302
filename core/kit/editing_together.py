"""Forms that two people may have open at once."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from core.kit import languages
from core.kit.forms import Form
from core.kit.sent_json import JsonField, SentJson
from core.kit.templatetags.ui import NOTHING
from core.kit.templatetags.ui import day as as_day
from core.kit.word_fields import WordsFormField, texts_of


class SeenField(JsonField):
    """What a form showed. It is nothing that somebody changes."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class Shared:
    """Edits what two people may edit at once, and knows what it showed. Where somebody else changed a field (or one
    language of it) that this person left as it was, theirs stays. Where both changed the same one, the form comes back
    with both: sent again, this one counts."""

    together: ClassVar[tuple[str, ...]] = ()  # of these all are changed when one is
    made_of: ClassVar[dict[str, tuple[str, ...]]] = {}  # what `clean` makes, and of which fields
    touched: frozenset[str] = frozenset()  # which fields this person changed, once the form was looked at

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]
    data: Any

    def remember(self) -> None:
        """Call it at the end of `__init__`, when `initial` holds what stands now."""
        seen = {name: plain(self._now(name)) for name in self.fields}
        self.fields["seen"] = SeenField(required=False, initial=seen, widget=forms.HiddenInput)

    def keep_seen(self, data: Mapping[str, Any]) -> None:
        """The page comes back before anything is saved, with what it showed first."""
        try:
            seen = json.loads(data.get("seen", ""), cls=SentJson)
        except ValueError:
            return
        if isinstance(seen, dict):
            self.fields["seen"].initial = seen

    def changes(self) -> dict[str, Any]:
        """What this person changed: the rest may be somebody else's."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if self.touched & set(self.made_of.get(name, (name,)))
        }

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # of Django's forms, which follow
        values = self.cleaned_data
        if "seen" not in self.fields:
            self.touched = frozenset(self.fields)
            return
        seen = values.pop("seen", None)
        if not isinstance(seen, dict):
            seen = {name: plain(self._now(name)) for name in values}
        own = {name for name in values if name not in seen or plain(values[name]) != seen[name]}
        if own & set(self.together):
            own |= set(self.together)
        shown, clashes = dict(seen), []
        for name in [name for name in values if name in seen]:
            now, mine = plain(self._now(name)), plain(values[name])
            if now == seen[name] or mine == now:
                continue
            shown[name] = now
            if name not in own:
                values[name] = self._theirs(name)
                self._put(name, values[name])
            elif (both := _both(mine, seen[name], now)) is not None:
                values[name] = both
                self._put(name, both)
            else:
                clashes.append(name)
        self.touched = frozenset(own)
        if shown != seen:  # should the form come back, it shows what stands now
            self._put("seen", shown)
        says = _(
            "Somebody else has changed this in the meantime, to: %(text)s. To replace that with yours, save again."
        )
        for name in clashes:
            text = _in_words(self._now(name), self.fields[name])
            self.add_error(name, says % {"text": text})  # type: ignore[attr-defined]

    def _now(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)  # type: ignore[attr-defined]

    def _put(self, name: str, value: Any) -> None:
        """As if it had been sent."""
        field, key = self.fields[name], self.add_prefix(name)  # type: ignore[attr-defined]
        self.data = sent = self.data.copy()
        if isinstance(field, WordsFormField):
            for code in languages.codes():
                sent[f"{key}_{code}"] = value.get(code, "")
        elif isinstance(value, QuerySet | list | tuple) and hasattr(sent, "setlist"):
            sent.setlist(key, [str(plain(each)) for each in value])
        elif isinstance(value, bool):
            sent[key] = "on" if value else ""
        else:
            sent[key] = field.widget.format_value(field.prepare_value(value)) or ""

    def _theirs(self, name: str) -> Any:
        """As the field itself would give it."""
        field, value = self.fields[name], self._now(name)
        if isinstance(field, forms.ModelMultipleChoiceField):
            return field.queryset.filter(pk__in=plain(value or []))  # type: ignore[union-attr]  # set by then
        if isinstance(field, forms.ModelChoiceField) and not isinstance(value, Model):
            return field.to_python(value)
        if value is None and not isinstance(field, WordsFormField):
            return field.to_python(value)  # nothing stands: an empty text, an empty list
        return texts_of(value) if hasattr(value, "texts") else value


class SharedForm(Shared, Form):
    pass


def plain(value: Any) -> Any:
    """As JSON keeps it: what two people's fields are compared by."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple | set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping) or hasattr(value, "texts"):
        return {language: plain(text) for language, text in texts_of(value).items() if text}
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    return "\n".join(str(value).strip().splitlines())  # a browser sends other line breaks than those that are kept


def _both(mine: Any, seen: Any, now: Any) -> dict[str, str] | None:
    """The text with the languages that either changed; none where both changed the same language."""
    if not (isinstance(mine, dict) and isinstance(seen, dict) and isinstance(now, dict)):
        return None
    both = {}
    for language in {*mine, *seen, *now}:
        one, before, other = (texts.get(language, "") for texts in (mine, seen, now))
        if before not in (one, other) and one != other:
            return None
        both[language] = other if one == before else one
    return {language: text for language, text in both.items() if text}


def _in_words(value: Any, field: forms.Field) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {} if hasattr(field, "queryset") else dict(_flat(getattr(field, "choices", ())))
    if isinstance(value, QuerySet | list | tuple):
        return ", ".join(str(choices.get(str(each), each)) for each in value) or NOTHING
    if isinstance(value, date):
        return as_day(value)
    if len(texts := texts_of(value) if hasattr(value, "texts") else {}) > 1:
        return " / ".join(f"{languages.name_of(code)}: {text}" for code, text in texts.items())
    if isinstance(field, forms.ModelChoiceField) and value not in (None, ""):
        return field.label_from_instance(value if isinstance(value, Model) else field.to_python(value))
    return NOTHING if value in (None, "") else str(choices.get(str(value), value))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
