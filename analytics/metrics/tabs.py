"""The line of pages about figures; it stands on each of them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.people.requests import PersonRequest
from programs.membership.access import Ability, can
from programs.membership.models import Program

# Who may read at least some of the told successes; `analytics.benefits.access` says which.
READ_STORIES = (Ability.MAKE_REPORTS, Ability.DECIDE)
LISTEN = (Ability.MANAGE_PROGRAM, Ability.DECIDE)  # as `analytics.listening.access` says


def tabs_of(request: PersonRequest, program: Program, current: str) -> list[dict[str, object]]:
    """The pages of the figures a person may open."""
    sees_groups = can(request.user, Ability.SEE_AGGREGATES, program)
    rows = [
        ("dashboard", _("Overview"), sees_groups),
        ("imports", _("Imports"), can(request.user, Ability.IMPORT_COMPANY, program)),
        ("connections", _("Connections"), can(request.user, Ability.IMPORT_COMPANY, program)),
        ("benefits", _("Told successes"), any(can(request.user, each, program) for each in READ_STORIES)),
        ("activities_group", _("Activities"), can(request.user, Ability.MANAGE_PROGRAM, program)),
        ("listening", _("Listening"), any(can(request.user, each, program) for each in LISTEN)),
        ("scorecard", _("Strategy"), sees_groups),
        ("targets", _("Targets and definitions"), sees_groups),
        ("reports", _("Reports"), can(request.user, Ability.SEE_REPORTS, program)),
    ]
    return [
        {"label": label, "url": reverse(f"analytics:{name}", args=[program.slug]), "current": name == current}
        for name, label, allowed in rows
        if allowed
    ]
