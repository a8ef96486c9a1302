"""What an import would change or has changed: numbers, and some rows to show."""

from dataclasses import dataclass
from datetime import date

SAMPLES = 40  # rows of each kind that a preview shows


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of a preview."""

    kind: str  # new, changed, unchanged, older
    cell: str
    metric: int
    segment: int
    grain: int
    period_start: date
    period_end: date
    value: int
    before: int | None = None  # what stands
    since: date | None = None  # of when that is
    post: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0  # differs, and what stands is newer: kept out
    posts_new: int = 0
    repeats: int = 0
    samples: tuple[Sample, ...] = ()

    @property
    def by_kind(self) -> tuple[int, int, int, int]:
        return self.new, self.changed, self.unchanged, self.older
