"""On twice is on once, and nobody who presses meets the row of another hand that is just deleted."""

from typing import Any

import pytest

from community.office_hours.models import HoursWait
from core.kit.switching import switch_on
from tests.at_once import at_once

HANDS, TIMES = 6, 20


@pytest.mark.django_db(transaction=True)
def test_six_hands_switch_on_and_off(world: Any) -> None:
    mine = {"program": world.program, "person": world.manager}

    def press() -> bool:
        for _ in range(TIMES):
            switch_on(HoursWait, **mine, host=None)
            HoursWait.objects.filter(**mine).delete()
        return True

    assert at_once(press, HANDS) == [True] * HANDS
    switch_on(HoursWait, **mine, host=None)
    switch_on(HoursWait, **mine, host=None)
    assert HoursWait.objects.filter(**mine).count() == 1
