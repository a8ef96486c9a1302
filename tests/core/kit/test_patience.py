from datetime import timedelta

import pytest
import time_machine

from core.kit.patience import asked_pause


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta()),
        ("9" * 40, timedelta(days=1)),
        ("Thu, 26 Nov 2026 10:05:00 GMT", timedelta(minutes=5)),
        ("Thu, 26 Nov 2026 09:00:00 GMT", timedelta()),
        ("Sun, 26 Nov 2028 09:00:00 GMT", timedelta(days=1)),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
    ],
)
@time_machine.travel("2026-11-26T10:00:00Z", tick=False)
def test_how_long_a_server_asks_us_to_wait(said: str, pause: timedelta | None) -> None:
    assert asked_pause({"retry-after": said}) == pause
