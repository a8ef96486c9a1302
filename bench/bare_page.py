"""One page of the product against a bare page: the same middleware, the same markup with its values at hand, and so
many plain queries. The addresses are those of the product, with the bare page beside them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path

from bench.freezing import ask_plainly, counted, frozen
from bench.harness import Report, side_by_side

TARGET, MARKUP = 1.5, 0.02  # the second: how much the size of the two pages may differ
_shown: list[tuple[str, dict[str, Any]]] = []
_asks: list[int] = []


def bare(request: HttpRequest) -> HttpResponse:
    template, context = _shown[-1]
    ask_plainly(request, _asks[-1])
    return render(request, template, context)


urlpatterns = [path("bare/", bare), path("", include("influencer.urls"))]


def beside_bare(
    report: Report,
    name: str,
    client: Client,
    address: str,
    *,
    drawn_by: str,
    queries: int,
    each: int = 1,
    target: float = TARGET,
) -> tuple[Any, int]:
    """Measures both in turns; the page's answer, and how many queries it asked. `drawn_by`: the module of its view."""
    ours, asked, got, limit = in_turns(client, address, drawn_by=drawn_by, queries=queries, each=each)
    report.page(name, got, limit, target)
    return ours, asked


def in_turns(
    client: Client, address: str, *, drawn_by: str, queries: int, each: int = 1
) -> tuple[Any, int, list[float], list[float]]:
    """The page's answer, how many queries it asked, and seconds of it and of the bare one."""
    settings.ROOT_URLCONF = __name__
    client.get(address)
    _shown.append(frozen(drawn_by, client, address))
    _asks.append(queries)
    ours, asked = counted(client, address)
    theirs, plain = counted(client, "/bare/")
    assert plain == queries, f"the bare page asks {plain} times"
    assert ours.status_code == theirs.status_code == 200, (ours.status_code, theirs.status_code)
    difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
    assert difference < MARKUP, f"the bare page has other markup ({difference:.0%})"
    got, limit = side_by_side(lambda: client.get(address), lambda: client.get("/bare/"), each=each)
    return ours, asked, got, limit
