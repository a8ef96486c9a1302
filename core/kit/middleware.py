"""What holds for every answer of the site."""

from collections.abc import Callable

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
