"""A host cannot be there: hours are moved or cancelled in three taps, everybody hears at once, and undo is true."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from community.office_hours import away, services, services_hosts
from community.office_hours.models import Absence, Booking, BusyTime, HoursHost, HoursWindow, TakenSlot
from core.journal.models import Entry
from core.news import jobs as letters
from core.news.models import Notification
from core.notify.models import OutgoingMail
from tests.at_once import at_once
from tests.community.office_hours.reading import text, told, undo_in, url
from tests.factories.office_hours import free, make_booking, make_hours
from tests.world import join, make_user


def day_of(booking: Booking) -> Any:
    return timezone.localtime(booking.starts_at).date()


def of_one_day(calm: Any, *people: Any, **wish: Any) -> list[Booking]:
    """Hours one after the other on the day of the twelfth, at whatever time of day this runs."""
    day = timezone.localtime(free(calm.hours)[12].start).date()
    place = next(n for n, slot in enumerate(free(calm.hours)) if timezone.localtime(slot.start).date() == day)
    return [make_booking(calm.hours, person, place, **wish) for person in people]


def test_ill_today_everybody_is_told_and_undo_brings_it_back(calm: Any, sign_in: Any) -> None:
    bookings = of_one_day(calm, calm.influencer, calm.influencer2)
    day = timezone.localtime(bookings[0].starts_at).date()
    client = sign_in(calm.coach)
    assert client.get(url("hours_away")).status_code == 200
    page = text(client.post(url("hours_away"), {"first": day.isoformat(), "way": "cancel"}, follow=True))
    assert "2 people are notified." in page
    assert told(calm.influencer) == told(calm.influencer2) == ["Cancelled, Coach"]
    assert not any(timezone.localtime(slot.start).date() == day for slot in free(calm.hours))
    assert not Entry.objects.filter(actor=calm.coach).exists(), "when somebody is not there stands in no log"
    client.post(url("hours_back", Absence.objects.get(first=day).pk))
    assert Booking.objects.filter(state="booked").count() == 2


def test_the_hours_of_a_day_move_to_what_suits_each_and_undo_says_who_had_heard(calm: Any, sign_in: Any) -> None:
    bookings = of_one_day(calm, calm.influencer, calm.influencer2)
    before = [booking.starts_at for booking in bookings]
    first = next(slot for slot in free(calm.hours) if slot.start > before[0] + timedelta(hours=12))
    elsewhere = make_hours(calm.program, calm.manager)
    services.book(elsewhere, start=first.start, by=calm.influencer)  # at the first time that is free, one is busy
    client, day = sign_in(calm.coach), day_of(bookings[0])
    page = text(client.get(url("hours_away"), {"first": day.isoformat(), "last": day.isoformat()}))
    assert page.count("moves to") == 4, "two hours, each of them later or with another host"
    Notification.objects.all().delete()
    page = text(client.post(url("hours_away"), {"first": day.isoformat(), "way": "later"}, follow=True))
    assert "2 appointments are moved. 2 people are notified." in page
    for booking in bookings:
        booking.refresh_from_db()
        assert (booking.is_booked, booking.sequence, day_of(booking) > day) == (True, 1, True)
    assert bookings[1].starts_at == first.start < bookings[0].starts_at
    assert told(calm.influencer) == told(calm.influencer2) == ["Moved, Coach"]
    assert "moved, before" in page, "the host reads where it was"

    Notification.objects.filter(person=calm.influencer).update(mailed_at=timezone.now())
    Notification.objects.filter(person=calm.influencer2).update(mailed_at=None, read_at=None)
    page = text(client.post(undo_in(page), follow=True))
    assert "2 appointments are back on. 1 person had already been notified" in page
    for booking, time in zip(bookings, before, strict=True):
        booking.refresh_from_db()
        assert (booking.starts_at, booking.sequence) == (time, 2)
    assert (told(calm.influencer), told(calm.influencer2)) == (["Moved, Coach"], [])


def test_another_host_takes_them_over_and_gives_them_back(calm: Any) -> None:
    elsewhere = make_hours(calm.program, calm.manager)
    wish = {"topic": "Photos", "question": "For the coach alone"}
    booking, other = of_one_day(calm, calm.influencer, calm.influencer2, **wish)
    day = day_of(booking)
    done = away.be_away(calm.hours, first=day, last=day, by=calm.coach, way=away.Way.OTHERS)
    assert (done.moved, done.cancelled) == (2, 0)
    new = Booking.objects.get(instead_of=booking)
    assert (new.slot.host, new.starts_at, new.person) == (elsewhere, booking.starts_at, calm.influencer)
    assert (new.topic, new.question) == ("", ""), "what was written to one host is not handed on to another"
    assert told(calm.influencer) == ["Booked with Manager", "Cancelled, Coach"]
    services.move(Booking.objects.get(instead_of=other), to=elsewhere, start=free(elsewhere)[30].start,
                  by=calm.influencer2)  # fmt: skip
    came = away.come_back(done.absence)
    assert (came.back, came.lost) == (1, 1), "who chose another time since then keeps it"
    booking.refresh_from_db()
    new.refresh_from_db()
    assert (booking.is_booked, new.is_booked, booking.sequence) == (True, False, 2)
    assert booking.question == "For the coach alone"


def test_a_group_stays_together_and_what_fits_nowhere_is_cancelled(calm: Any) -> None:
    HoursWindow.objects.filter(host=calm.hours).update(places=3)
    pair = [make_booking(calm.hours, person) for person in (calm.influencer, calm.influencer2)]
    one = free(calm.hours)[18]
    services.book(calm.hours, start=one.start, by=make_user("third"))
    services.book(calm.hours, start=one.start, by=make_user("fourth"))
    shifts = away.plan(calm.hours, away.Way.LATER, first=day_of(pair[0]), last=day_of(pair[0]))
    targets = {each.to.slot.start for each in shifts if each.to}
    assert (len(shifts), len(targets), one.start in targets) == (2, 1, False)
    done = away.be_away(calm.hours, first=day_of(pair[0]), last=day_of(pair[0]) + timedelta(days=60), by=calm.coach,
                        way=away.Way.LATER)  # fmt: skip
    assert (done.moved, done.cancelled, done.people) == (0, 4, 4)


def test_overlapping_absences_keep_what_the_other_one_blocks(calm: Any, sign_in: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    day = day_of(booking)
    first = away.be_away(calm.hours, first=day, last=day, by=calm.coach)
    longer = away.be_away(calm.hours, first=day, last=day + timedelta(days=3), by=calm.coach)
    assert not away.be_away(calm.hours, first=day, last=day, by=calm.coach).is_new, "already away"
    page = text(sign_in(calm.coach).post(url("hours_back", first.absence.pk), follow=True))
    assert "Another entry still covers" in page
    booking.refresh_from_db()
    assert (booking.is_booked, booking.dropped_by) == (False, longer.absence)
    assert away.come_back(longer.absence).back == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [({"first": ""}, "required"), ({"first": "2026-12-02", "last": "2026-12-01"}, "before the first"),
     ({"first": "2001-01-01"}, "over"), ({"first": "2026-12-01", "last": "2099-12-01"}, "At most one year")],
)  # fmt: skip
def test_days_away_that_are_none(words: dict[str, str], said: str, calm: Any, sign_in: Any) -> None:
    answer = sign_in(calm.coach).post(url("hours_away"), words)
    assert (answer.status_code, said in text(answer)) == (422, True)


def test_the_host_moves_or_cancels_a_single_hour_and_blocks_its_time(calm: Any, sign_in: Any) -> None:
    booking, client = make_booking(calm.hours, calm.influencer), sign_in(calm.coach)
    start, address = booking.starts_at, url("booking_off", booking.pk)
    assert address in text(client.get(url("booking_detail", booking.pk)))
    choices = client.get(address).context["form"].fields["to"].choices
    assert len(choices) == 4, "the next three, or none"
    services.wait(calm.program, host=None, by=calm.influencer2)
    page = text(client.post(address, {"to": choices[0][0], "is_blocked": "on"}, follow=True))
    booking.refresh_from_db()
    assert booking.starts_at.isoformat() == choices[0][0]
    assert (told(calm.influencer), told(calm.influencer2)) == (["Moved, Coach"], [])
    assert not any(slot.start == start for slot in free(calm.hours))
    client.post(undo_in(page))
    booking.refresh_from_db()
    assert (booking.starts_at, BusyTime.objects.filter(host=calm.hours, starts_at=start).exists()) == (start, False)

    client.post(address, {"to": "cancel", "is_blocked": "on"})
    assert "blocked" in text(client.get(url("hours_day")))
    assert told(calm.influencer) == ["Cancelled, Coach"]
    page = text(
        client.post(url("hours_unblock", BusyTime.objects.get(host=calm.hours, starts_at=start).pk), follow=True)
    )
    assert any(slot.start == start for slot in free(calm.hours))
    client.post(undo_in(page))
    assert not any(slot.start == start for slot in free(calm.hours))


def test_the_times_offered_do_not_say_what_else_somebody_has_booked(calm: Any, sign_in: Any) -> None:
    """In another company's program, or with a mentor: the host offers that time, and hears "taken" on choosing it."""
    booking, client = make_booking(calm.hours, calm.influencer), sign_in(calm.coach)
    first = away.next_for(booking)[0].slot.start
    elsewhere = make_hours(calm.other_program, calm.stranger)
    other = make_booking(elsewhere, calm.influencer, place=9)
    Booking.objects.filter(pk=other.pk).update(starts_at=first, ends_at=first + timedelta(minutes=30))
    page = client.get(address := url("booking_off", booking.pk))
    assert page.context["form"].fields["to"].choices[0][0] == first.isoformat()
    page = text(client.post(address, {"to": first.isoformat()}, follow=True))
    assert "has just been taken" in page


def test_who_comes_hears_of_another_place_with_a_newer_date(calm: Any, time_machine: Any) -> None:
    now = timezone.now()
    time_machine.move_to((now + timedelta(days=(1 - now.weekday()) % 7 + 7)).replace(hour=10))
    make_booking(calm.hours, calm.influencer)
    services_hosts.set_rules(calm.program, by=calm.coach, rules={"topics": ["Photos"]})
    assert told(calm.influencer) == ["Booked with Coach"], "nothing that concerns them has changed"
    letters.mail_due()
    services_hosts.set_rules(calm.program, by=calm.coach, rules={"place": "Room 3.01"})
    assert told(calm.influencer) == ["New place with Coach"]
    letters.mail_due()
    mail = OutgoingMail.objects.filter(address=calm.influencer.email).latest("pk")
    assert ("SEQUENCE:1" in mail.calendar, "Room 3.01" in mail.calendar) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_two_hosts_away_at_once_with_the_same_people(world: Any) -> None:
    """Each has booked with both, in another order; nobody waits in a circle, and no place is lost or given twice."""
    other = make_hours(world.program, world.manager)
    HoursWindow.objects.update(places=8)
    times = [slot.start for slot in free(world.hours)[12:14]]
    people = [make_user(f"person{number}") for number in range(6)]
    for person, both in zip(people, [(world.hours, other), (other, world.hours)] * 3, strict=True):
        join(person, world.program, "influencer")
        for hours, time in zip(both, times, strict=True):
            services.book(hours, start=time, by=person)
    turns = [world.hours, other] * 4
    day = timezone.localtime(times[0]).date()

    def press() -> int:
        hours = turns.pop()
        hours = HoursHost.objects.select_related("program", "person").get(pk=hours.pk)
        done = away.be_away(hours, first=day, last=day, by=hours.person, way=away.Way.OTHERS)
        return away.come_back(done.absence).back if len(turns) % 3 == 0 else 0

    at_once(press, 8)
    for slot in TakenSlot.objects.all():
        assert slot.taken == slot.bookings.filter(state="booked").count()


@pytest.mark.parametrize(
    ("start", "end"),
    [("0001-01-01T00:00:00+14:00", "2026-12-01T10:00:00+01:00"), ("2026-12-01T10:00Z", "9999-12-31T23:59:59-14:00")],
)
def test_no_undo_with_the_first_or_the_last_day_closes_everybodys_hours(
    start: str, end: str, calm: Any, sign_in: Any
) -> None:
    """The time comes out of the address of an undo; what PostgreSQL keeps of such a one nobody reads again."""
    host = sign_in(calm.coach)
    host.post(f"{url('hours_block')}?{urlencode({'start': start, 'end': end})}")
    assert not BusyTime.objects.filter(host=calm.hours).exists()
    assert host.get(url("hours_day")).status_code == 200
    assert sign_in(calm.influencer).get(url("office_hours")).status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-29", "²"])
def test_days_that_no_calendar_goes_beyond_are_today(day: str, calm: Any, sign_in: Any) -> None:
    for name in ("first", "last"):
        page = sign_in(calm.coach).get(url("hours_away"), {name: day})
        today = timezone.localdate()
        assert (page.status_code, page.context["first"], page.context["last"]) == (200, today, today)
