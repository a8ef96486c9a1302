from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics.dashboards import equivalent, shown
from analytics.kpis import catalogue
from analytics.metrics.tabs import tabs_of
from core.people.requests import PersonRequest
from programs.membership import access
from programs.membership.access import Ability
from programs.membership.models import Program

YEAR = timedelta(days=366)


def _program(request: PersonRequest, slug: str) -> Program:
    program = access.get_program(request.user, slug)
    access.require(request.user, Ability.SEE_AGGREGATES, program)
    return program


@require_safe
def kpi_catalogue(request: PersonRequest, slug: str) -> HttpResponse:
    """All 45 figures, found by their words: which are published, what the others wait for."""
    program, said = _program(request, slug), request.GET.get("q", "")[:100]
    groups = catalogue.found(said)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "targets"),
        "said": said,
        "groups": groups,
        "count": sum(len(group.entries) for group in groups),
    }
    return render(request, "analytics/dashboards/kpi_catalogue.html", context)


@require_safe
def kpi(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """One figure: what it says, how it is calculated, and with this program's numbers in it."""
    program, entry = _program(request, slug), catalogue.entry_of(key)
    if entry is None:
        raise Http404
    since = timezone.localdate() - YEAR
    beside = equivalent.equivalent_of(program, since=since) if key == equivalent.KEY else None
    context = {
        "program": program,
        "entry": entry,
        "about": entry.definition,
        "months": beside.months if beside else shown.months_of(program, entry, since=since),
        "equivalent": beside,
        "may_set": beside is not None and access.can(request.user, Ability.MANAGE_PROGRAM, program),
    }
    return render(request, "analytics/dashboards/kpi.html", context)
