from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from analytics.kpis import services
from analytics.kpis.definitions import definitions
from analytics.kpis.forms import TargetsForm
from analytics.kpis.queries import default_targets, targets_of
from analytics.metrics.tabs import tabs_of
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
    form = TargetsForm(
        request.POST if request.method == "POST" else None,
        targets=targets_of(program),
        defaults=default_targets(program),
    )
    if request.method == "POST" and form.is_valid():
        services.set_targets(program, form.targets(), by=request.user)
        toast(request, _("The targets are saved."))
        return redirect("analytics:targets", program.slug)
    context = {
        "program": program,
        "tabs": tabs_of(request, program, "targets"),
        "form": form if may_set else None,
        "kpis": list(definitions().values()),
    }
    return render(request, "analytics/kpis/targets.html", context, status=422 if request.method == "POST" else 200)
