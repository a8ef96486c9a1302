"""Asking for help, and what becomes of it. Whoever is not in an incident gets 404, whatever their role."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.kit.form_pages import FormPage, form_page
from core.kit.toasts import toast
from core.once.sending import once
from core.people.requests import PersonRequest
from programs.membership.access import Ability, get_program
from programs.support import access, incidents, pages_incidents
from programs.support.forms_incidents import AskForm, CloseForm, SayForm


@once
def incident_new(request: PersonRequest, slug: str) -> HttpResponse:
    program = get_program(request.user, slug, Ability.TAKE_PART)
    form = AskForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        people = [row.user for row in form.cleaned_data["helpers"]]
        incident = incidents.ask_for_help(program, text=form.cleaned_data["text"], helpers=people, by=request.user)
        toast(request, _("They know. You are not alone with this."))
        return redirect("programs:incident", slug, incident.pk)
    page = FormPage(
        title=_("Tell the team"),
        up=[(_("Help now"), reverse("programs:help_now", args=[slug]))],
        submit=_("Ask for help"),
        shield=_(
            "Only you and the people you choose can see it. Nobody else in the company can, and it is not "
            "recorded in any log."
        ),
    )
    return form_page(request, form, page, program=program)


def incident(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What was said, who is in it, and a line to add; asked again while it is open."""
    found = access.get_incident(request.user, slug, pk)
    if request.htmx and request.method == "GET":
        return render(request, "programs/support/_entries.html", pages_incidents.entries(request.user, found))
    form = SayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        incidents.say(found, text=form.cleaned_data["text"], by=request.user)
        return redirect("programs:incident", slug, pk)
    context: dict[str, Any] = pages_incidents.page(request.user, found) | {"form": form}
    return render(request, "programs/support/incident.html", context, status=422 if form.errors else 200)


@require_POST
def incident_bring_in(request: PersonRequest, slug: str, pk: int, person: int) -> HttpResponse:
    found, somebody = access.get_who_can_be_brought_in(request.user, slug, pk, person)
    incidents.bring_in(found, somebody)
    undo = reverse("programs:incident_take_out", args=[slug, pk, person])
    toast(request, _("%(name)s can see it now.") % {"name": somebody}, undo=undo)
    return redirect("programs:incident", slug, pk)


@require_POST
def incident_take_out(request: PersonRequest, slug: str, pk: int, person: int) -> HttpResponse:
    found, somebody = access.get_who_is_in_it(request.user, slug, pk, person)
    incidents.take_out(found, somebody)
    if somebody == request.user and found.reporter_id != request.user.pk:
        toast(request, _("You have left this incident."))
        return redirect("programs:help_now", slug)
    undo = reverse("programs:incident_bring_in", args=[slug, pk, person])
    toast(request, _("%(name)s can no longer see it.") % {"name": somebody}, undo=undo)
    return redirect("programs:incident", slug, pk)


def incident_close(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    found = access.get_incident(request.user, slug, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = incidents.close(found, learnt=form.cleaned_data["learnt"], by=request.user)
        left_out = ngettext("%(count)s name was left out.", "%(count)s names were left out.", names) % {"count": names}
        undo = reverse("programs:incident_reopen", args=[slug, pk])
        toast(request, _("It is closed."), more=left_out if names else "", undo=undo)
        return redirect("programs:incident", slug, pk)
    here = reverse("programs:incident", args=[slug, pk])
    page = FormPage(
        title=_("Close it"),
        up=[(_("Help now"), reverse("programs:help_now", args=[slug])), (_("Incident"), here)],
        lead=_("The person who asked for help will be asked how they are tomorrow and in a week."),
        submit=_("Close it"),
    )
    return form_page(request, form, page, program=found.program)


@require_POST
def incident_reopen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    found = access.get_incident(request.user, slug, pk)
    incidents.reopen(found, by=request.user)
    toast(request, _("It is open again."))
    return redirect("programs:incident", slug, pk)
