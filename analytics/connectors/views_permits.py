"""Signing in at a network, so that this site may read an account's figures; and taking that back."""

import time
from secrets import compare_digest
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from analytics.channels.models import Network
from analytics.connectors import access, asking, finding, granting, messages, permits, services, sign_ins
from analytics.connectors.finding import Found
from analytics.connectors.forms import ServerForm
from analytics.connectors.granting import Permit
from analytics.connectors.networks.base import Profile, Trouble
from analytics.connectors.networks.known import NETWORKS, needs_permit
from analytics.imports.access import COMPANY, OWN
from core.kit.form_pages import FormPage, form_page
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
def connection_sign_in(request: PersonRequest, slug: str) -> HttpResponse:
    """To a network that knows this site, which asks its owner and sends them back."""
    program = access.get_connecting(request.user, slug)
    whose = COMPANY if request.POST.get("whose") == COMPANY else OWN
    if whose not in access.may_connect(request.user, program):
        return redirect("programs:consents", slug)
    network = request.POST.get("network", str(Network.LINKEDIN))
    try:
        address = _begin(request, slug, network if network in sign_ins.offered() else "", "", whose)
    except Trouble as trouble:
        warn(request, messages.of(trouble.code, network))
        return redirect("analytics:connections", slug)
    return go_outside(address, host=address.partition("://")[2].partition("/")[0])


@require_http_methods(["GET", "HEAD", "POST"])
def connection_server(request: PersonRequest, slug: str) -> HttpResponse:
    """At which server of Mastodon; the page there is a link, since a form of this site may lead to no other."""
    program = access.get_connecting(request.user, slug)
    kinds = access.may_connect(request.user, program)
    if not kinds:
        return redirect("programs:consents", slug)
    form = ServerForm(
        request.POST if request.method == "POST" else None, kinds=kinds, initial={"server": request.GET.get("server")}
    )
    up = [(_("Connections"), reverse("analytics:connections", args=[slug]))]
    if form.is_valid():
        try:
            address = _begin(request, slug, Network.MASTODON, form.host, form.cleaned_data["whose"])
        except Trouble as trouble:
            form.add_error("server", messages.of(trouble.code, Network.MASTODON, form.host))
        else:
            context = {"program": program, "host": form.host, "address": address}
            return render(request, "analytics/connectors/connection_leave.html", context)
    page = FormPage(
        title=_("Sign in at a Mastodon server"), up=up, submit=_("Next"),
        lead=_("For servers that show nothing to strangers, or to show that the account is yours. "
               "You sign in there, never here."),
    )  # fmt: skip
    return form_page(request, form, page)


def _begin(request: PersonRequest, slug: str, network: str, host: str, whose: str) -> str:
    """The network's page, for this browser alone. Raises `Trouble`."""
    if not network:
        raise Trouble("no_key")
    if not is_within(f"connectors:sign-in:{request.user.pk}", MOST, WITHIN):
        raise Trouble("turn")
    put_down(request)
    attempt, state, address = sign_ins.begin(network, host, is_company=whose == COMPANY)
    request.session[BEGUN] = {
        "state": state, "slug": slug, "whose": whose, "network": network, "attempt": attempt.sealed(),
        "at": time.time(),
    }  # fmt: skip
    return address


@require_safe
def connection_back(request: PersonRequest, network: str) -> HttpResponse:
    """Back from a network. What this browser did not begin there a moment ago connects nothing."""
    begun = request.session.pop(BEGUN, None)
    is_ours = begun is not None and begun["at"] > time.time() - TIME_TO_SIGN_IN and begun["network"] == network
    if not is_ours or not compare_digest(begun["state"].encode(), request.GET.get("state", "").encode()):
        warn(request, _("This sign-in was not started here or has expired. Please start it again."))
        return redirect("home:start")
    slug, attempt, code = begun["slug"], sign_ins.attempt_of(begun["attempt"]), request.GET.get("code", "")
    issuer, sign_in = attempt.issuer, attempt.issuer.sign_in
    if not code:
        words = _("%(network)s did not give permission. Nothing is fetched.")
        warn(request, words % {"network": messages.named(network, issuer.host)})
        return redirect("analytics:connections", slug)
    permit = None
    try:
        permit = granting.of_code(issuer, code, attempt.verifier)
        if not granting.is_whole(permit, is_company=begun["whose"] == COMPANY):
            raise Trouble("partial")
        ask = asking.asker(
            NETWORKS[network], access=permit.token, seconds=finding.SECONDS, patience=finding.PATIENCE
        )  # fmt: skip
        found = sign_in.accounts(begun["whose"] == COMPANY, issuer.host, ask)
    except Trouble as trouble:
        if permit is not None:
            permits.put_down(permit.sealed(), of=request.user)
        warn(request, messages.of(trouble.code, network, issuer.host))
        return redirect("analytics:connections", slug)
    tokens = [
        finding.token_of(
            sign_in.handle(each, issuer.host), each, begun["whose"], by=request.user, by_sign_in=True
        )
        for each in found
    ]  # fmt: skip
    given = {name: begun[name] for name in ("slug", "whose", "network")}
    request.session[GIVEN] = given | {"sealed": permit.sealed(), "tokens": tokens, "at": time.time()}
    return redirect("analytics:connection_choose", slug)


@require_safe
def connection_choose(request: PersonRequest, slug: str) -> HttpResponse:
    """What the permission opens is shown before anything is kept."""
    program, given = access.get_connecting(request.user, slug), _given(request, slug)
    if given is None:
        return redirect("analytics:connections", slug)
    found = [each for token in given["tokens"] if (each := finding.opened(token, by=request.user))]
    offers = [finding.offer(each.place, each.profile, each.whose, by=request.user, by_sign_in=True) for each in found]
    permit = granting.opened(given["sealed"])
    context: dict[str, Any] = {"program": program, "offers": offers, "until": permit.ends_at}
    context["is_of_several"] = given["whose"] == COMPANY and len(offers) > 1
    context["giver"] = messages.named(permit.issuer.network, permit.issuer.host)
    context |= messages.nothing_there(permit.issuer.network)
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
    """What the account that was said yes to is read with; nothing for what everybody is told."""
    if not found.by_sign_in and not needs_permit(found.place.network):
        return None
    given = _given(request, slug)
    if given is None or found.profile.number not in {_number(request, token) for token in given["tokens"]}:
        raise NothingGiven
    permit = granting.opened(given["sealed"])
    if (permit.issuer.network, permit.issuer.host or found.place.host) != (found.place.network, found.place.host):
        raise NothingGiven  # another server has the same number for somebody else
    return permit


def is_used(request: PersonRequest) -> None:
    """The permission is the connection's now."""
    request.session.pop(GIVEN, None)


def _number(request: PersonRequest, token: str) -> str:
    found = finding.opened(token, by=request.user)
    profile: Profile | None = found.profile if found else None
    return profile.number if profile else ""


def too_late() -> str:
    return _("The sign-in was too long ago. Please start it again.")


@require_POST
def connection_revoke(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One press, at once."""
    connection = access.get_connection(request.user, slug, pk)
    words = _("The permission has ended, here and at %(network)s. What was fetched stays.")
    if permits.is_held_by_others(connection):
        words = _(
            "The permission has ended here. At %(network)s it runs out by itself, so that the other pages that are "
            "read with the same sign-in keep working. What was fetched stays."
        )
    services.revoke(connection, by=request.user)
    toast(request, words % {"network": messages.giver(connection)})
    return redirect("analytics:connection_detail", slug, pk)
