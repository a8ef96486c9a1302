"""What is done here, as the journal keeps it and as the works council reads it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MembershipVerb(TextChoices):
    PROGRAM_CREATED = "membership.program_created", _("created the program")
    PROGRAM_CHANGED = "membership.program_changed", _("changed the program's settings")
    LOGO_CHANGED = "membership.logo_changed", _("changed the program's logo")
    MEMBER_ADDED = "membership.member_added", _("added somebody to the team")
    TEAM_INVITED = "membership.team_invited", _("invited somebody to the team")
    TEAM_AGREED = "membership.team_agreed", _("agreed to a works council role")
    TEAM_WITHDRAWN = "membership.team_withdrawn", _("withdrew an invitation to the team")
    TEAM_RESTORED = "membership.team_restored", _("renewed a withdrawn invitation to the team")
    GUEST_UNTIL = "membership.guest_until", _("changed how long a guest has access")
    CONTACT_MARKED = "membership.contact_marked", _("changed a contact")
    ROLE_ENDED = "membership.role_ended", _("ended a role in the team")
    WELCOMED_AGAIN = "membership.welcomed_again", _("sent somebody in the team the first sign-in link again")
    ARCHIVED = "membership.archived", _("archived the program")
    UNARCHIVED = "membership.unarchived", _("restored the program from the archive")
    LEAD_CHANGED = "membership.lead_changed", _("changed who leads the program")
    ROLE_RESUMED = "membership.role_resumed", _("restored a role in the team")
