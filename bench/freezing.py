"""What benchmarks of pages share: how many questions a page asks, and the same page with everything at hand."""

import sys
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client

from influencer.home import frame
from programs.membership.models import Program

IN_PASSING = 3  # the middleware asks for the session, the person and their roles, on every page


def ask_plainly(request: HttpRequest, queries: int) -> None:
    """As many questions as there may be, with those that the middleware has asked."""
    str(request.user)
    for number in range(queries - IN_PASSING):
        Program.objects.filter(pk=number).first()


def counted(client: Client, address: str) -> tuple[Any, int]:
    """The answer, and how many questions the database was asked for it."""
    asked: list[str] = []
    with connection.execute_wrapper(lambda run, sql, *rest: (asked.append(sql), run(sql, *rest))[1]):
        return client.get(address), len(asked)


def frozen(module: str, client: Client, address: str) -> tuple[str, dict[str, Any]]:
    """What a view of this module hands to its template, with everything worked out."""
    caught: list[tuple[str, dict[str, Any], Any]] = []
    views = sys.modules[module]
    original = views.render

    def catch(request: HttpRequest, template: str, context: dict[str, Any], **more: Any) -> HttpResponse:
        answer: HttpResponse = original(request, template, context, **more)  # evaluates the querysets in it
        caught.append((template, context, frame._frame(request)))
        return answer

    views.render = catch  # type: ignore[attr-defined]
    try:
        client.get(address)
    finally:
        views.render = original  # type: ignore[attr-defined]
    template, context, around = caught[0]
    return template, {**context, "frame": around}
