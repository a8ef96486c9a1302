"""The call without an account: the public page, and one's own interest behind the link of a mail. Nobody guesses the
links; who tries is stopped. Nothing of it is kept between, and no search engine lists it."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.kit import limits
from core.kit.refusals import given_back
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.casting import access, pages, queries, services
from programs.casting.forms import AddressForm, InterestForm
from programs.casting.models import Call, Interest
from programs.casting.tokens import FORM, token_of
from programs.casting.views_interest import NOT_OPEN, SETTLED, initial_of, of_interest, self_check_page

GUESSES_PER_MINUTE = 60
MAILS_PER_HOUR = 3  # to one address, whoever asks
ASKED_PER_HOUR = 300  # from one place: a whole company may share one network address


def _call(key: str) -> Call | None:
    return access.find_call(key)


def _interest(token: str) -> Interest | None:
    return access.find_interest(token)


def _guarded(find: Callable[[str], Any]) -> Callable[[Any], Callable[..., HttpResponse]]:
    """The view gets what the link stands for; all links that lead nowhere get one and the same page. Only these are
    counted: a whole company may look from one address, and nothing at all is written down of a self-check."""

    def decorate(view: Any) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: PersonRequest, **link: str) -> HttpResponse:
            (said,) = link.values()
            found = find(said)
            if found is None:
                key = f"casting:{limits.address_of(request)}"
                if not limits.is_within(key, GUESSES_PER_MINUTE, 60):
                    return render(request, "429.html", status=429)
                return render(request, "programs/casting/call_gone.html", status=410)
            response: HttpResponse = view(request, found)
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return login_not_required(never_cache(guarded))

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded(_call)
def call_public(request: PersonRequest, call: Call) -> HttpResponse:
    """The call; interest begins with an address, which is confirmed by mail. The answer is the same for all of them."""
    if request.user.is_authenticated and access.is_colleague(request.user, call):
        return redirect("programs:call", call.pk)
    form = AddressForm(request.POST if request.method == "POST" else None)
    is_sent = False
    if request.method == "POST" and form.is_valid() and queries.takes_interest(call):
        if not limits.is_within(f"casting:asks:{limits.address_of(request)}", ASKED_PER_HOUR, 3600):
            return render(request, "429.html", status=429)
        is_sent = True
        email = form.cleaned_data["email"]
        whose = hashlib.sha256(email.lower().encode()).hexdigest()
        if limits.is_within(f"casting:mails:{call.pk}:{whose}", MAILS_PER_HOUR, 3600):
            services.ask_for_link(call, email=email)
    context = pages.reading(call) | {"address_form": form, "is_sent": is_sent}
    context |= {
        "action": reverse("programs:call_public", args=[call.key]),
        "check_url": reverse("programs:call_public_self_check", args=[call.key]),
    }
    return render(request, "programs/casting/call.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded(_call)
def call_public_self_check(request: PersonRequest, call: Call) -> HttpResponse:
    return self_check_page(request, pages.reading(call), reverse("programs:call_public", args=[call.key]))


@require_http_methods(["GET", "HEAD", "POST"])
@_guarded(_interest)
def interest(request: PersonRequest, interest: Interest) -> HttpResponse:
    """One's own interest: show it, change it, take it back."""
    here = _own_page(interest)
    form = InterestForm(request.POST or None, initial=initial_of(interest), has_name=False)
    if request.method == "POST" and form.is_valid():
        try:
            services.declare_by_link(interest, name=form.cleaned_data["name"], given=form.given)
        except services.CallIsOver:
            return given_back(request, str(NOT_OPEN), _back(interest), form)
        toast(request, _("Thank you. You will hear from the program team, whatever the answer is."))
        return _back(interest)
    context = pages.reading(interest.call) | of_interest(interest, form)
    context |= {
        "action": here,
        "withdraw_url": f"{here}withdraw/",
        "check_url": "",
    }
    return render(request, "programs/casting/call.html", context, status=422 if form.errors else 200)


@require_POST
@_guarded(_interest)
def interest_withdraw(request: PersonRequest, interest: Interest) -> HttpResponse:
    here = _own_page(interest)
    try:
        services.withdraw(interest)
    except services.CallIsOver:
        warn(request, str(SETTLED))
    else:
        toast(
            request,
            _("Withdrawn. Nobody can see it any more, and it will be deleted tomorrow."),
            undo=f"{here}restore/",
        )
    return _back(interest)


@require_POST
@_guarded(_interest)
def interest_restore(request: PersonRequest, interest: Interest) -> HttpResponse:
    services.restore(interest)
    return _back(interest)


def _back(interest: Interest) -> HttpResponse:
    return go_to(_own_page(interest) + FORM)


def _own_page(interest: Interest) -> str:
    return reverse("programs:interest", args=[token_of(interest.key)])
