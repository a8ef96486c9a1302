"""The catalogue of 45 figures, published or not (data/catalogue.yaml beside kpis.yaml), and how one is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.kpis.definitions import Definition, definition_of, definitions
from analytics.kpis.formulas import is_said_whole
from core.kit.languages import localised

FILE = Path(__file__).parent / "data" / "catalogue.yaml"
QUALITIES: dict[str, Promise] = {
    "imported": _("imported"),
    "mixed": _("partly self-reported"),
    "self_reported": _("self-reported"),
    "recorded": _("recorded by the program"),
    "estimated": _("estimated"),
}
SOURCES: dict[str, Promise] = {
    "program": _("this program's own records"),
    "imported": _("files and connections of networks"),
    "self_reported": _("what people log themselves"),
    "survey": _("surveys without names"),
    "file": _("files of HR, sales or the website"),
    "manual": _("what the team rates or notes"),
    "settings": _("prices that the program sets"),
}
UNITS: dict[str, Promise] = {
    "count": _("number"),
    "ratio": _("percent"),
    "index": _("index, company account = 100"),
    "minutes": _("minutes"),
    "currency": _("amount of money"),
    "scale": _("scale"),
    "text": _("words"),
}
DIRECTIONS: dict[str, Promise] = {
    "up": _("more is better"),
    "down": _("less is better"),
    "range": _("the right measure is better"),
    "none": _("neither more nor less is better"),
}
OWNERS: dict[str, Promise] = {
    "manager": _("program manager"),
    "coach": _("coach"),
    "council": _("works council and program manager"),
    "executive": _("management"),
}


@dataclass(frozen=True)
class Entry:
    """A figure of the catalogue."""

    definition: Definition
    owner: str
    review_on: date
    reviewed_on: date
    shown: Mapping[str, str] | None
    is_published: bool

    @property
    def number(self) -> int:
        return self.definition.number

    @property
    def shown_in(self) -> str:
        return localised(dict(self.shown)) if self.shown else ""

    @property
    def quality_word(self) -> str:
        return str(QUALITIES[self.definition.quality])

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What belongs to a definition besides its words."""
        about = self.definition
        least = _("%(n)s people") % {"n": about.minimum_n} if about.minimum_n else _("no people stand behind it")
        return [
            (str(name), str(value))
            for name, value in (
                (_("Unit"), UNITS[about.unit]),
                (_("Source"), SOURCES[about.source]),
                (_("Quality"), self.quality_word),
                (_("Direction"), DIRECTIONS[about.direction]),
                (_("Shown from"), least),
                (_("Answers for it"), OWNERS[self.owner]),
            )
        ]


@dataclass(frozen=True)
class Group:
    key: str
    texts: Mapping[str, str]
    entries: list[Entry]

    @property
    def name(self) -> str:
        return localised(dict(self.texts))


@cache
def groups() -> list[Group]:
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    mine = {row["number"]: (definition_of(row | {"default_target": None}), row["shown_in"]) for row in told["figures"]}
    published = {each.number: each for each in definitions().values()}

    def entry(number: int, owner: str) -> Entry:
        about, shown = (published[number], None) if number in published else mine[number]
        return Entry(about, owner, told["review_on"], told["reviewed_on"], shown, number in published)

    return [
        Group(row["key"], row["name"], [entry(number, row["owner"]) for number in row["numbers"]])
        for row in told["groups"]
    ]


def entry_of(key: str) -> Entry | None:
    return next((each for group in groups() for each in group.entries if each.definition.key == key), None)


def found(said: str) -> list[Group]:
    """The groups with those of their figures whose words in any language hold all that was typed."""
    wanted = said.casefold().split()
    rows = [Group(group.key, group.texts, [e for e in group.entries if _has(e, wanted)]) for group in groups()]
    return [group for group in rows if group.entries]


def _has(entry: Entry, wanted: list[str]) -> bool:
    words: list[Any] = [entry.number, *(text for texts in entry.definition.texts.values() for text in texts.values())]
    text = " ".join(map(str, words)).casefold()
    return all(word in text for word in wanted)


def with_numbers(about: Definition, above: Decimal | None, below: Decimal | None, value: str, say: Any) -> str:
    """The formula with the numbers of a published figure in it; where they would tell of people, only what came out."""
    if above is None or not value or not is_said_whole(about.key):
        return ""
    if below is None:
        return f"{say(above)} = {value}" if say(above) != value else value
    times = " × 100" if about.unit == "index" else ""
    return f"{say(above)} ÷ {say(below)}{times} = {value}"
