"""How a table is to be read: its encoding and marks, and which column is what.

A layout we know says it (`network_files`), or a person on the page that asks (`analytics.imports.assigning`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from core.sheets.values import SPACES, count_from_text, normalised

from .codes import METRICS

DAY, POST = "day", "post"
#: What a column may be besides a figure.
ROLES = ("date", "post_url", "title", "account", "metric", "value", "segment")
UNITS = (1, 1_000, 1_000_000)
OTHER = {".": ",", ",": "."}


@dataclass(slots=True)
class Mapping:
    """Everything that must be known to read a table; nothing in it is guessed any more."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    head: int = 0  # which row holds the labels, from 0
    order: str = "dmy"
    decimal: str = "."
    rows: str = DAY  # what a row tells: one day, or a post and what it has reached so far
    roles: dict[int, str] = field(default_factory=dict)
    units: dict[int, int] = field(default_factory=dict)
    network: str = ""  # whose figures these are, where no column says it
    account: str = ""  # only the rows of this one, where they name several

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Mapping:
        """JSON knows no numbers as keys."""
        roles = {int(place): role for place, role in data["roles"].items()}
        units = {int(place): unit for place, unit in data["units"].items()}
        return cls(**data | {"roles": roles, "units": units})

    def place(self, role: str) -> int | None:
        return next((place for place, found in sorted(self.roles.items()) if found == role), None)

    def figures(self) -> list[tuple[int, str]]:
        return [(place, role) for place, role in sorted(self.roles.items()) if role in METRICS]

    def unit(self, place: int) -> int:
        return self.units.get(place, 1)


def shape(labels: Sequence[object]) -> str:
    """The same labels in the same order are the same kind of file."""
    return hashlib.sha256(
        "\x1f".join(normalised(str(label or "")) for label in labels).rstrip("\x1f").encode()
    ).hexdigest()


def amount(text: str, decimal: str, unit: int = 1) -> int:
    """A whole number as this file writes it: with "," for decimals 1.234 is 1234; in thousands 1,2 is 1200."""
    thousands = OTHER[decimal]
    if unit == 1:
        return count_from_text(text, thousands=thousands)
    grouped = rf"[-−+]?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:(?:[{thousands}'’]|{SPACES})[0-9]{{3}})+)(?:[{decimal}][0-9]+)?"
    if len(text) > 24 or not re.fullmatch(grouped, text):
        raise ValueError("number_unreadable")
    plain = re.sub(rf"[{thousands}'’\s]", "", text).replace("−", "-").replace(decimal, ".")
    number = Decimal(plain) * unit
    if number != int(number):
        raise ValueError("number_not_whole")
    return int(number)
