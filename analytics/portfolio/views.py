from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from analytics.portfolio import access, pages
from core.people.requests import PersonRequest


def portfolio(request: PersonRequest) -> HttpResponse:
    """The programs that somebody leads or reads the reports of, side by side."""
    programs = access.get_led(request.user)
    sides = pages.sides(request.user, programs, timezone.localdate())
    return render(request, "analytics/portfolio/portfolio.html", {"sides": sides})
