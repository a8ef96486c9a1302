from django.http import HttpResponse
from django.views.decorators.http import require_safe

from analytics.connectors import operating
from core.people.requests import PersonRequest
from influencer.operate import access
from influencer.operate.places import show


@require_safe
def connections(request: PersonRequest) -> HttpResponse:
    """Whether figures arrive by themselves: network by network, and the companies' accounts. No person's figure."""
    access.require_administrator(request.user)
    context = {"networks": operating.networks(), "companies": operating.companies()}
    return show(request, "connections", "connections", context)
