"""A reminder is true on the day it is read, and comes while it helps."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from community.events import jobs, moments
from core.news import queries as inbox
from core.notify.models import OutgoingMail
from programs.phases.models import Milestone
from tests.factories.events import make_answer, make_event, make_guest

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2027, 5, 28, 16, 5, tzinfo=BERLIN)
MONDAY = datetime(2027, 5, 31, 8, 5, tzinfo=BERLIN)


def reminded(person: Any) -> list[str]:
    told = [each for each in inbox.inbox_of(person, only_new=True) if each.news.kind == "events.reminder"]
    return [each.sentence for each in told]


def test_what_is_on_monday_is_said_on_friday_and_never_untrue(world: Any, time_machine: Any) -> None:
    time_machine.move_to(FRIDAY, tick=False)
    event = make_event(world.program, on=MONDAY.date(), at=time(9), title_en="Meet-up", title_de="Treffen")
    said = make_answer(event, world.influencer)
    make_guest(event, choice="yes")
    assert moments.reminds_at(event.milestone) < FRIDAY
    jobs.sweep()
    assert reminded(world.influencer) == ["Coming up: Meet-up, Mon, 31 May"]
    assert OutgoingMail.objects.get(reason="events.guest_reminder").subject == "Coming up: Meet-up"
    Milestone.objects.filter(pk=event.milestone_id).update(on=FRIDAY.date(), at=time(18))
    assert reminded(world.influencer) == ["Coming up: Meet-up, today"]
    Milestone.objects.filter(pk=event.milestone_id).update(on=MONDAY.date(), at=time(9))
    time_machine.move_to(MONDAY, tick=False)
    assert reminded(world.influencer) == ["Coming up: Meet-up, today"]
    said.choice = "no"
    said.save()
    assert reminded(world.influencer) == []
    said.choice = "maybe"
    said.save()
    time_machine.move_to(MONDAY.replace(hour=9), tick=False)
    assert reminded(world.influencer) == []
