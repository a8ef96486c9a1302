"""My calendar: a secret address that calendar programs read by themselves, and the page on which its owner rules it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.kit import calendars, limits, product
from core.kit.toasts import toast
from core.people.requests import PersonRequest
from influencer.calendar import access, queries, services

AGAIN = timedelta(hours=1)  # how often a calendar program is asked to come by
LOOKS_PER_HOUR = 120  # at one calendar, by all the devices of its owner
GUESSES_PER_HOUR = 60  # at addresses that are none, from one place


@require_safe
def my_calendar(request: PersonRequest) -> HttpResponse:
    return render(request, "calendar/my_calendar.html", {"made_at": queries.made_at(request.user)})


@require_POST
def address_renew(request: PersonRequest) -> HttpResponse:
    """Shows the new address on this one page and never again, so it leads nowhere from which one could come back."""
    address = settings.SITE_URL + reverse("calendar:feed", args=[services.make_address(request.user)])
    context = {
        "made_at": queries.made_at(request.user),
        "address": address,
        "to_subscribe": f"webcal://{address.partition('://')[2]}",
    }
    return render(request, "calendar/my_calendar.html", context)


@require_POST
def address_revoke(request: PersonRequest) -> HttpResponse:
    services.end_address(request.user)
    toast(request, _("The address is deleted. Calendars that use it no longer receive anything."))
    return redirect("calendar:my_calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address reads the dates, in the words of the person whose they are."""
    try:
        address = access.get_address(token)
    except Http404:
        if limits.is_within(f"calendar:guess:{limits.address_of(request)}", GUESSES_PER_HOUR, 3600):
            raise
        return _later()
    if not limits.is_within(f"calendar:look:{address.person_id}", LOOKS_PER_HOUR, 3600):
        return _later()
    with translation.override(address.person.language):
        return calendars.download(queries.appointments_of(address.person), name=product.NAME, every=AGAIN)


def _later() -> HttpResponse:
    """In a few words: a program reads it, not a person."""
    return HttpResponse("Too many requests.", status=429, content_type="text/plain", headers={"Retry-After": "3600"})
