"""An event that is changed again and again, as the files of its mails tell it to a reader of another make."""

import random
from collections.abc import Iterator
from datetime import time, timedelta
from typing import Any

from community.events import calendar, services
from community.events.models import EventState
from programs.phases import services as phases
from tests.calendar_trip import FIRST, LAST, PIECES, Read, differences, read


def changes(event: Any, *, by: Any, person: Any, count: int, seed: int) -> Iterator[tuple[Read, list[str]]]:
    """What is read after each of `count` changes, and what of it is otherwise than on the event's page."""
    dice = random.Random(seed)
    for _ in range(count):
        event.refresh_from_db()
        _change(event, by, dice)
        event = type(event).objects.select_related("milestone__program").get(pk=event.pk)
        (found,) = read(calendar.file_for(event, person, "yes").encode())
        yield found, differences(calendar.appointment(event, person=person), found)


def _change(event: Any, by: Any, dice: random.Random) -> None:
    milestone, roll = event.milestone, dice.random()
    if event.state == EventState.CANCELLED:
        services.reopen_event(event, by=by)
    elif roll < 0.2:
        services.cancel_event(event, by=by)
    elif roll < 0.4:
        phases.edit_milestone(milestone, by=by, place=f"Raum {dice.randrange(10**6)}")
    elif roll < 0.5:
        _edit(event, by, video=f"https://meet.example.com/{dice.randrange(10**6)}")
    elif roll < 0.6:
        _edit(event, by, title={"de": " ".join(dice.sample(PIECES, 3)), "en": " ".join(dice.sample(PIECES, 3))})
    else:
        on = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
        hours = {"at": time(dice.randint(4, 12), 15), "until_at": time(dice.randint(13, 22), 45)}
        _edit(event, by, on=on, until_on=dice.choice((None, on + timedelta(days=2))), **hours)


def _edit(event: Any, by: Any, **to: Any) -> None:
    services.edit_event(event, by=by, **({name: getattr(event.milestone, name) for name in services.OF_DATE} | to))
