from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from analytics.channels.models import Network
from analytics.connectors import granting, operating, site_keys
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from influencer.operate import access
from influencer.operate.forms_keys import SiteKeysForm
from influencer.operate.places import show


@require_safe
def connections(request: PersonRequest) -> HttpResponse:
    """Whether figures arrive by themselves: network by network, and the companies' accounts. No person's figure."""
    access.require_administrator(request.user)
    context = {"networks": operating.networks(), "companies": operating.companies()}
    return show(request, "connections", "connections", context)


def connection_keys(request: PersonRequest) -> HttpResponse:
    """How this site is known to networks. Administrators show once more who they are; nobody else learns that there is
    something here."""
    access.require_administrator(request.user)
    answer: HttpResponse = _keys(request)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]
def _keys(request: PersonRequest) -> HttpResponse:
    form = SiteKeysForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        site_keys.change_keys(form.given(), forget=form.cleaned_data.get("forget", ()), by=request.user)
        toast(request, _("Saved."))
        return redirect("operate:connections")
    back = [(str(Network(each).label), granting.back_address(each)) for each in (Network.YOUTUBE, Network.LINKEDIN)]
    context = {"form": form, "back": back}
    return show(request, "connections", "connection_keys", context, status=422 if form.errors else 200)
