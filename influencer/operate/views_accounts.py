from collections.abc import Callable
from functools import wraps

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.kit.toasts import toast, warn
from core.lists.views import show_list
from core.once.sending import once
from core.people.requests import PersonRequest
from influencer.operate import access, letters, lists, queries, services
from influencer.operate.forms import RescueForm
from influencer.operate.places import places, show


@require_safe
def accounts(request: PersonRequest) -> HttpResponse:
    """Find somebody; who cannot get in comes first."""
    access.require_administrator(request.user)
    is_filtered = bool(request.GET)
    context = {
        "help": [] if is_filtered else queries.who_needs_help(),
        "is_filtered": is_filtered,
        **places("accounts"),
    }
    return show_list(request, lists.accounts(), queries.accounts(), "operate/accounts.html", context)


@require_safe
def account(request: PersonRequest, pk: int) -> HttpResponse:
    """One account: how it signs in, which roles it has, what administrators did with it, and what they can do."""
    return _account(request, pk, RescueForm())


def _account(request: PersonRequest, pk: int, form: RescueForm, status: int = 200) -> HttpResponse:
    person = access.get_account(request.user, pk)
    shown = queries.account(person)
    others = queries.administrators().exclude(pk__in=[request.user.pk, person.pk])
    context = {
        "account": shown,
        "person": person,
        "form": form,
        "rescue": shown.rescue,
        "others": list(others),
        "may_confirm": shown.rescue is not None and shown.rescue.asked_by_id != request.user.pk,
        "is_oneself": person.pk == request.user.pk,
        "entries": queries.entries_about(person),
        "told": letters.rescue_words(person, request.user),
    }
    return show(request, "accounts", "account", context, status)


def _act(request: PersonRequest, pk: int, act: Callable[[], object], told: str) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        act()
    except ValidationError as error:
        warn(request, error.messages[0])
    else:
        toast(request, told)
    return redirect("operate:account", pk)


def _after_a_fresh_proof(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Administrators show once more who they are; nobody else learns that there is something here."""
    proving = reauthentication_required(view)

    @wraps(view)
    def guarded(request: PersonRequest, pk: int) -> HttpResponse:
        access.require_administrator(request.user)
        answer: HttpResponse = proving(request, pk)
        return answer

    return guarded


@require_POST
def account_close(request: PersonRequest, pk: int) -> HttpResponse:
    person = access.get_account(request.user, pk)
    told = _("%(name)s can no longer sign in and is notified by email.") % {"name": person}
    return _act(request, pk, lambda: services.close_account(person, by=request.user), told)


@require_POST
def account_reopen(request: PersonRequest, pk: int) -> HttpResponse:
    person = access.get_account(request.user, pk)
    told = _("%(name)s can sign in again and is notified by email.") % {"name": person}
    return _act(request, pk, lambda: services.reopen_account(person, by=request.user), told)


@require_POST
@once
def account_way_in(request: PersonRequest, pk: int) -> HttpResponse:
    person = access.get_account(request.user, pk)
    told = _("An email with a sign-in link goes to %(address)s.") % {"address": person.email}
    return _act(request, pk, lambda: services.send_way_in(person, by=request.user, request=request), told)


@require_POST
@once
def account_sign_out(request: PersonRequest, pk: int) -> HttpResponse:
    person = access.get_account(request.user, pk)
    told = _("%(name)s is signed out everywhere and is notified by email.") % {"name": person}
    return _act(request, pk, lambda: services.end_sign_ins(person, by=request.user), told)


@require_POST
@_after_a_fresh_proof
def administrator(request: PersonRequest, pk: int) -> HttpResponse:
    """Make somebody an administrator, or no longer."""
    person = access.get_account(request.user, pk)
    if request.POST.get("make"):
        told = _("%(name)s is now an administrator and is notified by email.") % {"name": person}
        return _act(request, pk, lambda: services.make_administrator(person, by=request.user), told)
    told = _("%(name)s is no longer an administrator and is notified by email.") % {"name": person}
    answer = _act(request, pk, lambda: services.unmake_administrator(person, by=request.user), told)
    return redirect("home:start") if person.pk == request.user.pk else answer


@require_POST
@_after_a_fresh_proof
def rescue_ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin to remove lost second factors."""
    person = access.get_account(request.user, pk)
    form = RescueForm(request.POST)
    if not form.is_valid():
        return _account(request, pk, form, status=422)
    told = _("%(name)s is notified by email and can stop it.") % {"name": person}
    proof = form.cleaned_data["proof"]
    return _act(request, pk, lambda: services.ask_rescue(person, proof=proof, by=request.user), told)


@require_POST
@_after_a_fresh_proof
def rescue_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    rescue = access.get_rescue(request.user, pk)
    told = _("%(name)s's lost second factors are no longer valid.") % {"name": rescue.person}
    return _act(request, rescue.person_id, lambda: services.confirm_rescue(rescue, by=request.user), told)


@require_POST
def rescue_stop(request: PersonRequest, pk: int) -> HttpResponse:
    rescue = access.get_rescue(request.user, pk)
    told = _("Stopped. The second factor of %(name)s stays.") % {"name": rescue.person}
    return _act(request, rescue.person_id, lambda: services.stop_rescue(rescue, by=request.user), told)


@login_not_required
@never_cache
def rescue_stop_by_link(request: PersonRequest, token: str) -> HttpResponse:
    """The person stops it with the link of the mail; looking at the page changes nothing."""
    rescue = access.find_rescue(token)
    if rescue is None:
        return render(request, "operate/rescue_over.html", status=410)
    if request.method == "POST":
        services.stop_rescue(rescue, by=rescue.person)
        return render(request, "operate/rescue_stopped.html")
    return render(request, "operate/rescue_stop.html", {"rescue": rescue, "address": reverse("account_login")})
