"""What stood there before and what stands there now, in the reader's words: fields by name, choices by their label, and
who or what a field points to as it is called today."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from analytics.dashboards.words import said
from analytics.kpis.definitions import definitions
from analytics.kpis.models import Target
from core.journal.models import Entry
from core.kit import languages, rooms
from core.kit.compiled import Compiled, OneOf
from core.kit.room_parts import Subject
from core.kit.templatetags.ui import NOTHING, clock, hour, number
from core.kit.templatetags.ui import day as as_day
from core.people.models import User, name_shown
from influencer.privacy.fields import CONTEXT, LABELS

Span = tuple[datetime, datetime | None]
Named = Mapping[int, list[Span]]  # who may be named, and for what they did when
Names = Mapping[tuple[type[Model], int], str]
LAST_ACT = timedelta(minutes=1)  # the line about one's own end is written a moment after it


def had_role(named: Named, person: int | None, at: datetime) -> bool:
    """Whether somebody ran the program then: what concerns them before or afterwards stays without a name."""
    spans = named.get(person or 0, [])
    return any(since <= at and (until is None or at <= until + LAST_ACT) for since, until in spans)


@dataclass(frozen=True)
class Pointed:
    """What changes point to: things as they are called, people by their name and the time in which it may be said."""

    things: Names
    people: Mapping[int, str]
    named: Named

    def at(self, entry: Entry) -> Names:
        if not self.people:
            return self.things
        unnamed = _("a participant")
        people = self.people.items()
        return {**self.things} | {
            (User, pk): name if had_role(self.named, pk, entry.at) else unnamed for pk, name in people
        }


# Fields whose own word is not said in their model, as the log calls them.
WORDS = {
    "due_days": gettext_lazy("days until it is due"),
    "deed": gettext_lazy("finished by"),
    "milestone": gettext_lazy("date"),
    "accent": gettext_lazy("colour"),
    "second_factor_roles": gettext_lazy("roles that need a second factor"),
    "is_must": gettext_lazy("required"),
    "hint": gettext_lazy("hint"),
    "goals": gettext_lazy("goals"),
    "aim": gettext_lazy("aim"),
    "phase": gettext_lazy("phase"),
    "key": gettext_lazy("public link"),
    "places": gettext_lazy("places"),
    "reason": gettext_lazy("reason"),
    "end_point": gettext_lazy("how we know it has arrived"),
    "privileges": gettext_lazy("privileges"),
    "given_by": gettext_lazy("given by"),
    "is_sponsor": gettext_lazy("sponsor"),
    "given_on": gettext_lazy("given on"),
    "influence": gettext_lazy("influence"),
    "interest": gettext_lazy("interest"),
    "attitude": gettext_lazy("attitude"),
    "concern": gettext_lazy("concern"),
    "next_step": gettext_lazy("next step"),
    "likelihood": gettext_lazy("likelihood"),
    "impact": gettext_lazy("impact"),
    "is_over": gettext_lazy("over"),
    "planned": gettext_lazy("planned"),
    "actual": gettext_lazy("actual"),
    "rate": gettext_lazy("hourly rate"),
    "checked_on": gettext_lazy("checked on"),
    "recheck_on": gettext_lazy("check again on"),
    "audience": gettext_lazy("audience"),
    "size": gettext_lazy("size"),
    "council": gettext_lazy("works council"),
    "languages": gettext_lazy("languages"),
    "is_there": gettext_lazy("is there"),
    "link": gettext_lazy("link"),
    "finding": gettext_lazy("finding"),
    "decision": gettext_lazy("decision"),
    "is_left_out": gettext_lazy("skipped"),
    "decided_on": gettext_lazy("decided on"),
    "considered": gettext_lazy("what was considered"),
    "check_on": gettext_lazy("check again on"),
    "is_published": gettext_lazy("published"),
    "parent": gettext_lazy("page above"),
    "chapter": gettext_lazy("part that updates itself"),
    "capacity": gettext_lazy("places"),
    "generations": gettext_lazy("generations"),
    "heads": gettext_lazy("number of people"),
    "recording": gettext_lazy("recording"),
    "follow_up": gettext_lazy("follow-up"),
    "closes_on": gettext_lazy("last day"),
    "weekday": gettext_lazy("weekday"),
    "stage": gettext_lazy("stage"),
    "body": gettext_lazy("text"),
    "light": gettext_lazy("traffic light"),
    "next": gettext_lazy("next date"),
    "rounds": gettext_lazy("rounds"),
    "guests": gettext_lazy("guests at a table"),
    "question": gettext_lazy("question"),
    "host": gettext_lazy("host"),
    "position": gettext_lazy("position"),
    "email": gettext_lazy("email address"),
    "place": gettext_lazy("place"),
    "member": gettext_lazy("people of the team"),
    "stakeholder": gettext_lazy("groups"),
    "part": gettext_lazy("parts"),
}


@dataclass(frozen=True)
class Swap:
    """What something was, and what it became; only that it changed, where the values are personal."""

    label: str
    before: str = ""
    after: str = ""
    language: str = ""  # of the two, where it is not the reader's

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}" if self.before or self.after else self.label


def names_in(entries: Iterable[Entry], named: Named) -> Pointed:
    """What the changes of these entries point to, with one query for each kind; people by name only for the time in
    which they may be named."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for entry in entries:
        for model, name, pair in _pairs(entry):
            if (other := _other(model, name)) is not None:
                wanted[other].update(pk for value in pair or () for pk in listed(value) if isinstance(pk, int))
    subjects = {subject.model: subject for room in rooms.every() for subject in room.subjects}
    found: dict[tuple[type[Model], int], str] = {}
    people: dict[int, str] = {}
    for kind, keys in wanted.items():
        if kind is User:
            people = {pk: name_shown(name) for pk, name in CALLED.rows(people=list(keys))}
            continue
        subject = subjects.get(kind) or _of_no_room(kind)
        title = subject.title
        for row in subject.rows(keys, kind._base_manager):
            found[kind, row.pk] = title(row)
    return Pointed(found, people, named)


CALLED = Compiled(lambda: User._base_manager.filter(OneOf("pk", "people")).values_list("pk", "name"))


@cache
def _of_no_room(kind: type[Model]) -> Subject:
    return Subject(kind, "")


def swaps_of(entry: Entry, pointed: Pointed) -> list[Swap]:
    found: list[Swap] = []
    names = pointed.at(entry)
    language, codes = get_language(), languages.codes()
    for model, name, pair in _pairs(entry):
        label = _label(model, name, language)
        if pair is None:
            found.append(Swap(label))
        elif any(
            isinstance(value, dict) and value and value.keys() <= {*codes} for value in pair
        ):  # words in languages
            found += _of_words(label, codes, *(value or {} for value in pair))
        else:
            found.append(Swap(label, *(_shown(model, name, value, names) for value in pair)))
    return found


def _of_words(label: str, codes: list[str], before: Mapping[str, str], after: Mapping[str, str]) -> list[Swap]:
    """What changed in the reader's language; where nothing did, each of the others by its name."""
    own, changed = languages.current(), [code for code in codes if before.get(code) != after.get(code)]
    swaps = []
    for code in [own] if own in changed else changed:
        said = label if code == own else f"{label} ({languages.name_of(code)})"
        texts = (before.get(code) or NOTHING, after.get(code) or NOTHING)
        swaps.append(Swap(said, *texts, language="" if code == own else code))
    return swaps


def label_of(model: type[Model], name: str) -> str:
    """The word of a field. `LookupError` when nobody has given it one."""
    if model is Target:  # one for each figure
        return definitions()[name].name if name in definitions() else name
    word = getattr(_field(model, name), "verbose_name", None)
    if isinstance(word, Promise):
        return str(word)
    for words in (WORDS, CONTEXT, LABELS):
        if name in words:
            return str(words[name])
    raise LookupError(f"{model._meta.label}.{name} has no word for the log: give it a verbose_name, or one in WORDS.")


@cache
def _label(model: type[Model], name: str, _language: str | None) -> str:
    """Looked up once in each language. The log is read whatever stands in it; a test asks for the words beforehand."""
    try:
        return label_of(model, name)
    except LookupError:
        return name.replace("_", " ")


def _pairs(entry: Entry) -> Iterable[tuple[type[Model], str, list[Any] | None]]:
    for key, pair in (entry.data.get("changes") or {}).items():
        label, _dot, name = key.rpartition(".")
        try:
            yield _model(label), name, pair
        except (LookupError, ValueError):  # of a model that is gone since
            continue


_model = cache(apps.get_model)


@cache
def _field(model: type[Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


@cache
def _other(model: type[Model], name: str) -> type[Model] | None:
    field = _field(model, name)
    is_one_of_its_own = field is not None and field.is_relation and not field.auto_created
    return field.related_model if is_one_of_its_own else None


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _shown(model: type[Model], name: str, value: Any, names: Names) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if (other := _other(model, name)) is not None:
        return ", ".join(names.get((other, pk)) or _("removed since") for pk in listed(value))
    if isinstance(value, list):
        return "; ".join(_shown(model, name, each, names) for each in value)
    if isinstance(value, dict):
        return languages.in_language(value) or str(value)
    if model is Target:
        return said(name, Decimal(value)) if name in definitions() else str(value)
    if name == "deed":
        return next((str(room.steps[value].label) for room in rooms.every() if value in room.steps), str(value))
    field = _field(model, name)
    field = getattr(field, "base_field", field)
    choices = dict(getattr(field, "flatchoices", None) or ())
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _of_type(getattr(field, "get_internal_type", str)(), value)


def _of_type(kind: str, value: Any) -> str:
    if kind == "DateField" and (on := parse_date(str(value))):
        return as_day(on)
    if kind == "TimeField" and (at := parse_time(str(value))):
        return hour(at)
    if kind == "DateTimeField" and (when := parse_datetime(str(value))):
        return f"{as_day(when)}, {clock(when)}"
    if kind == "DecimalField" or (isinstance(value, int | float) and kind != "str"):
        return number(value)
    return str(value)
