from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from core.kit.returning import go_back, go_to
from core.kit.templatetags.ui import day
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.consents import access, erasures, queries, services
from programs.consents.forms import ConsentForm
from programs.consents.models import Purpose
from programs.membership.access import abilities_in, get_program


def consents(request: PersonRequest, slug: str) -> HttpResponse:
    """My consents: each with its text and a switch, what rests since I took one back, and what I decided when. Whoever
    has left keeps this page."""
    program = access.get_own_program(request.user, slug)
    is_here = bool(abilities_in(request.user, program))  # else they have left
    context = {"program": program, "is_here": is_here} | queries.overview(request.user, program)
    return render(request, "programs/consents/consents.html", context)


@require_POST
def consent_set(request: PersonRequest, slug: str, purpose: str) -> HttpResponse:
    """Grant or withdraw one consent. Where something goes with it, a page first says what; joining needs an invitation,
    and leaving has a page of its own."""
    program = get_program(request.user, slug)
    text = access.get_offered(request.user, program, purpose)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    on = form.cleaned_data["on"]
    if purpose == Purpose.PARTICIPATION:
        if on:
            raise PermissionDenied
        return _lead(request, reverse("programs:participation_leave", args=[slug]))
    if on:
        services.grant(program, [purpose], by=request.user, channel="settings")
        toast(request, _("Given: %(consent)s") % {"consent": text.title})
    elif queries.held(request.user, program, purpose):
        return _lead(request, reverse("programs:consent_withdraw", args=[slug, purpose]))
    else:
        services.withdraw(program, [purpose], by=request.user, channel="settings")
        toast(request, _("Withdrawn: %(consent)s") % {"consent": text.title})
    return go_back(request, reverse("programs:consents", args=[slug]))


def consent_withdraw(request: PersonRequest, slug: str, purpose: str) -> HttpResponse:
    """What goes when I take this consent back, in numbers; the download first, then the button."""
    program = get_program(request.user, slug)
    text = access.get_granted(request.user, program, purpose)
    if purpose == Purpose.PARTICIPATION:
        return redirect("programs:participation_leave", slug)
    held = queries.held(request.user, program, purpose)
    if request.method == "POST":
        services.withdraw(program, [purpose], by=request.user, channel="settings")
        told = _("Withdrawn: %(consent)s") % {"consent": text.title}
        if held:
            told += ". " + _("It is no longer counted anywhere and will be deleted after %(day)s.") % {
                "day": day(erasures.last_day(program), "long")
            }
        undo = reverse("programs:consent_restore", args=[slug, purpose])
        toast(request, told, undo=undo if access.resting(request.user, program, purpose) else "")
        return redirect("programs:consents", slug)
    context = {"program": program, "text": text, "held": held, "due_on": erasures.last_day(program)}
    return render(request, "programs/consents/consent_withdraw.html", context)


@require_POST
def consent_restore(request: PersonRequest, slug: str, purpose: str) -> HttpResponse:
    """Take a withdrawal back: the consent stands again, and what rested is there as it was."""
    rests = access.get_rest(request.user, slug, purpose)
    if purpose == Purpose.PARTICIPATION:
        raise PermissionDenied
    text = access.get_offered(request.user, rests.program, purpose)
    if rests.may_be_taken_back:
        services.grant(rests.program, [purpose], by=request.user, channel="settings")
        toast(request, _("Everything is restored: %(consent)s") % {"consent": text.title})
    else:
        warn(request, _("It is too late to undo this. You can give the consent again."))
    return redirect("programs:consents", slug)


def consent_erase(request: PersonRequest, slug: str, purpose: str) -> HttpResponse:
    """Do not wait for the last day: what rests is deleted now, and cannot come back."""
    rests = access.get_rest(request.user, slug, purpose)
    if request.method == "POST":
        erasures.hasten(rests)
        toast(request, _("It is being deleted now."))
        return redirect("programs:consents", slug)
    held = queries.held(request.user, rests.program, purpose)
    context = {"program": rests.program, "rests": rests, "held": held}
    return render(request, "programs/consents/consent_erase.html", context)


def _lead(request: PersonRequest, url: str) -> HttpResponse:
    """To a page of its own, also from a switch that asked with htmx for a part only."""
    return HttpResponseClientRedirect(url) if request.htmx else go_to(url)
