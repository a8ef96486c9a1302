"""The page behind an invitation's link. Looking at it changes nothing, so a mail scanner does no harm."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.kit import limits
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from core.people.signing_in import sign_in
from programs.generations import access, invitation_pages, invitation_services, queries
from programs.generations.forms import JoinForm, NewPersonForm
from programs.generations.models import Invitation
from programs.generations.tokens import token_of

View = Callable[[PersonRequest, Invitation], HttpResponse]
LOOKS_PER_MINUTE = 60
ANSWERS_PER_MINUTE = 20


def _with_invitation(most: int) -> Callable[[View], Callable[..., HttpResponse]]:
    """The view gets the invitation of the link; every link that is not valid gets one and the same page."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: PersonRequest, token: str) -> HttpResponse:
            if not limits.is_within(f"invitation:{view.__name__}:{limits.address_of(request)}", most, 60):
                return render(request, "429.html", status=429)
            invitation = access.find_invitation(token)
            if invitation is None:
                return render(request, "programs/generations/invitation_gone.html", status=410)
            return view(request, invitation)

        return never_cache(guarded)

    return decorate


@login_not_required
@require_GET
@_with_invitation(LOOKS_PER_MINUTE)
def invitation(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """What taking part means, what is stored, who sees what; then join or decline, or think again."""
    if queries.has_declined(invitation):
        context = invitation_pages.declined(invitation)
        return render(request, "programs/generations/invitation_declined.html", context)
    return _page(request, invitation, _form(request, invitation))


@login_not_required
@require_http_methods(["GET", "POST"])
@_with_invitation(ANSWERS_PER_MINUTE)
def invitation_answer(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """Join, decline, or take a no back. One address for all of them, so that no list of requests tells which it was.
    Looking at it leads to the page that asks: another language, or the browser's way back, comes here too."""
    if request.method == "GET":
        return redirect("programs:invitation", token_of(invitation.pk))
    try:
        match request.POST.get("answer"):
            case "join":
                return _join(request, invitation)
            case "decline":
                invitation_services.decline(invitation)
            case "think_again":
                invitation_services.think_again(invitation)
            case _:
                raise BadRequest
    except invitation_services.InvitationIsOver:
        return redirect("programs:invitation", token_of(invitation.pk))
    return redirect("programs:invitation", token_of(invitation.pk))


def _join(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """Join with the consents that were chosen. Whoever has no account yet gets one and is signed in."""
    form = _form(request, invitation)
    slug = invitation.program.slug
    if not form.is_valid() or invitation_pages.standing(request.user, invitation) not in ("new", "me"):
        if queries.was_accepted(invitation):  # the same form twice: the first one did it a moment ago
            return redirect("programs:path", slug)
        return _page(request, invitation, form, status=422)
    purposes = form.cleaned_data["consents"]
    try:
        if isinstance(form, NewPersonForm):
            values = form.cleaned_data
            user = invitation_services.join_as_new_person(invitation, values["name"], values["password"], purposes)
            toast(request, _("Welcome. This is your path into the program, at your own pace."))
            return sign_in(request, user, then=reverse("programs:path", args=[slug]))
        invitation_services.join(invitation, request.user, purposes)
    except invitation_services.InvitationIsOver:
        if queries.was_accepted(invitation):
            return redirect("programs:path", slug)
        raise
    except IntegrityError:  # somebody made an account for this address in this very moment: sign in, then join
        return redirect("programs:invitation", token_of(invitation.pk))
    toast(request, _("Welcome. This is your path into the program, at your own pace."))
    return redirect("programs:path", slug)


def _form(request: PersonRequest, invitation: Invitation) -> JoinForm:
    data: Any = request.POST if request.method == "POST" else None
    if invitation_pages.standing(request.user, invitation) == "new":
        return NewPersonForm(
            data, email=invitation.email, program=invitation.program, initial={"name": invitation.name}
        )
    return JoinForm(data)


def _page(request: PersonRequest, invitation: Invitation, form: JoinForm, status: int = 200) -> HttpResponse:
    context = invitation_pages.invitation(request.user, invitation, form)
    return render(request, "programs/generations/invitation.html", context, status=status)
