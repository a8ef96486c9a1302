from django.urls import reverse

from programs.membership.access import team_of
from programs.membership.models import Program


def team(program: Program) -> tuple[bool, str]:
    """Whoever leads the program is no longer alone in its team."""
    has_company = team_of(program).values("user").distinct().count() > 1
    return has_company, reverse("programs:member_new", args=[program.slug])
