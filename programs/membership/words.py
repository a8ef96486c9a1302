"""What each role is, in one sentence: on the page of an invitation, in its mail, for the works council."""

from django.utils.translation import gettext_lazy as _

from programs.membership.models import Role

ROLES = {
    Role.MANAGER: _("Leads the program: its plan, its people and what is published. Sees nobody's own figures."),
    Role.INFLUENCER: _("Takes part and decides what others see. Their own figures are theirs alone."),
    Role.COACH: _(
        "Helps participants in the forum and in office hours, and works on the plan. Sees group figures only."
    ),
    Role.TEAM: _(
        "Works on the plan: checklists, reviews and the handbook. Sees group figures only, and does not read the "
        "forum, the directory or bookings of office hours."
    ),
    Role.EXECUTIVE: _("Follows the program through reports. Sees group figures only."),
    Role.COUNCIL: _("Checks what is stored, who may see it and what was changed. Sees group figures only."),
}


def about(role: str) -> str:
    return str(ROLES[Role(role)])
