"""An answer has room on the interpreter's stack: no call inside takes pieces of it from the system again and again."""

import resource

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core.kit.middleware import RoomMiddleware

CALLS, DEPTHS = 300, 160


def _again_and_again(depth: int) -> int:
    """Pages of memory that so many calls take, which begin below so many others."""
    if depth:
        return _again_and_again(depth - 1)
    held = _pages()
    for _ in range(CALLS):
        _inside(3)
    return _pages() - held


def _pages() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _inside(depth: int) -> None:
    if depth:
        _inside(depth - 1)


def test_calls_inside_an_answer_share_one_piece() -> None:
    found: list[int] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        found.extend(_again_and_again(depth) for depth in range(DEPTHS))
        return HttpResponse()

    RoomMiddleware(answer)(HttpRequest())
    assert max(found) < CALLS // 3
    assert settings.MIDDLEWARE[0].endswith(RoomMiddleware.__name__)
