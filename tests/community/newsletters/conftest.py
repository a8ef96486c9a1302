from collections.abc import Iterator
from typing import Any

import pytest

from tests.smtp_sink import SmtpSink
from tests.world import make_program


@pytest.fixture
def sink(settings: Any) -> Iterator[SmtpSink]:
    with SmtpSink() as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = running.address
        yield running


@pytest.fixture
def program(db: None) -> Any:
    return make_program()
