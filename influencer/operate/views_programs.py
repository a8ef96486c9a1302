from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from influencer.operate import access, queries, services
from influencer.operate.forms import LeadForm
from influencer.operate.frame import show


@require_safe
def programs(request: PersonRequest) -> HttpResponse:
    """Every program of the site with who leads it."""
    access.require_administrator(request.user)
    return show(request, "programs", "programs", {"rows": queries.programs()})


def program(request: PersonRequest, which: str) -> HttpResponse:
    """Who leads a program, and who shall."""
    program = access.get_program(request.user, which)
    form = LeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lead = services.change_lead(program, by=request.user, **form.cleaned_data)
        toast(request, _("%(name)s leads the program now and is told by mail.") % {"name": lead})
        return redirect("operate:program", which)
    context = {"program": program, "form": form, "leads": queries.leads_of(program)}
    return show(request, "programs", "program", context, status=422 if form.errors else 200)


@require_POST
def program_archive(request: PersonRequest, which: str) -> HttpResponse:
    program = access.get_program(request.user, which)
    try:
        services.archive(program, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        toast(request, _("“%(program)s” is archived: it can be read, and nothing was deleted.") % {"program": program})
    return redirect("operate:program", which)


@require_POST
def program_unarchive(request: PersonRequest, which: str) -> HttpResponse:
    program = access.get_program(request.user, which)
    services.unarchive(program, by=request.user)
    toast(request, _("“%(program)s” goes on where it stopped.") % {"program": program})
    return redirect("operate:program", which)
