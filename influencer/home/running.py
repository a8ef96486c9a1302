"""Long work that is under way, as the start page of a program manager shows it."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from community.newsletters.models import Delivery, DeliveryState, Issue, IssueState
from programs.membership.models import Program

AT_WORK = (RunState.QUEUED, RunState.READING, RunState.APPLYING, RunState.UNDOING)
PERCENT = {  # how far along the way from file to figures
    RunState.QUEUED: 5,
    RunState.READING: 30,
    RunState.QUESTION: 40,
    RunState.PREVIEW: 60,
    RunState.APPLYING: 80,
    RunState.UNDOING: 80,
}
OPEN_RUNS = (*AT_WORK, RunState.PREVIEW, RunState.QUESTION)


def running(program: Program) -> list[dict[str, Any]]:
    """Newsletters that are being sent and company imports that are not finished. Two queries, three while sending."""
    issues = list(Issue.objects.filter(program=program, state=IssueState.SENDING).only("number"))
    mails = _mails(issues) if issues else {}
    runs = ImportRun.objects.filter(program=program, account__kind=Account.Kind.COMPANY, state__in=OPEN_RUNS)
    return [_sending(issue, program, *mails.get(issue.pk, (0, 0))) for issue in issues] + [
        _importing(run, program) for run in runs.only("state")[:3]
    ]


def _mails(issues: list[Issue]) -> dict[int, tuple[int, int]]:
    """All mails of each newsletter, and those that are sent."""
    sent = Count("pk", filter=Q(state=DeliveryState.SENT))
    rows = (
        Delivery.objects.filter(issue__in=issues).order_by().values_list("issue").annotate(all=Count("pk"), sent=sent)
    )
    return {issue: (total, done) for issue, total, done in rows}


def _sending(issue: Issue, program: Program, total: int, sent: int) -> dict[str, Any]:
    return {
        "name": _("Newsletter no. %(number)s") % {"number": issue.number},
        "done": sent,
        "total": max(total, 1),
        "percent": 100 * sent // max(total, 1),
        "text": _("%(sent)s of %(all)s mails sent") % {"sent": sent, "all": total},
        "url": reverse("community:issue_progress", args=[program.slug, issue.pk]),
        "at_work": True,
    }


def _importing(run: ImportRun, program: Program) -> dict[str, Any]:
    return {
        "name": _("Import: company page"),
        "done": PERCENT[RunState(run.state)],
        "total": 100,
        "percent": PERCENT[RunState(run.state)],
        "text": run.get_state_display(),
        "url": reverse("analytics:import_detail", args=[program.slug, run.pk]),
        "at_work": run.state in AT_WORK,
    }
