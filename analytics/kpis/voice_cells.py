"""The company's share of what others publish about it and its competitors: mentions by whole months, no people.

Below the number of mentions from which the room of listening says a share there is no cell, so that no month is told
that the room would not tell. A mention holds no author, so none follows from a share.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from analytics.kpis.book import Key
from analytics.kpis.formulas import ratio
from analytics.kpis.publish import Released
from analytics.kpis.weeks import WEEK, monday_of, month_of, weeks_of
from analytics.listening.queries import FEWEST, KEPT, mentions_between, names_of
from core.disclosure.publication import TOTAL
from programs.membership.models import Program

VOICE = "share_of_voice"


def voice_cells(program: Program, months: list[date], today: date) -> Iterator[Released]:
    """Of the months whose mentions are all still here. Two queries, one where nobody listens."""
    known = [month for month in months if not _is_forgotten(month, today)]
    names = names_of(program)
    own = {each.pk for each in names if each.is_own}
    others = {each.pk for each in names} - own
    if not (own and others and known):
        return
    first, last = weeks_of(known[0])[0], weeks_of(known[-1])[-1] + WEEK - timedelta(days=1)
    counts: Counter[tuple[date, bool]] = Counter()
    for on, about, _tone, _topic in mentions_between(program, first, last):
        for name in set(about) & (own | others):
            counts[month_of(monday_of(on)), name in own] += 1
    for month in known:
        above = counts[month, True]
        below = above + counts[month, False]
        if below >= FEWEST:
            value = ratio(Decimal(above), Decimal(below))
            yield Released(VOICE, "month", TOTAL, month, "shown", value, Decimal(above), Decimal(below))


def voice_of_before(stored: Iterable[Key], today: date) -> list[Key]:
    """What was told of months whose mentions are deleted by now: it stays as it was."""
    return [key for key in stored if key[0] == VOICE and _is_forgotten(key[4], today)]


def _is_forgotten(month: date, today: date) -> bool:
    return weeks_of(month)[0] < today - KEPT
