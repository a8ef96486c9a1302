from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from community.office_hours.models import Booking, TakenSlot
from core.journal.models import Entry
from core.news.models import Notification
from tests.core.kit.outside import Outside, an_outside, certificate_for

MICROSOFT = ("login.microsoftonline.com", "graph.microsoft.com")


@pytest.fixture
def calendar(tmp_path: Path, monkeypatch: Any, settings: Any) -> Iterator[Outside]:
    certificate = certificate_for("calendar.example.com", tmp_path, *MICROSOFT)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.OUTGOING_HOSTS = ["calendar.example.com"]
    with an_outside(certificate) as outside:
        yield outside


@pytest.fixture
def calm(world: Any) -> Any:
    Booking.objects.all().delete()
    TakenSlot.objects.all().delete()
    Notification.objects.all().delete()
    Entry.objects.all().delete()
    return world
