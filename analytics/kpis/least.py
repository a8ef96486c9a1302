"""How small a group may be in each month, as it was when the month was first published.

Were it asked of every month anew, whoever changes the setting from night to night would see at which number each figure
of the past disappears, and so how many people are behind it; in a group of just as many, what each of them did. So a
change holds for months of which nothing has been published yet. One that shows nothing takes a higher number, never a
lower one: nothing appears by it.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from analytics.kpis.weeks import month_of
from programs.membership.models import Program
from programs.membership.models_standing import StandingCount

NAME = "kpis:least"


def of_months(program: Program, weeks: Iterable[date], shown: Iterable[date], today: date) -> dict[date, int]:
    """By month, also of months before these weeks; `shown`: the months of which readers have seen a figure."""
    row = StandingCount.objects.filter(program=program, name=NAME).first()
    before: dict[str, int] = row.said if row else {}
    current, told = program.group_minimum, set(shown)
    found = {date.fromisoformat(month): k for month, k in before.items()}
    for month in sorted({month_of(week) for week in weeks}):
        kept = found.get(month, current)
        found[month] = kept if month in told else max(kept, current)
    said = {month.isoformat(): k for month, k in found.items()}
    if said != before:
        row = StandingCount(program=program, name=NAME, as_of=today, said=said)
        StandingCount.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["program", "name"], update_fields=["as_of", "said"]
        )
    return found


def on(months: Mapping[date, int], week: date, *, k: int) -> int:
    """In a week; before the first month that is known it was as in that one."""
    month = month_of(week)
    if not months:
        return k
    return months.get(month, months[min(months)] if month < min(months) else k)
