from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit.toasts import toast, warn
from core.once.sending import once
from core.people.requests import PersonRequest
from influencer.operate import access, queries, services
from influencer.operate.forms import LeadForm
from influencer.operate.places import show
from programs.membership import team_services


@require_safe
def programs(request: PersonRequest) -> HttpResponse:
    """Every program of the site with who leads it."""
    access.require_administrator(request.user)
    return show(request, "programs", "programs", {"rows": queries.programs()})


@once
def program(request: PersonRequest, which: str) -> HttpResponse:
    """Who leads a program, and who shall."""
    program = access.get_any(request.user, which)
    form = LeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leads_already = team_services.ask_to_lead(program, by=request.user, **form.asked())
        except ValidationError as error:
            form.add_error("email", error)
        else:
            told = _("We have asked %(address)s by email. Until they answer, everything stays as it is.")
            if leads_already:
                told = _("%(address)s already leads the program. Nothing has changed.")
            toast(request, told % {"address": form.cleaned_data["email"]})
            return redirect("operate:program", which)
    context = {
        "program": program,
        "form": form,
        "leads": queries.leads_of(program),
        "asked": queries.asked_to_lead(program),
    }
    return show(request, "programs", "program", context, status=422 if form.errors else 200)


@require_POST
def lead_withdraw(request: PersonRequest, which: str, pk: int) -> HttpResponse:
    """Nobody is asked any more; with `?undo=1` the link of the mail works again."""
    invitation = access.get_lead_invitation(request.user, which, pk)
    if "undo" in request.GET:
        team_services.restore(invitation, by=request.user)
        toast(request, _("Everything is as it was."))
    else:
        team_services.withdraw(invitation, by=request.user)
        undo = reverse("operate:lead_withdraw", args=[which, pk]) + "?undo=1"
        toast(
            request, _("The invitation to %(address)s has been withdrawn.") % {"address": invitation.email}, undo=undo
        )
    return redirect("operate:program", which)


@require_POST
def program_archive(request: PersonRequest, which: str) -> HttpResponse:
    program = access.get_any(request.user, which)
    try:
        services.archive(program, by=request.user)
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        toast(request, _("“%(program)s” is archived: it can be read, and nothing was deleted.") % {"program": program})
    return redirect("operate:program", which)


@require_POST
def program_unarchive(request: PersonRequest, which: str) -> HttpResponse:
    program = access.get_any(request.user, which)
    services.unarchive(program, by=request.user)
    toast(request, _("“%(program)s” resumes where it stopped.") % {"program": program})
    return redirect("operate:program", which)
