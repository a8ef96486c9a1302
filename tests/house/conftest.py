from functools import partial

import pytest
from django.http import HttpRequest, HttpResponse

from influencer import urls


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is the same page everywhere, and most of the cast is refused: it is not laid out a thousand times."""
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", partial(_refused, status), raising=False)


def _refused(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)
