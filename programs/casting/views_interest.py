"""The call for everybody who is signed in: read it, show interest, take it back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.kit.refusals import given_back
from core.kit.returning import go_to
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.casting import access, pages, self_check, services
from programs.casting.forms import InterestForm, SelfCheckForm
from programs.casting.models import Interest
from programs.casting.tokens import FORM

NOT_OPEN = gettext_lazy("This call is no longer open for interest.")
SETTLED = gettext_lazy(
    "You have already received your answer, so there is nothing left to "
    "withdraw. Everything is deleted 30 days after the answer."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: PersonRequest, pk: int) -> HttpResponse:
    """What it is about, and the form of one minute. Who has shown interest finds what they said and changes it."""
    call = access.get_open_call(request.user, pk)
    interest = access.find_my_interest(request.user, call)
    form = InterestForm(request.POST or None, initial=initial_of(interest), has_name=True)
    if request.method == "POST" and form.is_valid():
        try:
            services.declare(call, person=request.user, given=form.given)
        except services.CallIsOver:
            return given_back(request, str(NOT_OPEN), _at_the_form(pk), form)
        toast(request, _("Thank you. You will hear from the program team, whatever the answer is."))
        return _at_the_form(pk)
    context = pages.reading(call, names=True) | of_interest(interest, form)
    context |= {
        "action": reverse("programs:call", args=[pk]),
        "withdraw_url": reverse("programs:call_withdraw", args=[pk]),
        "check_url": reverse("programs:call_self_check", args=[pk]),
    }
    return render(request, "programs/casting/call.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_self_check(request: PersonRequest, pk: int) -> HttpResponse:
    """Five questions for the person alone: answered in the same moment, and kept nowhere."""
    call = access.get_open_call(request.user, pk)
    return self_check_page(request, pages.reading(call), reverse("programs:call", args=[pk]))


@require_POST
def call_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    interest = access.get_my_interest(request.user, pk)
    undo = reverse("programs:call_restore", args=[pk])
    try:
        services.withdraw(interest)
    except services.CallIsOver:
        warn(request, str(SETTLED))
    else:
        toast(request, _("Withdrawn. Nobody can see it any more, and it will be deleted tomorrow."), undo=undo)
    return _at_the_form(pk)


@require_POST
def call_restore(request: PersonRequest, pk: int) -> HttpResponse:
    services.restore(access.get_my_interest(request.user, pk))
    return _at_the_form(pk)


def _at_the_form(pk: int) -> HttpResponse:
    return go_to(reverse("programs:call", args=[pk]) + FORM)


def initial_of(interest: Interest | None) -> dict[str, Any]:
    if interest is None or interest.declared_at is None:
        return {}
    return {name: getattr(interest, name) for name in ("name", *services.GIVEN)} | {"agrees": interest.is_declared}


def of_interest(interest: Interest | None, form: InterestForm) -> dict[str, Any]:
    return {"interest": interest if interest and interest.is_declared else None, "form": form}


def self_check_page(request: PersonRequest, context: dict[str, Any], back: str) -> HttpResponse:
    form = SelfCheckForm(request.POST if request.method == "POST" else None)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context |= {"form": form, "honest": self_check.answer(said), "call_url": back}
    return render(request, "programs/casting/self_check.html", context)
