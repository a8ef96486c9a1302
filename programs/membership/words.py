"""What each role is, in one sentence: on the page of an invitation, in its mail, for the works council."""

from django.utils.translation import gettext_lazy as _

ROLES = {
    "manager": _("Leads the program: its plan, its people and what is published. Sees nobody's own figures."),
    "influencer": _("Takes part and decides what others see. Their own figures are theirs alone."),
    "coach": _("Helps participants in the forum and in office hours, and works on the plan. Sees group figures only."),
    "team": _(
        "Works on the plan: checklists, reviews and the handbook. Sees group figures only, and does not read the "
        "forum, the directory or bookings of office hours."
    ),
    "executive": _("Follows the program through reports. Sees group figures only."),
    "council": _("Checks what is stored, who may see it and what was changed. Sees group figures only."),
    "guest": _(
        "For people from outside, for example from an agency: their events with the materials, and the handbook pages "
        "shown to guests. No figures, no list of people and nothing else of the program."
    ),
}


def about(role: str) -> str:
    return str(ROLES[role])
