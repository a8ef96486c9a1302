"""Series: planned in one form, told once, answered, changed and cancelled from one date on."""

from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from community.events import calendar, jobs, news, series, services
from community.events.kinds import kinds
from community.events.models import Answer, Event, EventState
from community.events.rhythm import MOST_DATES, days_of
from core.news import jobs as news_jobs
from core.news.models import Hours, Notification
from core.notify.models import OutgoingMail
from programs.consents.models import today_in
from programs.membership.models import Membership
from tests.community.events.test_planning import words
from tests.factories.events import make_answer

NEW = "/p/nordlichter/events/new/?kind=workshop"
HERE = "/p/nordlichter/events/"


def make_series(world: Any, *, times: int = 4, **fields: Any) -> list[Event]:
    """Once a week from next week on, announced."""
    first = today_in(world.program) + timedelta(days=7)
    values = {
        "title": {"en": "Writing group", "de": "Schreibgruppe"}, "on": first, "at": time(9), "until_at": time(10),
        "until_on": None, "place": "Bremen", "kind": "workshop",
    } | fields  # fmt: skip
    days = days_of(first, "weekly", times=times)
    one = series.plan_series(world.program, by=world.manager, days=days, **values)
    series.announce(one, by=world.manager)
    return list(series.of(one))


@pytest.mark.parametrize(
    ("first", "rhythm", "days"),
    [
        (date(2026, 10, 20), "weekly", ["2026-10-20", "2026-10-27", "2026-11-03"]),
        (date(2026, 12, 24), "fortnightly", ["2026-12-24", "2027-01-07", "2027-01-21"]),
        (date(2026, 11, 10), "monthly", ["2026-11-10", "2026-12-08", "2027-01-12"]),  # the second Tuesday
        (date(2026, 12, 29), "monthly", ["2026-12-29", "2027-01-26", "2027-02-23"]),  # the fifth one is the last
    ],
)
def test_the_days_of_a_series(first: date, rhythm: str, days: list[str]) -> None:
    assert [day.isoformat() for day in days_of(first, rhythm, times=3)] == days


@given(
    first=st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    rhythm=st.sampled_from(["weekly", "fortnightly", "monthly"]),
    length=st.integers(0, 3000),
)
def test_days_rise_on_one_weekday_and_end_in_time(first: date, rhythm: str, length: int) -> None:
    until = first + timedelta(days=length)
    days = days_of(first, rhythm, until=until)
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} == {first.weekday()}
    assert days[-1] <= until
    assert len(days) <= MOST_DATES + 1  # one more than allowed says that there are too many


def test_a_series_is_planned_in_one_form(world: Any, sign_in: Any) -> None:
    before = Event.objects.count()
    sign_in(world.manager).post(NEW, words(repeat="fortnightly", times="4"))
    planned = Event.objects.order_by("milestone__on").filter(series__isnull=False)
    assert (len(planned), Event.objects.count() - before) == (4, 4)
    days = [each.milestone.on for each in planned]
    assert {later - day for day, later in pairwise(days)} == {timedelta(days=14)}
    assert {each.milestone.at for each in planned} == {time(9)}
    assert len({each.series for each in planned}) == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"repeat": "weekly"}, "Please say either how many dates there are or until when it repeats."),
        ({"repeat": "weekly", "times": "3", "until": "2040-01-01"}, "Please say either how many dates"),
        ({"repeat": "weekly", "times": "53"}, "52"),
        ({"repeat": "weekly", "times": "1"}, "2"),
        ({"repeat": "weekly", "until": "2090-01-01"}, "A series has 52 dates at most."),
        ({"repeat": "weekly", "until": "2026-01-01"}, "With this last day there is only one date."),
        ({"repeat": "daily", "times": "3"}, "daily"),
        ({"times": "6"}, "Please say how it repeats"),
        ({"until": "2040-01-01"}, "Please say how it repeats"),
    ],
)
def test_what_makes_no_series_is_said(world: Any, sign_in: Any, more: dict[str, str], says: str) -> None:
    before = Event.objects.count()
    answer = sign_in(world.manager).post(NEW, words(**more))
    assert answer.status_code in (200, 422)
    assert says in answer.content.decode()
    assert Event.objects.count() == before


@pytest.mark.parametrize("times", ["4", ""])
def test_a_template_of_a_series_can_be_planned_once(times: str, world: Any, sign_in: Any) -> None:
    """Its number of dates stands in the form; who chooses that it does not repeat may leave it or empty it."""
    before = Event.objects.count()
    assert kinds()["workshop"].times == 4
    sign_in(world.manager).post(NEW, words(times=times))
    assert Event.objects.count() - before == 1


def test_the_line_above_a_series_reads_well(world: Any, sign_in: Any) -> None:
    events = make_series(world)
    series.cancel_following(events[0], by=world.manager)
    page = sign_in(world.manager).get(f"{HERE}{events[0].pk}/").content.decode()
    assert "date 1 of 4, cancelled" in " ".join(page.split())


def test_the_hour_stays_the_same_over_the_change_of_clocks(world: Any) -> None:
    first = date(2027, 3, 22)
    one = series.plan_series(
        world.program, by=world.manager, days=days_of(first, "weekly", times=2),
        title={"en": "A", "de": "A"}, on=first, at=time(9), until_at=time(10), until_on=None, place="", kind="meetup",
    )  # fmt: skip
    starts = [calendar.appointment(each).start for each in series.of(one)]
    assert [f"{start:%H:%M %z}" for start in starts] == ["09:00 +0100", "09:00 +0200"]  # type: ignore[str-bytes-safe]


def test_people_are_told_of_a_series_once_with_all_its_dates(world: Any) -> None:
    events = make_series(world)
    told = Notification.objects.filter(person=world.influencer, kind__startswith="events.")
    assert [row.kind for row in told] == [news.SERIES_INVITED]
    assert "4 dates, the first: Writing group" in news.look(world.influencer, list(told))[told[0].pk].title
    parts = Calendar.from_ical(news.file_of_series(world.influencer, told[0])).walk("VEVENT")
    assert {str(part["UID"]) for part in parts} == {calendar.appointment(each).uid for each in events}


def test_a_move_of_this_and_the_following_is_told_once(world: Any) -> None:
    events = make_series(world)
    # The world's own one is tomorrow: in the afternoon of the working day before, people are reminded of it.
    Event.objects.filter(pk=world.event.pk).update(state=EventState.DRAFT)
    Notification.objects.all().delete()
    Membership.objects.update(since=timezone.now() - timedelta(days=30))  # nobody is invited as a newcomer
    second = services.locked(events[1])
    fields = {name: getattr(second.milestone, name) for name in services.OF_DATE}
    moved = fields | {"on": second.milestone.on + timedelta(days=1), "place": "Kiel"}
    series.edit_following(second, by=world.manager, names={"on", "place"}, **moved)
    after = list(series.of(second))
    assert [each.milestone.place for each in after] == ["Bremen", "Kiel", "Kiel", "Kiel"]
    days = [(now.milestone.on - was.milestone.on).days for now, was in zip(after, events, strict=True)]
    assert days == [0, 1, 1, 1]
    jobs.sweep(timezone.now() + timedelta(minutes=5))
    told = Notification.objects.filter(person=world.influencer, kind__startswith="events.")
    assert [row.kind for row in told] == [news.SERIES_CHANGED]
    assert all(each.milestone.revision == 1 for each in series.of(second)[1:])


def test_what_was_different_on_one_date_stays_so(world: Any, sign_in: Any) -> None:
    events = make_series(world)
    services.edit_event(events[2], by=world.manager, capacity=3)
    page = sign_in(world.manager).get(f"{HERE}{events[0].pk}/edit/").content.decode()
    assert "this and the following dates" in page
    assert (
        "this and the following dates" not in sign_in(world.manager).get(f"{HERE}{events[3].pk}/edit/").content.decode()
    )
    first = events[0].milestone
    sent = words(
        title_en="Writing group", title_de="Schreibgruppe", on=first.on.isoformat(), at="10:00", until_at="11:00",
        capacity="", scope="following",
    )  # fmt: skip
    assert sign_in(world.manager).post(f"{HERE}{events[0].pk}/edit/", sent).status_code == 302
    after = list(series.of(events[0]))
    assert {each.milestone.at for each in after} == {time(10)}
    assert [each.capacity for each in after] == [None, None, 3, None]


def test_only_one_date_or_this_and_the_following_are_cancelled_and_are_back(world: Any, sign_in: Any) -> None:
    events = make_series(world)
    manager = sign_in(world.manager)
    manager.post(f"{HERE}{events[3].pk}/cancel/")
    Notification.objects.all().delete()
    page = manager.post(f"{HERE}{events[1].pk}/cancel/", {"scope": "following"}, follow=True).content.decode()

    def states() -> list[str]:
        return [each.state[:1] for each in series.of(events[0])]

    assert states() == ["a", "c", "c", "c"]
    jobs.sweep(timezone.now() + timedelta(minutes=11))
    told = Notification.objects.filter(person=world.influencer, kind__in=news.GONE)
    assert [row.kind for row in told] == [news.SERIES_CANCELLED]
    assert b"STATUS:CANCELLED" in news.file_of_series(world.influencer, told[0]).encode()
    undo = f"{HERE}{events[1].pk}/reopen/?also={events[1].pk}.{events[2].pk}"
    assert undo in page
    manager.post(undo)
    assert states() == ["a", "a", "a", "c"]  # the one that was cancelled before stays so
    assert not news.look(world.influencer, list(told))  # a cancellation of what takes place is none


def test_one_tap_answers_all_dates_and_undo_brings_back_each(world: Any, sign_in: Any) -> None:
    events = make_series(world)
    make_answer(events[1], world.influencer, "maybe")
    person = sign_in(world.influencer)
    here = f"{HERE}{events[0].pk}/"
    assert "Yes to all 4 dates" in person.get(here).content.decode()
    page = person.post(f"{here}series/answer/", {"choice": "yes"}, follow=True).content.decode()
    assert "Answered for 4 dates." in page

    def said() -> list[str]:
        rows = Answer.objects.filter(person=world.influencer, event__in=events)
        return list(rows.order_by("event").values_list("choice", flat=True))

    assert said() == ["yes"] * 4
    was = series.packed({events[0].pk: "", events[1].pk: "maybe", events[2].pk: "", events[3].pk: ""})
    assert f"series/answer/?was={was}" in page
    person.post(f"{here}series/answer/?was={was}")
    assert said() == ["maybe"]
    for junk in ("?was=%00", "?was=9999999999999999999999y", "?was=..y.", "?was=x"):
        assert person.post(f"{here}series/answer/{junk}").status_code == 302
    assert said() == ["maybe"]


def test_where_one_date_is_full_the_others_are_answered(world: Any) -> None:
    events = make_series(world, capacity=1, has_waiting_list=False)
    make_answer(events[2], world.influencer2, "yes")
    before = series.answer_all(events[0], choice="yes", person=world.influencer, invited=[each.pk for each in events])
    assert set(before) == {events[0].pk, events[1].pk, events[3].pk}


def test_who_is_not_invited_to_one_of_them_does_not_answer_it(world: Any, sign_in: Any) -> None:
    events = make_series(world)
    sign_in(world.council).post(f"{HERE}{events[0].pk}/series/answer/", {"choice": "yes"})
    assert not Answer.objects.filter(event__in=events).exists()


def test_a_draft_of_a_series_is_seen_by_nobody_else(world: Any, sign_in: Any) -> None:
    events = make_series(world)
    Event.objects.filter(pk=events[3].pk).update(state=EventState.DRAFT)
    page = sign_in(world.influencer).get(f"{HERE}{events[0].pk}/").content.decode()
    assert "date 1 of 3" in page
    assert f"{HERE}{events[3].pk}/" not in page
    assert "date 1 of 4" in sign_in(world.manager).get(f"{HERE}{events[0].pk}/").content.decode()


def test_the_mails_are_one_each(world: Any) -> None:
    Notification.objects.all().delete()
    Hours.objects.create(person=world.influencer, days=list(range(7)), start=0, end=24)
    make_series(world)
    Notification.objects.update(due_at=timezone.now())
    news_jobs.mail_due()
    mails = OutgoingMail.objects.filter(person=world.influencer, calendar__contains="VCALENDAR")
    assert [mail.calendar.count("BEGIN:VEVENT") for mail in mails] == [4]
