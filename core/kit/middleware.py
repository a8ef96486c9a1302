"""What holds for every answer of the site."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string

Next = Callable[[HttpRequest], HttpResponse]
METHODS = ("GET", "HEAD", "POST")


class PrivateMiddleware:
    """Pages are for the one who asked: neither a proxy nor the browser of a shared computer keeps them. A view that
    may be kept says so itself. Static files do not come by here."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RoomMiddleware:
    """Gives an answer room on the interpreter's stack. CPython takes that stack from the system in pieces of 16 kB and
    hands a piece back as soon as the call that needed it returns; a page is drawn by calls inside calls, and where the
    edge of a piece falls into a loop, thousands of pieces come and go. One large piece at the outset halves the time
    of a long page, costs nothing until it is used, and goes when the answer is made."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _with_room(self.get_response, request)


def _with_room(get_response: Next, request: HttpRequest) -> HttpResponse:
    return get_response(request)


# More than half of 512 kB, so that a piece of that size is taken: the rest of it is what the calls inside share.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=33_000)


class MethodsMiddleware:
    """A page is fetched or sent a form; whatever else is asked of it is answered 405, with a page for people: who was
    led to the address of a button by signing in must not stand before an empty one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        if response.status_code == HttpResponseNotAllowed.status_code and not response.content:
            response.content = render_to_string("405.html").encode()
            response["Content-Type"] = "text/html; charset=utf-8"
        return response


class TogetherMiddleware:
    """A form that says what it showed (`core.kit.editing_together`) is looked at and saved with nobody in between:
    of two who save at the very same moment, the second sees what the first made of it. In a program, one after the
    other."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or "seen" not in request.POST:
            return None
        with transaction.atomic(), connection.cursor() as cursor:
            whole = kwargs.get("slug") or request.path
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"together:{whole}"])
            return view(request, *args, **kwargs)
