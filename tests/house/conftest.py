import shutil
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from redis import Redis

from influencer import urls
from influencer.operate import state


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal is the same page everywhere, and most of the cast is refused: it is not laid out a thousand times."""
    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", partial(_refused, status), raising=False)


@pytest.fixture
def alone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What other tests do at the same moment to the disk, to the queues, to Valkey's memory and to the time that
    PostgreSQL takes is no news of anybody."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    facts = Redis.from_url(settings.REDIS_URL).info()
    monkeypatch.setattr(Redis, "info", lambda *_: facts)
    monkeypatch.setattr(state, "AT_ONCE", 600.0)
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"global_keyprefix": f"{uuid4()}:"}


def _refused(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)
