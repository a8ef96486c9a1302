"""What other rooms tell of the people in the program, beside the figures: who stays, and how the community does. Each
for whom its own page is open, with the numbers of that page."""

from typing import TYPE_CHECKING

from community.forum.health_chart import health_chart, health_told
from core.kit.charts import Chart
from programs.generations import staying
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


def charts_around(user: "User", program: Program) -> list[Chart]:
    """Nothing, and no question, for whom both pages are closed."""
    found = []
    if can(user, Ability.MANAGE_PEOPLE, program):
        found.append(staying.chart(program))
    if can(user, Ability.HOST_FORUM, program):
        found.append(health_chart(health_told(program)))
    return [chart for chart in found if chart is not None]
