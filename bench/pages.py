"""The home page of each role against a bare page: the same middleware, the same markup from the same template, its
values already at hand, and as many plain queries. What the home page adds is finding out what to show. Once more with a
cold cache, as after a change of anything in the program."""

import io
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path

from bench.freezing import ask_plainly, counted, frozen
from bench.harness import Report, side_by_side
from core.people.models import User
from programs.membership import access

NAME = "pages"
ROLES = ("manager", "influencer", "coach", "executive", "council")
TARGET = 1.5
EACH = 3  # requests per sample
_shown: dict[str, tuple[str, dict[str, Any]]] = {}


def bare(request: HttpRequest, role: str, queries: int) -> HttpResponse:
    template, context = _shown[role]
    ask_plainly(request, queries)
    return render(request, template, context)


urlpatterns = [path("bare/<str:role>/<int:queries>/", bare), path("", include("influencer.urls"))]


def run(report: Report) -> None:
    call_command("demo", stdout=io.StringIO())
    settings.ROOT_URLCONF = "bench.pages"
    for role in ROLES:
        user = User.objects.get(email=f"{role}@demo.example")
        program = next(iter(access.roles_by_program(user)))
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        address = f"/p/{program.slug}/"
        _shown[role] = frozen("influencer.home.views", client, address)
        ours, queries = counted(client, address)
        plain = f"/bare/{role}/{queries}/"
        theirs, asked = counted(client, plain)
        assert asked == queries, f"{role}: the bare page asks {asked} times, the home page {queries} times"
        assert ours.status_code == theirs.status_code == 200
        difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
        assert difference < 0.02, f"{role}: the bare page has other markup ({difference:.0%})"
        got, limit = side_by_side(
            lambda client=client, address=address: client.get(address),
            lambda client=client, plain=plain: client.get(plain),
            each=EACH,
        )
        report.page(f"home page of {role} ({queries} queries)", got, limit, TARGET)
        _cold(report, client, role, address)


def _cold(report: Report, client: Client, role: str, address: str) -> None:
    caches["default"].clear()
    _answer, queries = counted(client, address)

    def look(at: str) -> None:
        caches["default"].clear()
        client.get(at)

    plain = f"/bare/{role}/{queries}/"
    got, limit = side_by_side(lambda: look(address), lambda: look(plain), each=EACH)
    report.page(f"home page of {role}, cold cache ({queries} queries)", got, limit, TARGET)
