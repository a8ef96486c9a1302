"""When a step of the onboarding is due, from any first day: over leap days, and in time zones that change the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import example, given, settings
from hypothesis import strategies as st

from programs.consents.models import today_in
from programs.generations import paths
from programs.generations.models import Participant, Step
from programs.generations.reminders import AHEAD
from programs.membership.models import Program
from programs.phases.models import Milestone

ANY_DAY = st.dates(date(2000, 1, 1), date(2090, 12, 31))
OFFSETS = st.integers(0, 400)
LEAP_DAY = date(2028, 2, 29)
ZONES = ("Europe/Berlin", "America/St_Johns", "Pacific/Apia", "UTC")
CHANGES = (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC))


@given(ANY_DAY, OFFSETS)
@example(LEAP_DAY, 365)
@example(LEAP_DAY - timedelta(days=1), 1)
@example(date(2026, 3, 28), 1)
def test_a_step_is_due_so_many_days_after_joining(joined_on: date, days: int) -> None:
    step = Step(due_days=days)
    due = paths.due_on(step, joined_on)
    assert (due - joined_on).days == days
    assert sum(due in [today + ahead for ahead in AHEAD] for today in _around(due)) == len(AHEAD), (
        "it is near on its day and on the day before, and on no other"
    )


def _around(day: date) -> list[date]:
    return [day + timedelta(days=by) for by in range(-4, 5)]


@given(ANY_DAY, OFFSETS, st.integers(-30, 90), st.booleans())
@example(LEAP_DAY, 0, -1, False)
def test_no_step_is_due_before_somebody_joined(joined_on: date, days: int, after: int, is_called_off: bool) -> None:
    """A date that was before they came is still to come for them; one that was called off counts no longer."""
    called_off = datetime(2026, 1, 1, tzinfo=UTC) if is_called_off else None
    meeting = Milestone(on=joined_on + timedelta(days=after), deleted_at=called_off)
    step, participant = Step(due_days=days, milestone=meeting), Participant(joined_on=joined_on)
    due = paths._day_of(step, participant)
    assert due >= joined_on
    takes_place = after >= 0 and not is_called_off
    assert due == (meeting.on if takes_place else joined_on + timedelta(days=days))


@settings(max_examples=60)
@given(st.sampled_from(CHANGES), st.integers(-36 * 60, 36 * 60), st.sampled_from(ZONES))
def test_today_is_the_day_on_the_programs_calendar(around: datetime, minutes: int, zone: str) -> None:
    """On a day of 23 hours as on one of 25: no day is left out, and none comes twice."""
    now = around + timedelta(minutes=minutes)
    program = Program(time_zone=zone)
    with time_machine.travel(now, tick=False):
        today = today_in(program)
    assert today == now.astimezone(ZoneInfo(zone)).date()
    with time_machine.travel(now + timedelta(hours=25), tick=False):
        assert timedelta(days=1) <= today_in(program) - today <= timedelta(days=2)
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        assert timedelta(0) <= today_in(program) - today <= timedelta(days=1)
