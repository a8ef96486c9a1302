"""What a page of figures may read: published cells for everybody with the ability, own readings for oneself."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from analytics.dashboards.charts import Scene
from analytics.kpis.queries import board, targets_of
from programs.checklists.access import generations_of, phases_with_progress
from programs.generations.models import Generation
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

PERIODS = (3, 6, 12)


def get_dashboard(user: "User", slug: str) -> Program:
    """Everybody with a role in the program sees groups, nobody sees persons."""
    return membership.get_program(user, slug, Ability.SEE_AGGREGATES)


def get_own(user: "User", slug: str) -> Program:
    """The own figures: whose they are is who asks; no address names a person."""
    return membership.get_program(user, slug, Ability.TAKE_PART)


def since(months: int, today: date | None = None) -> date:
    """The first day of the months that are shown, and the month before for comparison."""
    today = today or timezone.localdate()
    return (today.replace(day=1) - timedelta(days=31 * (months + 1))).replace(day=1)


def scene_of(program: Program, *, months: int = 6, generation: str = "", today: date | None = None) -> Scene:
    """The dashboard's figures. Four queries, however many people there are."""
    generations: list[Generation] = list(generations_of(program))
    return Scene(
        program=program,
        board=board(program, since=since(months, today), weekly=["engagement_rate"]),
        targets=targets_of(program),
        months=months,
        generation=next((each for each in generations if str(each.pk) == generation), None),
        phases=list(phases_with_progress(program)),
        generations=generations,
        method_url=reverse("analytics:targets", args=[program.slug]),
    )
