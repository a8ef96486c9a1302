"""The list of pulses as one person sees it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from community.pulses import access, queries, services
from community.pulses.models import PulseRound
from programs.consents.models import today_in
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

ON_A_PAGE = 12


@dataclass(frozen=True)
class PulseLine:
    """A row: open, planned, ended or published; what one person can do with it."""

    pulse: PulseRound
    names: str
    state: str
    asks_me: bool = False


@dataclass(frozen=True)
class PulsesPage:
    lines: list[PulseLine]
    page: Page[PulseRound]
    leads: bool
    takes_part: bool
    reads_readiness: bool


def page_of(user: "User", program: Program, number: Any) -> PulsesPage:
    """Who leads the program sees all; everybody else what is open or published."""
    leads, today = access.can_lead(user, program), today_in(program)
    rows = queries.pulses_of(program)
    if not leads:
        rows = queries.seen_by_all(program)
    page = Paginator(rows, ON_A_PAGE).get_page(number)
    mine = queries.asked_now(user, program) if can(user, Ability.TAKE_PART, program) else None
    lines = []
    for row in page:
        state = "published" if row.published_at else "ended" if row.closed_at else "open"
        if state == "open" and row.opens_on > today:
            state = "planned"
        elif state == "open" and row.closes_on < today:
            state = "ended"
        names = ", ".join(str(each.name) for each in services.asked(row))
        lines.append(PulseLine(row, names, state, asks_me=mine is not None and mine.pk == row.pk))
    reads_readiness = can(user, Ability.WRITE_REVIEWS, program)
    return PulsesPage(lines, page, leads, can(user, Ability.TAKE_PART, program), reads_readiness)
