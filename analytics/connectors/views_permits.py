"""Signing in at a network, so that this site may read an account's figures; and taking that back."""

import time
from secrets import compare_digest
from typing import Any

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from analytics.connectors import access, asking, finding, messages, permits, services
from analytics.connectors.finding import Found
from analytics.connectors.networks import linkedin
from analytics.connectors.networks.base import Profile, Trouble
from analytics.connectors.permits import Permit
from analytics.imports.access import COMPANY, OWN
from core.kit.limits import is_within
from core.kit.returning import go_outside
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest

BEGUN, GIVEN = "connectors_begun", "connectors_given"  # of the session: a sign-in, and what came back from it
TIME_TO_SIGN_IN = 900  # seconds
MOST, WITHIN = 20, 3600  # sign-ins of one person


class NothingGiven(Exception):
    """The permission that was shown is not there any more."""


@require_POST
@csp_update({"form-action": f"https://{linkedin.SIGN_IN}"})  # type: ignore[arg-type]  # its stub knows no further ones
def connection_sign_in(request: PersonRequest, slug: str) -> HttpResponse:
    """To LinkedIn, which asks its owner and sends them back."""
    program = access.get_connecting(request.user, slug)
    whose = COMPANY if request.POST.get("whose") == COMPANY else OWN
    if whose not in access.may_connect(request.user, program):
        return redirect("programs:consents", slug)
    if not linkedin.is_ready() or not is_within(f"connectors:sign-in:{request.user.pk}", MOST, WITHIN):
        warn(request, messages.of("turn" if linkedin.is_ready() else "no_key"))
        return redirect("analytics:connections", slug)
    put_down(request)
    state = permits.begin()
    request.session[BEGUN] = {"state": state, "slug": slug, "whose": whose, "at": time.time()}
    return go_outside(permits.sign_in_url(state, kind_of(whose)), host=linkedin.SIGN_IN)


def kind_of(whose: str) -> str:
    return linkedin.ORGANISATION if whose == COMPANY else linkedin.PERSON


@require_safe
def connection_back(request: PersonRequest) -> HttpResponse:
    """Back from LinkedIn. What this browser did not begin a moment ago connects nothing."""
    begun = request.session.pop(BEGUN, None)
    is_ours = begun is not None and begun["at"] > time.time() - TIME_TO_SIGN_IN
    if not is_ours or not compare_digest(begun["state"].encode(), request.GET.get("state", "").encode()):
        warn(request, _("This sign-in at LinkedIn was not started here or has expired. Please start it again."))
        return redirect("home:start")
    code = request.GET.get("code", "")
    if not code:
        warn(request, _("LinkedIn did not give permission. Nothing is fetched."))
        return redirect("analytics:connections", begun["slug"])
    permit = None
    try:
        permit = permits.of_code(code)
        ask = asking.asker(linkedin, access=permit.token, seconds=finding.SECONDS, patience=finding.PATIENCE)
        found = linkedin.accounts(kind_of(begun["whose"]), ask)
    except Trouble as trouble:
        if permit is not None:
            permits.put_down(permit.sealed(), of=request.user)
        warn(request, messages.of(trouble.code))
        return redirect("analytics:connections", begun["slug"])
    tokens = [finding.token_of(linkedin.handle(each), each, begun["whose"], by=request.user) for each in found]
    request.session[GIVEN] = begun | {"sealed": permit.sealed(), "tokens": tokens, "at": time.time()}
    return redirect("analytics:connection_choose", begun["slug"])


@require_safe
def connection_choose(request: PersonRequest, slug: str) -> HttpResponse:
    """What the permission opens is shown before anything is kept."""
    program, given = access.get_connecting(request.user, slug), _given(request, slug)
    if given is None:
        return redirect("analytics:connections", slug)
    found = [each for token in given["tokens"] if (each := finding.opened(token, by=request.user))]
    offers = [finding.offer(each.place, each.profile, each.whose, by=request.user) for each in found]
    context: dict[str, Any] = {"program": program, "offers": offers, "until": permits.opened(given["sealed"]).ends_at}
    return render(request, "analytics/connectors/connection_choose.html", context)


def _given(request: PersonRequest, slug: str) -> Any:
    """What came back a moment ago; what is older opens nothing any more, here or at the network."""
    given = request.session.get(GIVEN)
    if given is not None and given["at"] <= time.time() - TIME_TO_SIGN_IN:
        put_down(request)
        return None
    return given if given is not None and given["slug"] == slug else None


def put_down(request: PersonRequest) -> None:
    """A permission that became no connection: it is neither kept here nor left open at the network."""
    if given := request.session.pop(GIVEN, None):
        permits.put_down(given["sealed"], of=request.user)


def taken(request: PersonRequest, slug: str, found: Found) -> Permit | None:
    """What the account that was said yes to is read with; nothing for networks that tell everybody."""
    if found.place.network != linkedin.handle(found.profile).network:
        return None
    given = _given(request, slug)
    if given is None or found.profile.number not in {_number(request, token) for token in given["tokens"]}:
        raise NothingGiven
    return permits.opened(given["sealed"])


def is_used(request: PersonRequest) -> None:
    """The permission is the connection's now."""
    request.session.pop(GIVEN, None)


def _number(request: PersonRequest, token: str) -> str:
    found = finding.opened(token, by=request.user)
    profile: Profile | None = found.profile if found else None
    return profile.number if profile else ""


def too_late() -> str:
    return _("The sign-in at LinkedIn was too long ago. Please start it again.")


@require_POST
def connection_revoke(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One press, at once."""
    connection = access.get_connection(request.user, slug, pk)
    services.revoke(connection, by=request.user)
    words = _("The permission has ended, here and at LinkedIn. What was fetched stays.")
    toast(request, words)
    return redirect("analytics:connection_detail", slug, pk)
