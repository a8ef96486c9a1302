"""The list of pulses, one that asks, and a result."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.pulses import access, lists, queries, services, shown, trends
from community.pulses.forms import AnswerForm
from community.pulses.models import PulseMoment, PulseRound
from core.people.requests import PersonRequest
from programs.consents.models import today_in


@require_safe
def pulses(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_pulses(request.user, slug)
    context = {
        "program": program,
        "page": lists.page_of(request.user, program, request.GET.get("page")),
        "trends": trends.trends_of(program),
    }
    return render(request, "community/pulses/pulses.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """An answer and “not this time” are the same request with the same answer: no log can tell them apart. A message
    for the next page would be kept in the session, so there is none."""
    row = access.get_pulse_to_answer(request.user, slug, pk)
    is_open, is_settled = queries.takes_answers(row), queries.is_settled(row, request.user)
    form = AnswerForm(request.POST if request.method == "POST" else None, pulse=row)
    if request.method == "POST" and is_open and not is_settled and form.is_valid():
        answers = form.answers if request.POST.get("do") == "answer" else {}
        with suppress(services.PulseIsOver):
            services.settle(row, answers=answers, comment=form.written, by=request.user)
        return redirect("community:pulse", slug, pk)
    context = {
        "program": row.program,
        "pulse": row,
        "form": form,
        "is_open": is_open,
        "is_settled": is_settled,
        "rows": [(form[each.key], each) for each in form.asks],
        "least": services.least(row.program),
    }
    return render(request, "community/pulses/pulse.html", context, status=422 if form.errors else 200)


@require_safe
def pulse_result(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    row = access.get_pulse_result(request.user, slug, pk)
    leads = access.can_lead(request.user, row.program)
    context = {
        "program": row.program,
        "pulse": row,
        "result": shown.result_of(row),
        "leads": leads,
        "least": services.least(row.program),
        "comments": queries.comments_of(row) if leads else (),
        "themes": queries.themes_of(row),
        "is_ahead": row.opens_on > today_in(row.program),
        "publishes_on": row.closed_at + queries.PUBLISHED_BY_ITSELF if row.closed_at else None,
        "asks": services.asked(row),
        "title": title_of(row),
    }
    return render(request, "community/pulses/pulse_result.html", context)


def title_of(row: PulseRound) -> str:
    if row.moment == PulseMoment.WEEKLY:
        return _("Pulse")
    return _("Pulse, %(moment)s") % {"moment": row.get_moment_display()}
