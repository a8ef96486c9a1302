"""What people say about a report hangs on it: whoever reads reports reads it, whoever makes or answers them writes."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.dashboards.words import month_and_year
from analytics.reports.access import ANSWERING, get_report_of, get_reporting
from analytics.reports.models_master import ReportMaster
from core.kit.rooms import Spot
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.membership.queries import people_with

if TYPE_CHECKING:
    from core.people.models import User

KIND = "report"
MASTER = "report_master"  # the company's slides


def report(user: "User", pk: int) -> Spot:
    found = get_report_of(user, pk)
    program = found.program
    return Spot(
        program_id=program.pk,
        title=_("Report %(month)s") % {"month": month_and_year(found.month)},
        url=reverse("analytics:report_detail", args=[program.slug, found.pk]),
        may_write=any(can(user, ability, program) for ability in ANSWERING),
        reads_comments=True,
        may_moderate=can(user, Ability.MAKE_REPORTS, program),
        people=lambda: [row.user for row in people_with(Ability.SEE_REPORTS, program)],
    )


def master(user: "User", pk: int) -> Spot:
    """The company's slides: who makes reports takes the file along, as it is kept; it is changed on its own page."""
    program = get_reporting(user, get_object_or_404(Program, pk=pk).slug, Ability.MAKE_REPORTS)
    used = ReportMaster.objects.present().filter(program=program)
    url = reverse("analytics:report_master", args=[program.slug])
    opens = frozenset(used.values_list("file_id", flat=True))
    return Spot(pk, program.name, url, may_write=False, opens=lambda attachment: attachment.pk in opens)
