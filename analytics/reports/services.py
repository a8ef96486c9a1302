"""Making and removing reports. A report is frozen: there is no service that changes one."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from analytics.dashboards.charts import Scene
from analytics.reports import news
from analytics.reports.models import Report
from analytics.reports.snapshot import digest, freeze
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


@transaction.atomic
def make_report(scene: Scene, month: date, words: dict[str, Any], *, by: "User", with_cost: bool = False) -> Report:
    """Freeze a month. A second report of the same month is its next edition; the first one stays."""
    program = Program.objects.select_for_update().get(pk=scene.program.pk)
    last = Report.objects.filter(program=program).aggregate(number=Max("number"))["number"] or 0
    edition = Report.objects.filter(program=program, month=month).aggregate(last=Max("edition"))["last"] or 0
    data = freeze(scene, month, with_cost=with_cost, blocks=words.get("blocks", ()))
    report = Report.objects.create(
        program=program,
        number=last + 1,
        month=month,
        edition=edition + 1,
        data=data,
        sha256=digest(data),
        of_generation=scene.chosen or 0,
        made_by=by,
        **words,
    )
    journal.record(ReportsVerb.MADE, report, by=by, number=report.number, sha256=report.sha256)
    if report.decision:
        news.tell_wanted(report, by=by)
    return report


@transaction.atomic
def delete_report(report: Report, *, by: "User") -> Report:
    """Out of sight; the number is not given again, so that a copy in somebody's hands stays recognisable."""
    report.put_away()
    news.report_gone(report)
    journal.record(ReportsVerb.DELETED, report, by=by, number=report.number)
    return report


@transaction.atomic
def restore_report(report: Report, *, by: "User") -> Report:
    report.take_back()
    news.report_gone(report, is_gone=False)
    journal.record(ReportsVerb.RESTORED, report, by=by, number=report.number)
    return report
