from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.reports import access, deciding
from analytics.reports.deciding import Kind
from analytics.reports.forms import AnswerForm, AnswerToQuestionForm
from analytics.reports.models import Report
from analytics.reports.views import report_page
from core.kit.returning import go_back, go_to, way_back
from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability


@require_POST
@once
def report_decide(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """An executive agrees or asks back. The program team is told, and it can be withdrawn for a day."""
    report = access.get_decision(request.user, slug, pk, Ability.DECIDE)
    form = AnswerForm(request.POST, auto_id=f"words-{report.pk}-%s")
    if not form.is_valid():
        return report_page(request, report, refused=form, back=way_back(request))
    kind = Kind(form.cleaned_data["answer"])
    done = {
        Kind.AGREED: _("You agreed. The program team has been notified."),
        Kind.ASKED: _("Your question has been sent to the program team."),
    }
    return give_word(request, report, form, kind, done[kind])


@require_POST
@once
def report_reply(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The program team answers what was asked back."""
    report = access.get_decision(request.user, slug, pk, Ability.MAKE_REPORTS)
    form = AnswerToQuestionForm(request.POST, auto_id=f"words-{report.pk}-%s")
    if not form.is_valid():
        return report_page(request, report, refused=form, back=way_back(request))
    return give_word(request, report, form, Kind.REPLIED, _("Your answer has been sent."))


def give_word(request: PersonRequest, report: Report, form: Any, kind: Kind, done: str) -> HttpResponse:
    text, seen = form.cleaned_data["text"], form.cleaned_data["seen"] or 0
    try:
        word = deciding.say(report, kind, text=text, seen=seen, by=request.user)
    except deciding.Overtaken:
        return report_page(request, report, refused=form, overtaken=True, back=way_back(request))
    except deciding.Replaced:
        warn(request, _("A later edition of this report counts now. Nothing was sent."))
        return go_to(_place(report))
    slug = report.program.slug
    toast(request, done, undo=reverse("analytics:report_word_withdraw", args=[slug, word.pk]))
    return go_back(request, _place(report))


@require_POST
def word_withdraw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    word = access.get_own_word(request.user, slug, pk)
    try:
        deciding.take_back(word, by=request.user)
    except deciding.TooLate:
        warn(request, _("It can no longer be withdrawn: its day is over, or somebody has answered it."))
    else:
        undo = reverse("analytics:report_word_restore", args=[slug, word.pk])
        toast(request, _("Withdrawn. It no longer counts."), undo=undo)
    return go_back(request, _place(word.report))


@require_POST
def word_restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    word = deciding.say_again(access.get_own_word(request.user, slug, pk), by=request.user)
    toast(request, _("Restored. It counts again."))
    return go_back(request, _place(word.report))


def _place(report: Report) -> str:
    return reverse("analytics:report_detail", args=[report.program.slug, report.pk]) + "#decision"
