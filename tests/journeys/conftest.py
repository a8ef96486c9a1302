from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.stage import make_company, running
from tests.smtp_sink import SmtpSink

pytest.register_assert_rewrite("tests.walk")


@pytest.fixture
def here(transactional_db: None, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    return make_company()


@pytest.fixture
def sink(here: Any, settings: Any, tmp_path: Path) -> Iterator[SmtpSink]:
    """A mail server, and behind it a worker that does what the site leaves to it."""
    with running(settings, DATA_DIR=str(tmp_path / "data")) as (sink, _):
        yield sink
