"""Accounts whose public figures come by themselves."""

from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from analytics.channels.models import Network
from analytics.connectors import (
    access,
    endings,
    finding,
    messages,
    pages,
    permits,
    queries,
    services,
    sign_ins,
    views_permits,
)
from analytics.connectors.forms import ConnectForm, EndForm
from analytics.connectors.networks.base import Profile, Trouble
from analytics.connectors.networks.known import needs_permit, sign_in_pages
from analytics.connectors.services import MOST_SOURCES, ConnectedAlready, NeedsPermit, TooManySources, TooSoon
from analytics.imports.access import COMPANY, OWN, may_import
from analytics.metrics.tabs import tabs_of
from core.kit.form_pages import FormPage, form_page
from core.kit.templatetags.ui import clock
from core.kit.toasts import toast, warn
from core.people.requests import PersonRequest
from programs.membership.models import Program

#: A form may lead where the page it stands on says, not where the answer to it does.
leads_there = csp_update({"form-action": sign_in_pages()})


@leads_there  # type: ignore[arg-type]  # its stub knows plain requests only
def connections(request: PersonRequest, slug: str) -> HttpResponse:
    program = access.get_connecting(request.user, slug)
    rows = list(queries.with_state(access.connections_for(request.user, program)))
    may, kinds = may_import(request.user, program), access.may_connect(request.user, program)
    context = {"program": program, "rows": [pages.row(each) for each in rows], "may": may, "kinds": kinds}
    context |= {"endings": endings.endings(rows), "months": endings.months()} if rows else {}
    context["is_on"], offered = bool(settings.CONNECTOR_HOSTS), sign_ins.offered()
    ends = permits.ended_by_signing_in(request.user) if Network.LINKEDIN in offered else {}
    context["sign_ins"] = [pages.sign_in(network, kinds, ends) for network in offered]
    context["at_servers"] = bool(kinds) and sign_ins.is_offered_at_servers()
    context["tabs"] = tabs_of(request, program, "connections") if COMPANY in may else []
    return render(request, "analytics/connectors/connections.html", context)


def connection_find(request: PersonRequest, slug: str) -> HttpResponse:
    """Say which account; what is found is shown before anything is kept."""
    program, kinds = _asked(request, slug)
    if not kinds:
        return redirect("programs:consents", slug)
    form = ConnectForm(request.POST if request.method == "POST" else None, kinds=kinds)
    profile = _found(request, form) if form.is_valid() else None
    if profile is None:
        return _form(request, form, program)
    whose, form.place = form.cleaned_data["whose"], finding.placed(form.place, profile)
    context: dict[str, Any] = {"program": program}
    context |= finding.offer(form.place, profile, whose, by=request.user)
    context["signs_in_at"] = form.place.host if form.place.network == Network.MASTODON else ""
    return render(request, "analytics/connectors/connection_found.html", context)


@require_POST
def connection_begin(request: PersonRequest, slug: str) -> HttpResponse:
    """Yes, this account."""
    program, kinds = _asked(request, slug)
    found = finding.opened(request.POST.get("found", ""), by=request.user)
    if found is None or found.whose not in kinds:
        warn(
            request,
            _("That took too long, or the selection has changed in the meantime. Please search for the account again."),
        )
        return redirect("analytics:connection_find", slug)
    try:
        permit = views_permits.taken(request, slug, found)
        connection = services.connect(
            program, found.place, found.profile, by=request.user, whose=found.whose, permit=permit
        )
    except views_permits.NothingGiven:
        warn(request, views_permits.too_late())
        return redirect("analytics:connections", slug)
    except ConnectedAlready:
        views_permits.put_down(request)
        words = _("Another %(network)s account is already connected. End that connection first.")
        warn(request, words % {"network": finding.network_name(found.place)})
        return redirect("analytics:connections", slug)
    except TooManySources:
        words = _("%(count)s sources of this kind are connected already. End one of them first.")
        warn(request, words % {"count": MOST_SOURCES})
        return redirect("analytics:connections", slug)
    views_permits.is_used(request)
    toast(request, _("%(name)s is connected. Its figures are fetched once a day.") % {"name": connection.handle})
    return redirect("analytics:connection_detail", slug, connection.pk)


@leads_there  # type: ignore[arg-type]  # its stub knows plain requests only
def connection_detail(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    connection = access.get_connection(request.user, slug, pk)
    looks = list(queries.looks_of(connection))
    context: dict[str, Any] = {"program": connection.program, "connection": connection}
    context["looks"] = [{"look": look, "brought": pages.brought(look, connection)} for look in looks]
    context |= pages.state(connection, looks[0].code if looks else "")
    context["chart"] = pages.followers_chart(connection)
    context["is_own"] = connection.account.user_id is not None
    is_permitted = context["is_permitted"] = bool(connection.permit_sealed)
    context["what"] = messages.what_of(connection.account.network, connection.number, is_permitted=is_permitted)
    context["whose"] = COMPANY if connection.account.user_id is None else OWN
    network = connection.account.network
    context["version"] = messages.version_of_linkedin() if network == Network.LINKEDIN else ""
    context["needs_permit"] = needs_permit(network) and not connection.permit_sealed
    context |= pages.permission(connection)
    return render(request, "analytics/connectors/connection_detail.html", context)


@require_POST
def connection_look(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    connection = access.get_connection(request.user, slug, pk)
    try:
        services.look_now(connection, by=request.user)
    except NeedsPermit:
        warn(request, messages.of("ended", connection.account.network, connection.host))
    except TooSoon as error:
        warn(
            request,
            _("Figures were fetched a moment ago. You can try again from %(clock)s.") % {"clock": clock(error.until)},
        )
    else:
        toast(
            request,
            _("Fetching figures for %(name)s. They will appear here in a moment.") % {"name": connection.handle},
        )
    return redirect("analytics:connection_detail", slug, pk)


def connection_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    connection = access.get_connection(request.user, slug, pk)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with_figures = form.cleaned_data["figures"] == "delete"
        services.disconnect(connection, by=request.user, with_figures=with_figures)
        words = _("The connection has ended; its posts and figures are deleted.") if with_figures else _(
            "The connection has ended. What it has fetched stays."
        )  # fmt: skip
        toast(request, words)
        return redirect("analytics:connections", slug)
    here = [*_up(connection.program), (connection.handle, reverse("analytics:connection_detail", args=[slug, pk]))]
    lead = _("Nothing more is fetched from %(name)s. You can reconnect it at any time.")
    title = _("End the connection")
    page = FormPage(title=title, up=here, lead=lead % {"name": connection.handle}, submit=title)
    return form_page(request, form, page)


def _asked(request: PersonRequest, slug: str) -> tuple[Program, list[str]]:
    program = access.get_connecting(request.user, slug)
    return program, access.may_connect(request.user, program)


def _found(request: PersonRequest, form: ConnectForm) -> Profile | None:
    try:
        return finding.find(form.place, by=request.user)
    except Trouble as trouble:
        form.add_error("said", messages.of(trouble.code, form.place.network, form.place.host))
        return None


def _up(program: Program) -> list[tuple[str, str]]:
    return [(_("Connections"), reverse("analytics:connections", args=[program.slug]))]


def _form(request: PersonRequest, form: ConnectForm, program: Program) -> HttpResponse:
    lead = _("You see the account before anything is fetched. You are not asked for a password.")
    page = FormPage(
        title=_("Connect an account"), up=_up(program), lead=lead, submit=_("Find the account"),
        action=reverse("analytics:connection_find", args=[program.slug]),
    )  # fmt: skip
    at_servers = sign_ins.is_offered_at_servers()
    template = "analytics/connectors/connection_find.html"
    return form_page(request, form, page, template=template, program=program, at_servers=at_servers)
