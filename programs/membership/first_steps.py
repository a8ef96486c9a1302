from django.urls import reverse

from core.kit.compiled import Blank, Compiled
from programs.membership.models import Program
from programs.membership.queries import team_of

COMPANY = Compiled(
    lambda: team_of(Blank("program")).select_related(None).order_by().values_list("user", flat=True).distinct()[:2]
)


def team(program: Program) -> tuple[bool, str]:
    """Whoever leads the program is no longer alone in its team."""
    has_company = len(COMPANY.rows(program=program.pk)) > 1
    return has_company, reverse("programs:member_new", args=[program.slug])
