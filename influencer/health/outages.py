"""A database that is away: a clear page in the reader's language, at once, and nobody waits in line for it."""

import sys
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error

from core.kit import database
from core.kit.refusals import typed

PROBES = "/health/"
RETRY = 10  # seconds, for programs that ask


class OutageMiddleware:
    """While the database is known to be away, requests end here, before anything asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PROBES):
            request.COOKIES.clear()  # whoever asks for the health is nobody: no session is looked up
        elif database.breaker.is_open:
            with translation.override(translation.get_language_from_request(request)):
                return unavailable()
        return self.get_response(request)


def failed(request: HttpRequest) -> HttpResponse:
    """`handler500`: an accident of ours, unless it is the database's."""
    error = sys.exc_info()[1]
    if database.gave_way(error):
        page = render_to_string("409.html", {"typed": typed(request)})
        return HttpResponse(page, status=409, headers={"Cache-Control": "private, no-store"})
    if database.took_too_long(error):
        return unavailable(took_too_long=True, typed=typed(request))
    if database.is_gone(error):
        database.breaker.open(error)
        return unavailable(typed=typed(request))
    return server_error(request)


def unavailable(*, took_too_long: bool = False, typed: Sequence[str] = ()) -> HttpResponse:
    page = render_to_string("503.html", {"took_too_long": took_too_long, "typed": typed})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY), "Cache-Control": "private, no-store"})
