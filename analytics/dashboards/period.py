"""The period of the dashboard: months as they were published, whole and unchanged.

It chooses among published cells and adds none up, so two periods differ by nothing but cells that everybody reads
anyway: taking one from the other tells nothing more. Other days than those of whole months are not offered.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year

PERIODS = (3, 6, 12)
MOST = 24  # months one can choose from
QUARTER = 3
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Stretch:
    """The newest months, or those from one to another (their first days)."""

    key: str = "6"
    months: int = 6
    first: date | None = None
    last: date | None = None

    @property
    def is_free(self) -> bool:
        return self.first is not None


def months_back(month: date, months: int) -> date:
    """The first day of the month so many before."""
    years, place = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(years, place + 1, 1)


def _between(first: date, last: date, key: str) -> Stretch:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return Stretch(key, min(months, MOST), max(first, months_back(last, MOST - 1)), last)


def stretch_asked(query: Mapping[str, str], today: date | None = None) -> Stretch:
    """What the address asks for; anything that is no period means six months."""
    today = today or timezone.localdate()
    known = {str(each.key): each for each in [*(Stretch(str(n), n) for n in PERIODS), *_named(today)]}
    chosen = known.get(query.get("months", ""), Stretch())
    first, last = _month(query.get("from", ""), today), _month(query.get("until", ""), today)
    if not first and not last:
        return chosen
    last = last or today.replace(day=1)
    first = first or months_back(last, chosen.months - 1)
    return _between(min(first, last), max(first, last), chosen.key)


def _month(said: str, today: date) -> date | None:
    found = MONTH.fullmatch(said)
    return next((month for month in _offered(today) if found and f"{month:%Y-%m}" == said), None)


def _offered(today: date) -> list[date]:
    return [months_back(today, back) for back in range(MOST)]


def _named(today: date) -> list[Stretch]:
    """This quarter and the three before it, this year and the last."""
    start = today.replace(month=(today.month - 1) // QUARTER * QUARTER + 1, day=1)
    quarters = [months_back(start, QUARTER * back) for back in range(4)]
    found = [_between(q, months_back(q, 1 - QUARTER), f"{q.year}-q{q.month // QUARTER + 1}") for q in quarters]
    years = (today.year, today.year - 1)
    return found + [_between(date(year, 1, 1), date(year, 12, 1), str(year)) for year in years]


def choices(today: date | None = None) -> list[tuple[str, str]]:
    today = today or timezone.localdate()
    found = [("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months"))]
    for each in _named(today):
        quarter = each.key.partition("-q")[2]
        words = {"quarter": quarter, "year": each.key[:4]}
        found.append((each.key, _("Quarter %(quarter)s, %(year)s") % words if quarter else words["year"]))
    return found


def month_choices(today: date | None = None) -> list[tuple[str, str]]:
    today = today or timezone.localdate()
    return [("", "–"), *((f"{month:%Y-%m}", month_and_year(month)) for month in _offered(today))]


def last_day(month: date) -> date:
    return months_back(month, -1) - timedelta(days=1)
