from django.urls import reverse

from programs.membership.models import Program
from programs.membership.queries import team_of


def team(program: Program) -> tuple[bool, str]:
    """Whoever leads the program is no longer alone in its team."""
    has_company = team_of(program).values("user").distinct().count() > 1
    return has_company, reverse("programs:member_new", args=[program.slug])
