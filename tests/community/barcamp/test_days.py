"""A barcamp over two days: each has its times, in one plan, on the page, in the file and on paper."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from community.barcamp import placing
from community.barcamp.models import CampSlot
from community.events import moments
from programs.phases import services as phases
from tests.community.barcamp.test_plan import url
from tests.factories.barcamp import make_barcamp, make_camp_room, make_camp_slot, make_proposal, make_session


@pytest.fixture
def camp(world: Any) -> Any:
    on = world.milestone.on + timedelta(days=(4 - world.milestone.on.weekday()) % 7)  # a Friday
    world.camp = make_barcamp(world.program, on=on, until_on=on + timedelta(days=1))
    world.attic = make_camp_room(world.camp, "Attic")
    make_camp_slot(world.camp)
    return world


def test_the_second_day_has_the_same_hours_and_sessions_of_its_own(camp: Any, sign_in: Any) -> None:
    manager = sign_in(camp.manager)
    values = {"slot-starts": "10:30", "slot-ends": "11:00"}
    answer = manager.post(url(camp.camp, "slots/new/"), values | {"slot-day": "0"})
    assert "This overlaps with Fri 10:00 to 10:45." in answer.content.decode()
    assert manager.post(url(camp.camp, "slots/new/"), values | {"slot-day": "1"}).status_code == 302
    assert manager.post(url(camp.camp, "slots/new/"), values | {"slot-day": "2"}).status_code == 422
    saturday = CampSlot.objects.get(event=camp.camp, day=1)
    proposals = [make_proposal(camp.camp, camp.influencer, title) for title in ("Light", "Sound")]
    for slot, proposal in zip(CampSlot.objects.filter(event=camp.camp), proposals, strict=True):
        placing.place(camp.camp, {proposal.pk: (camp.attic.pk, slot.pk)}, seen={}, by=camp.manager)
    page = sign_in(camp.influencer2).get(url(camp.camp)).content.decode()
    days = page.split('<tr class="campday">')[1:]
    assert ["Light" in days[0], "Sound" in days[0], "Sound" in days[1]] == [True, False, True]
    assert "two sessions at" not in page
    assert "Sat 10:30, Attic" in page
    text = manager.get(url(camp.camp, "board.md")).content.decode()
    assert text.index("### Fri") < text.index("Light") < text.index("### Sat") < text.index("Sound")
    on = camp.camp.milestone.on + timedelta(days=7)
    phases.edit_milestone(camp.camp.milestone, by=camp.manager, on=on, until_on=on + timedelta(days=1))
    assert CampSlot.objects.get(pk=saturday.pk).on == camp.camp.milestone.on + timedelta(days=1), "moves along"


def test_what_is_on_is_told_on_its_own_day(camp: Any, sign_in: Any) -> None:
    make_session(make_proposal(camp.camp, camp.influencer), camp.attic, make_camp_slot(camp.camp, day=1))
    zone = moments.begins(camp.camp.milestone).tzinfo
    with time_machine.travel(
        datetime.combine(camp.camp.milestone.on + timedelta(days=1), time(10, 10), zone), tick=False
    ):
        page = sign_in(camp.influencer).get(url(camp.camp)).content.decode()
    states = [part.split('"')[0].split()[0] for part in page.split('<tr class="is-')[1:]]
    assert states == ["past", "now"]


def test_a_full_day_leads_to_the_next(camp: Any, sign_in: Any) -> None:
    make_camp_slot(camp.camp, time(16, 30), time(17))
    page = sign_in(camp.manager).get(url(camp.camp, "rooms/")).content.decode()
    assert '<option value="1" selected>' in page
    assert [f'value="{hour}"' in page for hour in ("10:00", "10:30")] == [True, True]


def test_one_day_is_not_asked_for(world: Any, sign_in: Any) -> None:
    assert 'name="slot-day"' not in sign_in(world.manager).get(url(world.barcamp, "rooms/")).content.decode()
