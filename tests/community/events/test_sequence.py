"""Whatever becomes of an event, calendars know which of two files is the newer one."""

from itertools import pairwise
from typing import Any

from tests.community.events.changing import changes
from tests.factories.events import make_event


def test_every_change_raises_the_number_and_the_file_says_what_is_so(world: Any) -> None:
    event = make_event(world.program)
    told = list(changes(event, by=world.manager, person=world.influencer, count=15, seed=3))
    assert [wrong for _, wrong in told if wrong] == []
    assert len({found.uid for found, _ in told}) == 1
    numbers = [found.sequence for found, _ in told]
    assert all(later > former for former, later in pairwise([0, *numbers])), numbers
    assert {found.status for found, _ in told} == {"CONFIRMED", "CANCELLED"}
