from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from analytics.connectors.networks import mastodon
from tests.analytics.connectors.linkedin import LinkedIn, a_linkedin
from tests.analytics.connectors.networks import HOST, NOW, Mastodon, a_mastodon
from tests.core.kit.outside import certificate_for


@pytest.fixture
def now() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def network(tmp_path: Path, monkeypatch: Any, settings: Any, now: Any) -> Iterator[Mastodon]:
    """A Mastodon server on the loopback, known by name and certificate, which nobody has to ask slowly."""
    certificate = certificate_for(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(mastodon, "seconds_between", 0.0)
    settings.CONNECTOR_HOSTS = [HOST]
    with a_mastodon(certificate) as found:
        found.clock = now
        yield found


@pytest.fixture
def on_linkedin(tmp_path: Path, monkeypatch: Any, settings: Any, now: Any) -> Iterator[LinkedIn]:
    """LinkedIn on the loopback; the site's own way out leads there."""
    with a_linkedin(tmp_path, monkeypatch, settings) as found:
        yield found
