from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.kit.toasts import toast
from core.people.requests import PersonRequest
from programs.consents import access, services
from programs.consents.forms import ConsentForm
from programs.consents.models import Purpose
from programs.membership.access import get_program


def consents(request: PersonRequest, slug: str) -> HttpResponse:
    """My consents: each with its text and a switch, and what I decided when."""
    program = get_program(request.user, slug)
    context = {"program": program} | access.overview(request.user, program)
    return render(request, "programs/consents/consents.html", context)


@require_POST
def consent_set(request: PersonRequest, slug: str, purpose: str) -> HttpResponse:
    """Grant or withdraw one consent. Withdrawing the taking part is leaving; joining needs an invitation."""
    program = get_program(request.user, slug)
    text = access.get_offered(request.user, program, purpose)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    on = form.cleaned_data["on"]
    if on and purpose == Purpose.PARTICIPATION:
        raise PermissionDenied
    change = services.grant if on else services.withdraw
    change(program, [purpose], by=request.user, channel="settings")
    if purpose == Purpose.PARTICIPATION:
        told = _("You have left %(program)s. You can come back within 30 days.") % {"program": program.name}
        toast(request, told, undo=reverse("programs:participation_resume", args=[slug]))
        return redirect("home:start")
    told = _("Granted: %(consent)s") if on else _("Withdrawn: %(consent)s")
    toast(request, told % {"consent": text.title})
    return redirect("programs:consents", slug)
