"""Month and week: what one may see, on the clocks of the program, and the own office hours of nobody else."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from community.events import calendar_page, periods
from community.events.models import EventState
from community.office_hours.models import Booking, TakenSlot
from core.kit import cldr
from programs.consents.models import today_in
from programs.phases.models import Milestone
from tests.factories.events import make_answer, make_event
from tests.factories.office_hours import make_booking, make_hours
from tests.factories.phases import make_milestone

MONTH, WEEK = "/p/nordlichter/events/month/", "/p/nordlichter/events/week/"
NOVEMBER = f"{MONTH}?month=2026-11"


def titled(title: str, **fields: Any) -> dict[str, Any]:
    return {"title_en": title, "title_de": title} | fields


@pytest.fixture
def alone(world: Any) -> Any:
    """Nothing else on any day: the booking of the world lies on another one whenever the tests run."""
    Milestone.objects.all().delete()
    Booking.objects.all().delete()
    return world


def test_a_month_names_its_days_and_leads_to_the_ones_beside_it(alone: Any, sign_in: Any) -> None:
    make_event(alone.program, on=date(2026, 11, 26), **titled("Meet-up of the north"))
    page = sign_in(alone.influencer).get(NOVEMBER).content.decode()
    assert "November 2026" in page
    assert "Meet-up of the north" in page
    assert "Thursday, 26 November, 1 entry" in page
    assert 'href="?month=2026-10"' in page
    assert 'href="?month=2026-12"' in page
    december = sign_in(alone.influencer).get(f"{MONTH}?month=2026-12").content.decode()
    assert "Meet-up of the north" not in december


@pytest.mark.parametrize(
    "query",
    ["month=", "month=2026-13", "month=0000-00", "month=9999-12", "month=99999-01", "month=%00", "month=-1",
     "month=2026-11&day=31", "month=2026-11&day=x", "month=2026-11&day=%F0%9F%98%80", "day=99"],
)  # fmt: skip
def test_what_names_no_month_is_answered_in_words(world: Any, sign_in: Any, query: str) -> None:
    answer = sign_in(world.influencer).get(f"{MONTH}?{query}")
    assert answer.status_code == 200
    month = "The address does not contain a month that the calendar can show. You see the current one."
    day = "The month you see has no such day."
    page = answer.content.decode()
    assert (month in page) == (query.startswith("month=") and query not in ("month=",) and "&" not in query)
    assert (day in page) == ("day=" in query)


@pytest.mark.parametrize("query", ["week=2026-W54", "week=2025-W53", "week=9999-W01", "week=x", "week=%00"])
def test_what_names_no_week_is_answered_in_words(world: Any, sign_in: Any, query: str) -> None:
    answer = sign_in(world.influencer).get(f"{WEEK}?{query}")
    assert answer.status_code == 200
    assert "The address does not contain a week that the calendar can show." in answer.content.decode()


@pytest.mark.parametrize("address", ["?month=2000-01", "?month=2099-12"])
def test_the_first_and_the_last_month_lead_no_further(world: Any, sign_in: Any, address: str) -> None:
    page = sign_in(world.influencer).get(MONTH + address).content.decode()
    assert (page.count('rel="prev"'), page.count('rel="next"')) in {(0, 1), (1, 0)}


@pytest.mark.parametrize("address", ["?week=2000-W01", "?week=2099-W53"])
def test_the_first_and_the_last_week_lead_no_further(world: Any, sign_in: Any, address: str) -> None:
    page = sign_in(world.influencer).get(WEEK + address).content.decode()
    assert (page.count('rel="prev"'), page.count('rel="next"')) in {(0, 1), (1, 0)}


def test_a_draft_is_a_bare_date_to_who_does_not_plan_it(alone: Any, sign_in: Any) -> None:
    event = make_event(alone.program, on=date(2026, 11, 26), state=EventState.DRAFT, **titled("Not yet told"))
    here = f"/p/nordlichter/events/{event.pk}/"
    for address in (NOVEMBER, f"{WEEK}?week=2026-W48"):
        seen, planned = (sign_in(each).get(address).content.decode() for each in (alone.influencer, alone.manager))
        assert "Not yet told" in seen
        assert here not in seen
        assert here in planned


def test_dates_of_another_program_and_deleted_ones_are_not_here(alone: Any, sign_in: Any) -> None:
    make_event(alone.other_program, on=date(2026, 11, 26), **titled("Elsewhere"))
    gone = make_event(alone.program, on=date(2026, 11, 26), **titled("Put away"))
    Milestone.objects.filter(pk=gone.milestone_id).update(deleted_at=timezone.now())
    page = sign_in(alone.influencer).get(NOVEMBER).content.decode()
    assert "Elsewhere" not in page
    assert "Put away" not in page
    assert sign_in(alone.stranger).get(NOVEMBER).status_code == 404
    assert sign_in(alone.stranger).get(WEEK).status_code == 404


def test_what_i_said_is_seen_and_what_others_said_is_not(alone: Any, sign_in: Any) -> None:
    for day, choice in ((3, "yes"), (4, "maybe"), (5, "waiting"), (6, "no")):
        make_answer(make_event(alone.program, on=date(2026, 11, day), **titled(f"Day {day}")), alone.influencer, choice)
    make_event(alone.program, on=date(2026, 11, 10), state=EventState.CANCELLED, **titled("Called off"))
    for address in (NOVEMBER, f"{WEEK}?week=2026-W45"):
        mine, theirs = (sign_in(each).get(address).content.decode() for each in (alone.influencer, alone.coach))
        for state in ("yes", "maybe", "waiting", "no"):
            assert f"calev ev-{state}" in mine
            assert f"calev ev-{state}" not in theirs
    assert "calev ev-cancelled" in sign_in(alone.coach).get(NOVEMBER).content.decode()


def test_a_full_day_leads_to_its_agenda(alone: Any, sign_in: Any) -> None:
    on = timezone.localdate() + timedelta(days=300)
    month = f"{MONTH}?month={on:%Y-%m}"
    for hour in range(9, 15):
        make_event(alone.program, on=on, at=time(hour), **titled(f"At {hour}"))
    person = sign_in(alone.influencer)
    page = person.get(month).content.decode()
    assert "3 more" in page
    assert f"{month}&amp;day={on.day}#day" in page
    below = person.get(f"{month}&day={on.day}").content.decode().partition('id="day"')[2]
    assert [f"At {hour}" in below for hour in range(9, 15)] == [True] * 6
    assert "Are you coming? At 14" in below
    assert "3 more" not in person.get(f"{WEEK}?week={periods.week_key(on)}").content.decode()


def test_what_takes_several_days_is_on_each_of_them_over_the_turn_of_a_month(alone: Any, sign_in: Any) -> None:
    event = make_event(alone.program, on=date(2026, 11, 28), at=None, **titled("Long camp"))
    Milestone.objects.filter(pk=event.milestone_id).update(until_on=date(2026, 12, 2))
    page = sign_in(alone.influencer).get(f"{MONTH}?month=2026-12").content.decode()
    grid = page.partition("<table")[2].partition("</table>")[0]
    assert grid.count("calev ev-open") == 3  # from Monday the 30th to the 2nd
    assert grid.count('tabindex="-1"') == 2  # one stop for the keyboard in a week
    assert "Tuesday, 1 December, 1 entry" in page


def test_the_person_s_own_office_hours_are_here_and_nobody_else_s(alone: Any, sign_in: Any) -> None:
    hours = make_hours(alone.program, alone.manager)
    booking = make_booking(hours, alone.influencer2)
    on = booking.starts_at.astimezone(calendar_page.ZoneInfo(alone.program.time_zone)).date()
    query = f"?month={on:%Y-%m}&day={on.day}"
    address = reverse("community:booking_detail", args=["nordlichter", booking.pk])
    seen = {
        name: address in sign_in(getattr(alone, name)).get(MONTH + query).content.decode()
        for name in ("influencer", "influencer2", "manager", "coach", "council", "executive")
    }
    assert seen == dict.fromkeys(seen, False) | {"influencer2": True, "manager": True}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Pacific/Auckland"])
def test_an_hour_lies_on_the_clocks_of_the_program(alone: Any, zone: str) -> None:
    """An appointment at 23:30 UTC on the day the clocks change in Berlin."""
    alone.program.time_zone = zone
    alone.program.save()
    booking = make_booking(make_hours(alone.program, alone.coach), alone.influencer2)
    start = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    for model, pk in ((TakenSlot, booking.slot_id), (Booking, booking.pk)):
        model.objects.filter(pk=pk).update(starts_at=start, ends_at=start + timedelta(minutes=20))
    shown = calendar_page.CalendarOfPerson(alone.influencer2, alone.program, date(2026, 10, 24), date(2026, 10, 26))
    local = start.astimezone(calendar_page.ZoneInfo(zone))
    assert [(each.first, f"{each.at:%H:%M}") for each in shown.takings] == [(local.date(), f"{local:%H:%M}")]


def test_a_reader_on_other_clocks_is_told_whose_times_these_are(alone: Any, sign_in: Any) -> None:
    alone.influencer.time_zone = "Asia/Tokyo"
    alone.influencer.save()
    says = "All times are local times in the program"
    assert says in sign_in(alone.influencer).get(NOVEMBER).content.decode()
    assert says not in sign_in(alone.coach).get(NOVEMBER).content.decode()


def test_today_is_the_program_s(alone: Any, sign_in: Any) -> None:
    alone.influencer.time_zone = "Pacific/Kiritimati"
    alone.influencer.save()
    page = sign_in(alone.influencer).get(MONTH).content.decode()
    today = today_in(alone.program)
    assert f'id="d{today.isoformat()}"' in page
    assert page.count('aria-current="date"') == 1
    assert f'day={today.day}" ' in page.partition('aria-current="date"')[0].rpartition("<td")[2]


@pytest.mark.parametrize(("address", "questions"), [(MONTH, 8), (WEEK, 6)])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_asks_a_fixed_number_of_questions(
    alone: Any, sign_in: Any, rows: int, address: str, questions: int, django_assert_num_queries: Any
) -> None:
    today = today_in(alone.program)
    booking = make_hours(alone.program, alone.coach)
    for number in range(rows):
        event = make_event(alone.program, on=today, at=time(9 + number), capacity=5)
        make_answer(event, alone.influencer2, "waiting")
        make_event(alone.program, on=today, at=time(15), **titled(f"Not answered {number}"))
        make_milestone(alone.program, kind="event", on=today)
        make_booking(booking, alone.influencer2, 12 + 12 * number)
    visitor = sign_in(alone.influencer2)
    visitor.get(address)
    with django_assert_num_queries(questions):
        visitor.get(address)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_week_has_words(day: date) -> None:
    week = periods.week_from(day - timedelta(days=day.weekday()))
    words = cldr.span(week[0], week[-1])
    assert str(week[-1].year) in words
    assert str(week[0].day) in words
