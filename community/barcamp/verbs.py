"""What hosts do to a board, as the journal keeps it. What somebody proposed or voted for is in no journal."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BarcampVerb(TextChoices):
    ARRANGED = "barcamp.arranged", _("changed the rooms or times of a barcamp")
    PLACED = "barcamp.placed", _("changed the plan of a barcamp")
    REMOVED = "barcamp.removed", _("removed a proposal from a barcamp")
    VOTING_ENDED = "barcamp.voting_ended", _("ended the voting of a barcamp")
