"""The one reader of days, in the ways people and programs write them; what is ambiguous is decided once per file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from .cells import CellValue, Unreadable
from .values import is_nothing

CLOCK = r"(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)(?:\s?(?P<half>[AaPp])\.?[Mm]\.?)?"
TIME = rf"{CLOCK}(?:\s?(?:Z|UTC|GMT|[-+][0-9]{{2}}:?[0-9]{{2}}))?"
MOMENT = rf"(?:(?:T|,?\s){TIME})?"
WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
NUMERIC_DATE = re.compile(rf"([0-9]{{1,4}})([./-])([0-9]{{1,2}})\2([0-9]{{2,4}})\.?{MOMENT}")
MONTH_FIRST = re.compile(rf"{WEEKDAY}{MONTH} (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}}){MOMENT}")
DAY_FIRST = re.compile(
    rf"{WEEKDAY}(?P<day>[0-9]{{1,2}})\.?(?: de |[ -]){MONTH}(?: de |,? |-)(?P<year>[0-9]{{4}}){MOMENT}"
)
#: In English and German, and in the other languages of the networks' exports.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner jän janvier janv enero ene gennaio gen janeiro",
            "feb february februar feber février févr fevrier febrero febbraio fevereiro fev",
            "mar march märz maerz mär mrz mars marzo março marco",
            "apr april avril avr abril abr aprile",
            "may mai mayo maggio mag maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juillet juil julio luglio lug julho",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october oktober okt octobre octubre ottobre ott outubro out",
            "nov november novembre noviembre novembro",
            "dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
SERIALS = (36_526, 73_416)  # 2000 to 2100, counted from 1900
YEARS = range(2000, 2101)
#: Orders in which day, month and year are written.
ORDERS = ("mdy", "dmy")


@dataclass(frozen=True, slots=True)
class Dates:
    """How one file writes its days: the order of day and month, and from when a spreadsheet counts its days."""

    order: str = "mdy"
    epoch: int = 1900

    def day(self, cell: CellValue, *, may_have_time: bool = False) -> date | None:
        """A day, None when empty.  Raises ValueError with the code of what is wrong.

        A time of day makes a moment of it: midnight is that day, another time is not, unless the caller wants just
        the day.
        """
        if isinstance(cell, datetime):
            if not may_have_time and (cell.hour or cell.minute or cell.second):
                raise ValueError("date_time")
            return plausible(cell.year, cell.month, cell.day)
        if isinstance(cell, date):
            return plausible(cell.year, cell.month, cell.day)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._from_serial(cell, may_have_time)
        if is_nothing(cell):
            return None
        return day_from_text(str(cell).strip(), self.order, may_have_time)

    def _from_serial(self, number: float, may_have_time: bool) -> date:
        whole = int(number) if number == number and abs(number) < 10**6 else 0
        if not SERIALS[0] - 1462 <= whole < SERIALS[1]:
            raise ValueError("date_unreadable")
        if whole != number and not may_have_time:
            raise ValueError("date_time")
        found = EPOCHS[self.epoch] + timedelta(days=whole)
        return plausible(found.year, found.month, found.day)


@lru_cache(maxsize=4096)  # every day of a file is looked at several times
def day_from_text(text: str, order: str, may_have_time: bool = False) -> date:
    """3/10/2026 by the file's order, 03.10.2026, 2026-10-03T00:00:00, Oct 3, 2026, 3. Oktober 2026."""
    if len(text) > 48:
        raise ValueError("date_unreadable")
    if match := NUMERIC_DATE.fullmatch(text):
        first, mark, second, third = int(match[1]), match[2], int(match[3]), int(match[4])
        if len(match[1]) == 4:
            if len(match[4]) > 2:
                raise ValueError("date_unreadable")
            year, month, number = first, second, third
        else:
            year = third + 2000 if len(match[4]) == 2 else third
            day_first = mark == "." or order == "dmy"
            number, month = (first, second) if day_first else (second, first)
    elif (match := MONTH_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)) and (
        found := MONTHS.get(match["month"].casefold())
    ):
        year, month, number = int(match["year"]), found, int(match["day"])
    else:
        raise ValueError("date_unreadable")
    if match["time"] and not may_have_time and not _is_midnight(match["time"], match["half"] or ""):
        raise ValueError("date_time")
    return plausible(year, month, number)


def _is_midnight(time: str, half: str) -> bool:
    hour, *rest = re.split(r"[:.,]", time)
    noon = half.casefold() == "p"
    return not noon and int(hour) == (12 if half else 0) and not any(map(int, rest))


def plausible(year: int, month: int, number: int) -> date:
    """A day that exists, in a year that figures of social media can come from."""
    if year not in YEARS:
        raise ValueError("date_far")
    try:
        return date(year, month, number)
    except ValueError:
        raise ValueError("date_impossible") from None


def is_day_like(cell: CellValue) -> bool:
    """Whether a cell is a date in one order or the other."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return SERIALS[0] - 1462 <= cell < SERIALS[1]
    return any(_reads(Dates(order), cell) is not None for order in ORDERS)


def _reads(dates: Dates, cell: CellValue) -> date | None:
    try:
        return dates.day(cell, may_have_time=True)
    except ValueError:
        return None


def decide(
    series: Sequence[CellValue],
    *,
    pairs: Sequence[tuple[CellValue, date]] = (),
    bounds: tuple[date, date] | None = None,
    within: tuple[CellValue, CellValue] | None = None,
    from_1904: bool = False,
) -> Dates:
    """How the file writes its days, decided once.

    Evidence: days stand near the time in a post's number (`pairs`); they lie inside the window that the file names
    (`bounds`), or that it says itself in its own order (`within`); the days of the daily sheet follow each other; the
    workbook says that it counts from 1904. Raises Unreadable when both orders stay possible and would differ.
    """
    serials = any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in series)
    epochs = ((1904, 1900) if from_1904 else (1900, 1904)) if serials else (1900,)
    possible: dict[Dates, tuple[list[date], list[date | None], list[date | None]]] = {}
    for order in ORDERS:
        for epoch in epochs:
            dates = Dates(order, epoch)
            try:
                read = [d for cell in series if (d := dates.day(cell, may_have_time=True))]
                stamped = [dates.day(cell, may_have_time=True) for cell, _ in pairs]
                possible[dates] = read, stamped, [dates.day(cell) for cell in within or ()]
            except ValueError:
                continue
    if not possible:
        raise Unreadable("date_series")
    near = [when for _, when in pairs]
    proofs: tuple[Callable[[list[date], list[date | None], list[date | None]], bool], ...] = (
        lambda days, stamped, said: all(
            d is None or abs((d - n).days) <= 8 for d, n in zip(stamped, near, strict=True)
        ),
        lambda days, stamped, said: bounds is None or all(bounds[0] <= d <= bounds[1] for d in days),
        lambda days, stamped, said: not said or not days or said == [min(days), max(days)],
        lambda days, stamped, said: steps(days) <= {1} or steps(days) <= {-1},
        lambda days, stamped, said: min(steps(days), default=1) > 0 or max(steps(days), default=-1) < 0,
    )
    for proof in proofs:
        # The strongest proof that leaves something standing decides.
        possible = {o: r for o, r in possible.items() if proof(*r)} or possible
    first = next(iter(possible))
    if any(dates.epoch == first.epoch and read != possible[first] for dates, read in possible.items()):
        written = [*series, *(cell for cell, _ in pairs)]
        raise Unreadable("date_order", example=next((str(c) for c in written if c), ""))
    return first


def steps(days: Sequence[date]) -> set[int]:
    """The distances from one line to the next, in days."""
    return {(b - a).days for a, b in pairwise(days)}
