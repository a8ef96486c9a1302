from django.utils.translation import gettext_lazy as _

from analytics.dashboards.words import month_and_year
from analytics.reports import leaving, news, opened, spots, tasks
from analytics.reports.models import DecisionWord, Report, ReportTemplate
from analytics.reports.models_master import ReportMaster
from analytics.reports.models_sharing import ReportLink
from analytics.reports.verbs import ReportsVerb
from core.kit.deleting import Purge
from core.kit.rooms import Action, Every, Place, Room, Subject, Tile
from programs.membership.access import Ability
from programs.membership.models import Role

ROOM = Room(
    name="analytics.reports",
    verbs=ReportsVerb,
    concerns={
        ReportsVerb.SHARED: _("A report can be read without signing in, by a link until %(until)s: %(thing)s."),
        ReportsVerb.SHARED_AGAIN: _("A link to a report that had ended works again until %(until)s: %(thing)s."),
    },
    belongs_to=("reports",),
    places=(Place("reports", _("Reports"), "file-text", "analytics:reports", Ability.SEE_REPORTS, 70),),
    actions=(
        Action(_("Reports"), "analytics:reports", Ability.SEE_REPORTS, 61, icon="file-text"),
        Action(_("Create a report"), "analytics:report_new", Ability.MAKE_REPORTS, 62, _("monthly management"), "plus"),
    ),
    subjects=(
        Subject(Report, _("report"), "analytics:report_detail", lambda report: month_and_year(report.month)),
        Subject(ReportTemplate, _("template for reports"), "analytics:report_template_edit"),
        Subject(ReportMaster, _("slides of the company"), related=("file",)),
    ),
    news=news.NEWS,
    on_role_end=(leaving.role_ended,),
    spots={spots.KIND: spots.report, spots.MASTER: spots.master},
    retention=(Purge(DecisionWord), Purge(ReportTemplate), Purge(ReportLink), Purge(ReportMaster)),
    tiles=(Tile("analytics/reports/_today.html", frozenset({Role.MANAGER}), opened.tile, 4),),
    timetable=(Every(tasks.monthly, 900, _("Send reports to who gets them")),),
    queue="reports",
)
