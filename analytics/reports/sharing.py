"""A report for people without an account: by a link that ends, and that can be ended before."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from analytics.reports.models import Report
from analytics.reports.models_sharing import ReportLink
from analytics.reports.tokens import hash_of, new_token
from analytics.reports.verbs import ReportsVerb
from core.journal import services as journal

if TYPE_CHECKING:
    from core.people.models import User

LONGEST = timedelta(days=90)


@transaction.atomic
def make_link(report: Report, *, ends_on: date, by: "User") -> tuple[ReportLink, str]:
    """The link and its secret, which nobody can read again. The works council is told that a report left the house."""
    token = new_token()
    link = ReportLink.objects.create(report=report, token_hash=hash_of(token), ends_on=ends_on, made_by=by)
    journal.record(ReportsVerb.SHARED, report, by=by, number=report.number, until=ends_on.isoformat())
    return link, token


@transaction.atomic
def end_link(link: ReportLink, *, by: "User") -> ReportLink:
    """At once: whoever opens it from now on is told that it has ended. Pressed twice it ends once."""
    if _locked(link).deleted_at is not None:
        return link
    link.put_away()
    journal.record(ReportsVerb.SHARING_ENDED, link.report, by=by, number=link.report.number)
    return link


@transaction.atomic
def restore_link(link: ReportLink, *, by: "User") -> ReportLink:
    """Undo: the same address leads there again, until its day. The works council is told once."""
    if _locked(link).deleted_at is None:
        return link
    link.take_back()
    journal.record(
        ReportsVerb.SHARED_AGAIN, link.report, by=by, number=link.report.number, until=link.ends_on.isoformat()
    )
    return link


def _locked(link: ReportLink) -> ReportLink:
    return ReportLink.objects.select_for_update().get(pk=link.pk)


def note_opening(link: ReportLink) -> None:
    """One more, and nothing of who, when or from where."""
    ReportLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)


def links_of(report: Report) -> list[ReportLink]:
    """Those that lead somewhere, the newest first."""
    rows = ReportLink.objects.present().filter(report=report, ends_on__gte=timezone.localdate())
    return list(rows.select_related("made_by"))
