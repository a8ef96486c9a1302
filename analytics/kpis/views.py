from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.kpis import services
from analytics.kpis.definitions import definitions
from analytics.kpis.forms import TargetsForm
from analytics.kpis.queries import default_targets, own_targets, scopes_of, targets_of
from analytics.metrics.tabs import tabs_of
from core.kit.returning import go_to
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.membership import access
from programs.membership.access import Ability


def targets(request: PersonRequest, slug: str) -> HttpResponse:
    """What the program aims at, and how each figure is calculated."""
    program = access.get_program(request.user, slug)
    access.require(request.user, Ability.SEE_AGGREGATES, program)
    may_set = access.can(request.user, Ability.MANAGE_PROGRAM, program)
    if request.method == "POST":
        access.require(request.user, Ability.MANAGE_PROGRAM, program)
    scopes = scopes_of(program)
    scope = next((each for each in scopes if each.key == request.GET.get("of", "")), None)
    if scope is None:
        raise Http404
    form = TargetsForm(
        request.POST if request.method == "POST" else None,
        targets=own_targets(program, scope) if scope.key else targets_of(program),
        defaults=targets_of(program) if scope.key else default_targets(program),
    )
    if request.method == "POST" and form.is_valid():
        services.set_targets(program, form.targets(), by=request.user, scope=scope)
        toast(request, _("The targets are saved."))
        address = reverse("analytics:targets", args=[program.slug])
        return go_to(f"{address}?of={scope.key}" if scope.key else address)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "targets"),
        "form": form if may_set else None,
        "scope": scope,
        "scopes": scopes if may_set else [],
        "kpis": list(definitions().values()),
    }
    return render(request, "analytics/kpis/targets.html", context, status=422 if request.method == "POST" else 200)
