"""What is selected of who helps, and what the help page shows."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.kit import languages, page_cache
from core.kit.compiled import Blank, Compiled
from core.kit.words import Words
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.support import access, queries_incidents, rota
from programs.support.models import Concern, Helper

if TYPE_CHECKING:
    from core.people.models import User

MOST_INCIDENTS = 10
TEXTS = Path(__file__).with_name("data") / "help.yaml"


def helpers_of(program: Program | Blank) -> QuerySet[Helper]:
    """Everybody on the list who is still there: a role that ended takes its person off it."""
    here = Q(member=None) | Q(member__ended_at=None, member__user__is_active=True)
    return Helper.objects.present().filter(here, program=program).order_by("begins", "pk")


HELPERS = Compiled(lambda: helpers_of(Blank("program")))


@cache
def _texts() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TEXTS.read_text())
    return found


@dataclass(frozen=True)
class Statement:
    """A sentence to copy, the reader's language first."""

    texts: list[tuple[str, str]]


def help_page(user: "User", program: Program) -> dict[str, Any]:
    """Whom to call now, what to do, what one can say. Looking at it is written nowhere."""
    now = rota.moment_in(program, timezone.now())
    reached = rota.reached(list(helpers_of(program)), now, Concern.CRISIS)
    first = next((each for each in reached if each.is_now), None)
    texts = _texts()
    return {
        "program": program,
        "may_ask": can(user, Ability.TAKE_PART, program),
        "incidents": list(queries_incidents.incidents_of(user, program)[:MOST_INCIDENTS]),
        "first": first,
        "others": [each for each in reached if each is not first],
        "steps": [(Words(row["title"]), Words(row["text"])) for row in texts["steps"]],
        "statements": [
            Statement([(code, row[code]) for code in languages.own_first(row)]) for row in texts["statements"]
        ],
        "emergency": [(row["number"], Words(row["name"])) for row in texts["emergency"][program.country]],
    }


def support_page(user: "User", program: Program) -> dict[str, Any]:
    """Everybody who helps, with what, and who can be reached now; for who arranges it also the gaps."""
    now, helpers = rota.moment_in(program, timezone.now()), list(helpers_of(program))
    may_arrange = access.can_arrange(user, program)
    return {
        "program": program,
        "reached": rota.reached(helpers, now),
        "helpers": helpers if may_arrange else [],
        "may_arrange": may_arrange,
        "gaps": rota.gaps(helpers, now.date()) if may_arrange else [],
        "lessons": list(queries_incidents.lessons_of(program)) if may_arrange else [],
    }


def tile(user: "User", program: Program, today: date) -> rota.Gap | None:
    """The next gap, for who arranges it; kept in the cache until the list changes or the day is over."""
    if not access.can_arrange(user, program):
        return None

    def look() -> rota.Gap | None:
        helpers = HELPERS.rows(program=program.pk)
        return next(iter(rota.gaps(helpers, today)), None) if helpers else None

    return page_cache.taken(f"program:{program.pk}", f"help_gap:{today}", look)
