"""The figures the product knows: data/kpis.yaml, read once."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from core.kit.languages import localised

FILE = Path(__file__).parent / "data" / "kpis.yaml"
#: The words of the data file and the badge a chart shows for them.
BADGES = {"imported": "imported", "mixed": "partly", "self_reported": "self", "recorded": "", "estimated": ""}


@dataclass(frozen=True)
class Definition:
    """One KPI: what it says, how it is calculated, who may see it."""

    key: str
    number: int
    formula_version: int
    unit: str  # count, ratio, index, minutes
    quality: str
    direction: str
    visibility: str
    low: Decimal | None
    high: Decimal | None
    texts: dict[str, Any]
    source: str
    minimum_n: int

    @property
    def name(self) -> str:
        return localised(self.texts["name"])

    @property
    def definition(self) -> str:
        return localised(self.texts["definition"])

    @property
    def formula(self) -> str:
        return localised(self.texts["formula"])

    @property
    def badge(self) -> str:
        return BADGES[self.quality]

    @property
    def default_target(self) -> Decimal | None:
        """Where to aim unless the program says otherwise: at least `low`, or at most `high`."""
        return self.low if self.low is not None else self.high


@cache
def definitions() -> dict[str, Definition]:
    """Every KPI by its key, in the order of the catalogue's file."""
    return {row["key"]: definition_of(row) for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))["kpis"]}


def definition_of(row: dict[str, Any]) -> Definition:
    target = row["default_target"] or {}
    low, high = (None if target.get(name) is None else Decimal(target[name]) for name in ("low", "high"))
    return Definition(
        key=row["key"],
        number=row["number"],
        formula_version=row["formula_version"],
        unit=row["unit"],
        quality=row["quality"],
        direction=row["direction"],
        visibility=row["visibility"],
        low=low,
        high=high,
        texts={name: row[name] for name in ("name", "definition", "formula")},
        source=row["source"],
        minimum_n=row["minimum_n"],
    )
