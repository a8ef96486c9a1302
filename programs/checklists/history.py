"""What became of an item: who changed what and when, and what stood there before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.journal.models import Entry, EntryKind
from core.kit.compiled import Blank, Compiled
from core.kit.languages import in_language
from core.kit.rooms import Label
from core.kit.templatetags.ui import NOTHING
from core.kit.templatetags.ui import day as as_day
from programs.checklists.models import AskEvery, Item
from programs.checklists.verbs import ChecklistsVerb
from programs.membership.models import Membership
from programs.phases.models import Phase

MOST_LINES_OF_HISTORY = 60
WORDS: dict[str, Label] = {
    ChecklistsVerb.ITEM_TICKED: gettext_lazy("done"),
    ChecklistsVerb.ITEM_REOPENED: gettext_lazy("opened again"),
    ChecklistsVerb.ITEM_NOT_APPLICABLE: gettext_lazy("not applicable"),
    ChecklistsVerb.ITEM_ADDED: gettext_lazy("added"),
    ChecklistsVerb.ITEM_CHANGED: gettext_lazy("changed"),
    ChecklistsVerb.ITEM_DELETED: gettext_lazy("deleted"),
    ChecklistsVerb.ITEM_RESTORED: gettext_lazy("restored"),
}
LABELS: dict[str, Label] = {
    "title": gettext_lazy("Title"),
    "hint": gettext_lazy("Hint"),
    "owner": gettext_lazy("Owner"),
    "due_on": gettext_lazy("Due"),
    "phase": gettext_lazy("Phase"),
    "ask_every": gettext_lazy("Ask again how well it works"),
    "values": gettext_lazy("Own fields"),
}
POINTS_AT = {"owner": Membership, "phase": Phase}


@dataclass(frozen=True)
class Swap:
    """A field with what stood there and what stands there since."""

    label: Label
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One line of the history."""

    what: str
    who: str
    at: datetime
    swaps: list[Swap]


def history_of(item: Item) -> list[Happening]:
    """The newest first, for who works on the plan."""
    entries = ENTRIES.rows(item=item.pk)
    names = _names(entries)
    return [
        Happening(
            what=capfirst(str(WORDS[entry.verb])),
            who=str(entry.actor) if entry.actor else "",
            at=entry.at,
            swaps=[
                Swap(LABELS[name], *(_in_words(name, value, names) for value in pair))
                for name, pair in _pairs(entry)
                if name in LABELS
            ],
        )
        for entry in entries
    ]


def _entries() -> QuerySet[Entry]:
    rows = Entry.objects.filter(subject_type="item", subject_id=Blank("item"), kind=EntryKind.CHANGE, verb__in=WORDS)
    return rows.select_related("actor").order_by("-at", "-pk")[:MOST_LINES_OF_HISTORY]


ENTRIES = Compiled(_entries)


def _pairs(entry: Entry) -> Iterable[tuple[str, list[Any]]]:
    for key, pair in (entry.data.get("changes") or {}).items():
        if pair:
            yield key.rpartition(".")[2], pair


def _names(entries: Iterable[Entry]) -> Mapping[tuple[str, int], str]:
    """What the changes point to, as it is called now: one question for each kind."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for name, pair in _pairs(entry):
            if name in POINTS_AT:
                wanted[name].update(value for value in pair if value)
    found: dict[tuple[str, int], str] = {}
    if keys := wanted["owner"]:
        people = Membership.objects.filter(pk__in=keys).select_related("user")
        found |= {("owner", row.pk): str(row.user) for row in people}
    if keys := wanted["phase"]:
        found |= {("phase", row.pk): str(row.title) for row in Phase.objects.filter(pk__in=keys)}
    return found


def _in_words(name: str, value: Any, names: Mapping[tuple[str, int], str]) -> str:
    if value in (None, "", {}):
        return NOTHING
    if name in POINTS_AT:
        return names.get((name, value)) or _("removed since")
    if name == "due_on":
        return as_day(date.fromisoformat(value))
    if name == "ask_every":
        return str(dict(AskEvery.choices).get(int(value), value))
    return in_language(value) if isinstance(value, dict) else str(value)
