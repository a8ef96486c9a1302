from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScorecardVerb(TextChoices):
    ADDED = "scorecard.added", _("added an aim to the strategy map")
    EDITED = "scorecard.edited", _("changed an aim of the strategy map")
    REMOVED = "scorecard.removed", _("removed an aim from the strategy map")
    RESTORED = "scorecard.restored", _("restored an aim of the strategy map")
    MOVED = "scorecard.moved", _("moved an aim of the strategy map")
    LINE_DRAWN = "scorecard.line_added", _("drew a line on the strategy map")
    LINE_EDITED = "scorecard.line_edited", _("changed a line of the strategy map")
    LINE_REMOVED = "scorecard.line_removed", _("removed a line from the strategy map")
    LINE_RESTORED = "scorecard.line_restored", _("restored a line of the strategy map")
    OBJECTIVE_ADDED = "scorecard.objective_added", _("added an objective")
    OBJECTIVE_EDITED = "scorecard.objective_edited", _("changed an objective")
    OBJECTIVE_REMOVED = "scorecard.objective_removed", _("removed an objective")
    OBJECTIVE_RESTORED = "scorecard.objective_restored", _("restored an objective")
    OBJECTIVE_COPIED = "scorecard.copy_made", _("took an objective into the next quarter")
    RESULT_ADDED = "scorecard.result_added", _("added a key result")
    RESULT_EDITED = "scorecard.result_edited", _("changed a key result")
    RESULT_REMOVED = "scorecard.result_removed", _("removed a key result")
    RESULT_RESTORED = "scorecard.result_restored", _("restored a key result")
    CHECKED_IN = "scorecard.check_in_added", _("wrote how a key result stands")
    CHECK_IN_WITHDRAWN = "scorecard.check_in_removed", _("withdrew what was written about a key result")
    CHECK_IN_RESTORED = "scorecard.check_in_restored", _("restored what was written about a key result")
