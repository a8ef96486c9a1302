"""Calendar files on their way: appointments as they come and change, and what another library than the writer's
reads."""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as of_day
from typing import Any
from zoneinfo import ZoneInfo

import vobject
from dateutil import tz
from vobject.icalendar import registerTzid

from core.kit.calendars import CANCEL, PUBLISH, REQUEST, Appointment, local, write
from core.kit.characters import visible

ZONES = ("Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/London", "America/New_York")
FIRST, LAST = date(2026, 1, 1), date(2036, 12, 31)
BESIDE = (of_day(0, 30), of_day(1, 30), of_day(2, 30), of_day(3, 30), of_day(9), of_day(14), of_day(23, 45))
CHANGED = datetime(2026, 11, 2, 9, 5, tzinfo=UTC)
PIECES = (
    "Werkstatt", "Größe; Maß, Stil", "Büro\\Nord", '"Zitat" – „so“', "שיחה", "کارگاه", "工作坊", "🚀 los", "a:b",
    "BEGIN:VEVENT", "END:VCALENDAR", "TZID=Europe/Berlin", "^n", "%0D%0A", "x" * 90, "Ä" * 80, "é", "\u200f",
    "(1/2)", "N\\n",
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """What the other library found of one appointment."""

    uid: str
    sequence: int
    title: str
    place: str
    text: str
    status: str
    start: date | datetime
    end: date | datetime | None


def histories(count: int, *, seed: int) -> Iterator[list[Appointment]]:
    """Appointments with what becomes of them (moved, renamed, called off, back), `count` versions in all."""
    dice = random.Random(seed)
    while count > 0:
        versions = [_new(dice)]
        for _ in range(min(count, dice.randint(1, 6)) - 1):
            versions.append(_changed(versions[-1], dice))
        count -= len(versions)
        yield versions


def _words(dice: random.Random, most: int, between: str = " ") -> str:
    return between.join(dice.choices(PIECES, k=dice.randint(1, most)))


def _new(dice: random.Random) -> Appointment:
    start, end = _when(dice)
    people = {"organizer": "team@example.com", "organizer_name": _words(dice, 2), "attendee": "ines@example.com"}
    return Appointment(
        uid=f"{dice.getrandbits(64):x}@example.com", title=_words(dice, 3), start=start, end=end, changed_at=CHANGED,
        place=_words(dice, 2), text=_words(dice, 12, "\n"), url="https://example.com/p/a/?b=c,d;e",
        **(people if dice.random() < 0.5 else {}),
    )  # fmt: skip


def _when(dice: random.Random) -> tuple[date | datetime, date | datetime | None]:
    zone = dice.choice(ZONES)
    day = FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))
    if dice.random() < 0.2:
        return day, dice.choice((None, day + timedelta(days=dice.randint(1, 5))))
    at = of_day(dice.randint(4, 21), dice.choice((0, 15, 30, 59)))  # hours that each day has once
    until = local(day + timedelta(days=dice.randint(1, 9)), at, zone)
    return local(day, at, zone), dice.choice((None, until, local(day, of_day(at.hour + 1, 45), zone)))


def _changed(before: Appointment, dice: random.Random) -> Appointment:
    start, end = _when(dice)
    to: dict[str, Any] = dice.choice((
        {"start": start, "end": end}, {"title": _words(dice, 3)}, {"place": ""}, {"place": _words(dice, 2)},
        {"is_cancelled": not before.is_cancelled}, {"text": _words(dice, 12, "\n")},
    ))  # fmt: skip
    later = before.changed_at + timedelta(seconds=dice.randint(1, 10_000))
    return replace(before, **to, sequence=before.sequence + 1, changed_at=later)


def at_the_changes() -> Iterator[Appointment]:
    """The day before, the day of and the day after every change of the clocks, at hours around it."""
    for zone in ZONES:
        for day in _days_of_change(zone):
            for at in BESIDE:
                for beside in (-1, 0, 1):
                    start = local(day + timedelta(days=beside), at, zone)
                    uid = f"{zone}-{day}-{at}-{beside}@example.com"
                    yield Appointment(uid=uid, title=zone, start=start, end=None, changed_at=CHANGED)


def _days_of_change(zone: str) -> list[date]:
    clocks = ZoneInfo(zone)
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    offsets = [datetime.combine(day, of_day(), clocks).utcoffset() for day in [*days, LAST]]
    return [day for number, day in enumerate(days) if offsets[number] != offsets[number + 1]]


def method_for(one: Appointment) -> str:
    if not one.organizer:
        return PUBLISH
    return CANCEL if one.is_cancelled else REQUEST


def read(file: bytes) -> list[Read]:
    """Zones count as the file itself tells their rules: what the library learned of them before, it forgets. It takes
    London for UTC where the rules of a file begin after 2020, so it is handed what dateutil reads there."""
    head = file.split(b"BEGIN:VEVENT", 1)[0].decode()
    told = tz.tzical(io.StringIO(head)) if "BEGIN:VTIMEZONE" in head else None
    for zone in ZONES:
        registerTzid(zone, told.get(zone) if told and f"TZID:{zone}\r\n" in head else None)
    (calendar,) = vobject.readComponents(file.decode(), validate=True)
    return [_read(event) for event in calendar.contents.get("vevent", [])]


def _read(event: Any) -> Read:
    def value(name: str) -> str:
        found = event.contents.get(name)
        return found[0].value if found else ""

    start = event.dtstart.value
    if isinstance(start, datetime):
        assert type(start.tzinfo).__module__.startswith("dateutil"), "the file says nothing of its zone"
    end = event.contents["dtend"][0].value if "dtend" in event.contents else None
    return Read(
        value("uid"), int(value("sequence")), value("summary"), value("location"), value("description"),
        value("status"), start, end,
    )  # fmt: skip


def differences(one: Appointment, found: Read) -> list[str]:
    """What came out otherwise than it went in: words, state, and times as clocks on the wall and as moments."""
    text = "\n".join(map(visible, one.text.splitlines()))
    wanted = {
        "uid": one.uid, "sequence": one.sequence, "title": visible(one.title), "place": visible(one.place),
        "text": text, "status": "CANCELLED" if one.is_cancelled else "CONFIRMED",
    }  # fmt: skip
    wrong = [name for name, value in wanted.items() if getattr(found, name) != value]
    return wrong + [name for name in ("start", "end") if not _is_same(getattr(one, name), getattr(found, name))]


def _is_same(ours: date | datetime | None, theirs: date | datetime | None) -> bool:
    if not isinstance(ours, datetime):
        return ours == theirs
    if not isinstance(theirs, datetime) or theirs.replace(tzinfo=None) != ours.replace(tzinfo=None):
        return False
    is_once = ours.astimezone(UTC).astimezone(ours.tzinfo).replace(tzinfo=None) == ours.replace(tzinfo=None)
    is_once &= ours.utcoffset() == ours.replace(fold=1).utcoffset()  # neither left out nor there twice
    return not is_once or theirs.astimezone(UTC) == ours.astimezone(UTC)


def errors_in(appointments: Sequence[Appointment], *, method: str = PUBLISH) -> list[str]:
    """One file with all of them, read by the other library."""
    found = read(write(appointments, method=method))
    if len(found) != len(appointments):
        return [f"{len(found)} of {len(appointments)} appointments"]
    pairs = zip(appointments, found, strict=True)
    return [f"{one.uid}: {', '.join(wrong)}" for one, each in pairs if (wrong := differences(one, each))]
