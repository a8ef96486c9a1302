"""Booked in two taps, moved and cancelled by one, told once; nobody learns why."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.office_hours import jobs, leaving, people, services, services_hosts
from community.office_hours.models import Absence, Booking, BusyTime, HoursHost, HoursWait, TakenSlot
from core.journal.models import Entry
from core.news import jobs as letters
from core.notify.models import OutgoingMail
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import services as generations
from tests.community.office_hours.reading import key, text, told, undo_in, url
from tests.factories.office_hours import free, make_booking, make_hours

PATH = "/p/nordlichter/path/"


def test_a_time_is_chosen_and_booked(calm: Any, sign_in: Any) -> None:
    client, slot = sign_in(calm.influencer), free(calm.hours)[3]
    page = text(client.get(url("office_hours")))
    assert key(calm.hours, slot) in page
    words = {"slot": key(calm.hours, slot), "question": "How do I begin?"}
    answer = client.post(url("office_hours"), words, follow=True)
    booking = Booking.objects.get()
    assert answer.redirect_chain == [(url("booking_detail", booking.pk), 302)]
    assert "How do I begin?" in text(answer)
    assert (told(calm.coach), told(calm.influencer)) == (["Influencer booked"], ["Booked with Coach"])
    assert "How do I begin?" in text(sign_in(calm.coach).get(url("booking_detail", booking.pk)))
    assert not Entry.objects.exists(), "the log says nothing of it"
    assert client.post(url("office_hours"), words).status_code == 302
    assert Booking.objects.count() == 1, "the same press again is the same booking"


def test_who_comes_late_gets_the_next_one_chosen(calm: Any, sign_in: Any) -> None:
    slot, following = free(calm.hours)[3:5]
    services.book(calm.hours, start=slot.start, by=calm.influencer2)
    answer = sign_in(calm.influencer).post(url("office_hours"), {"slot": key(calm.hours, slot), "question": "Me too"})
    assert answer.status_code == 409
    assert "was just taken" in text(answer)
    assert answer.context["chosen"].slot.start == following.start
    assert "Me too" in text(answer), "what was typed is kept"


def test_a_refusal_says_what_is_true(calm: Any, sign_in: Any) -> None:
    client, hours = sign_in(calm.influencer), HoursHost.objects.filter(pk=calm.hours.pk)
    slot, odd = free(calm.hours)[3], free(calm.hours)[3].start + timedelta(minutes=7)
    times = {slot.start - timedelta(days=30): "is over", odd: "no longer offered", slot.start: "too soon"}
    hours.update(notice_hours=0)
    for start, said in times.items():
        if said == "too soon":
            hours.update(notice_hours=24 * 14)
        answer = client.post(url("office_hours"), {"slot": f"{calm.hours.pk}@{start:%Y-%m-%dT%H:%MZ}"})
        assert (answer.status_code, said in text(answer)) == (409, True), said
    make_hours(calm.program, calm.manager)
    hours.update(is_open=False)
    assert "no longer offered" in text(client.post(url("office_hours"), {"slot": key(calm.hours, slot)}))


@pytest.mark.parametrize("slot", ["", "nonsense", "1@nothing", "999999@2026-01-01T09:00Z"])
def test_a_time_that_is_none(slot: str, calm: Any, sign_in: Any) -> None:
    answer = sign_in(calm.influencer).post(url("office_hours"), {"slot": slot})
    assert answer.status_code in (409, 422)
    assert not Booking.objects.exists()


def test_a_time_in_the_past_is_refused(calm: Any) -> None:
    with pytest.raises(services.SlotGone):
        services.book(calm.hours, start=timezone.now() - timedelta(days=1), by=calm.influencer)


def test_two_hours_of_one_person_never_overlap(calm: Any, sign_in: Any) -> None:
    other = make_hours(calm.program, calm.manager)
    booking = make_booking(calm.hours, calm.influencer)
    with pytest.raises(services.Overlapping):
        services.book(other, start=booking.starts_at, by=calm.influencer)
    assert TakenSlot.objects.filter(host=other, taken__gt=0).count() == 0
    page = sign_in(calm.influencer).get(url("office_hours"), {"host": other.pk})
    assert all(offer.slot.start != booking.starts_at for day in page.context["days"] for offer in day.offers)


def test_the_database_holds_it_whatever_the_code_does(calm: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    half = timedelta(minutes=10)
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenSlot.objects.create(
            host=calm.hours, starts_at=booking.starts_at + half, ends_at=booking.ends_at + half, taken=1
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        TakenSlot.objects.filter(pk=booking.slot_id).update(taken=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            program=calm.program, slot=booking.slot, person=calm.influencer, starts_at=booking.starts_at,
            ends_at=booking.ends_at + half,
        )  # fmt: skip


def test_a_move_keeps_the_date_and_raises_its_version(calm: Any, sign_in: Any) -> None:
    booking, client = make_booking(calm.hours, calm.influencer), sign_in(calm.influencer)
    former, later = booking.starts_at, free(calm.hours)[20]
    address = f"{url('office_hours')}?move={booking.pk}"
    assert "So far" in text(client.get(address))
    page = text(client.post(address, {"slot": key(calm.hours, later)}, follow=True))
    booking.refresh_from_db()
    assert (booking.starts_at, booking.sequence) == (later.start, 1)
    assert (told(calm.coach), told(calm.influencer)) == (["Moved, Influencer"], ["Moved, Coach"])
    assert any(slot.start == former for slot in free(calm.hours)), "the former hour is free"
    client.post(undo_in(page))
    booking.refresh_from_db()
    assert (booking.starts_at, booking.sequence) == (former, 2)


def test_a_move_to_another_host_ends_one_date_and_begins_another(calm: Any) -> None:
    other = make_hours(calm.program, calm.manager)
    booking = make_booking(calm.hours, calm.influencer, question="As before?")
    moved = services.move(booking, to=other, start=free(other)[30].start, by=calm.influencer)
    assert (moved.pk != booking.pk, moved.question) == (True, "As before?")
    assert told(calm.coach) == ["Cancelled, Influencer"]
    assert told(calm.manager) == ["Influencer booked"]


def test_cancelled_and_taken_back(calm: Any, sign_in: Any) -> None:
    booking, client = make_booking(calm.hours, calm.influencer), sign_in(calm.influencer)
    page = text(client.post(url("booking_cancel", booking.pk), follow=True))
    assert "Cancelled" in page
    host = sign_in(calm.coach).post(undo_in(page), follow=True)
    assert "can no longer be undone" in text(host), "what the one cancelled the other does not put back"
    assert told(calm.coach) == ["Cancelled, Influencer"]
    assert any(slot.start == booking.starts_at for slot in free(calm.hours))
    assert "is back on" in text(client.post(undo_in(page), follow=True))
    booking.refresh_from_db()
    assert (booking.is_booked, booking.sequence) == (True, 2)
    page = text(client.post(url("booking_cancel", booking.pk), follow=True))
    services.book(calm.hours, start=booking.starts_at, by=calm.influencer2)
    assert "This slot has been taken" in text(client.post(undo_in(page), follow=True))


def test_who_waits_hears_once_of_what_became_free(calm: Any, sign_in: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    client = sign_in(calm.influencer2)
    assert "You will be notified once" in text(client.post(url("hours_wait"), follow=True))
    services.cancel(booking, by=calm.influencer)
    assert told(calm.influencer2) == ["Free again with Coach"]
    assert not HoursWait.objects.exists()
    services.take_back(booking)
    services.cancel(booking, by=calm.influencer)
    assert len(told(calm.influencer2)) == 1


def test_what_nobody_can_book_is_not_called_free_and_who_waits_goes_on_waiting(calm: Any, sign_in: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    services.wait(calm.program, host=None, by=calm.influencer2)
    hours = HoursHost.objects.filter(pk=calm.hours.pk)
    for closed, opened in (({"notice_hours": 24 * 5}, {"notice_hours": 0}), ({"is_open": False}, {"is_open": True})):
        hours.update(**closed)
        services.cancel(booking, by=calm.influencer)
        assert (told(calm.influencer2), HoursWait.objects.count()) == ([], 1)
        hours.update(**opened)
        booking.refresh_from_db()
        services.take_back(booking)
    services.cancel(booking, by=calm.influencer)
    assert told(calm.influencer2) == ["Free again with Coach"]
    hours.update(is_open=False)  # what was free is not any more
    assert told(calm.influencer2) == []


def test_mails_carry_the_date_with_one_uid_and_rising_versions(calm: Any, time_machine: Any) -> None:
    now = timezone.now()  # on a Tuesday at ten nobody has quiet hours
    time_machine.move_to((now + timedelta(days=(1 - now.weekday()) % 7 + 7)).replace(hour=10))
    booking = make_booking(calm.hours, calm.influencer, question="A private matter")
    letters.mail_due()
    services.cancel(booking, by=calm.influencer)
    letters.mail_due()
    parts = [
        mail.calendar
        for mail in OutgoingMail.objects.filter(address=calm.influencer.email).order_by("pk")
        if mail.calendar
    ]
    assert ["METHOD:REQUEST" in parts[0], "METHOD:CANCEL" in parts[1]] == [True, True]
    assert ["SEQUENCE:0" in parts[0], "SEQUENCE:1" in parts[1]] == [True, True]
    uids = {line for part in parts for line in part.splitlines() if line.startswith("UID")}
    assert len(uids) == 1
    assert not OutgoingMail.objects.filter(text__contains="private matter").exists()


def test_whoever_leaves_ends_what_they_booked_and_nobody_hears_why(calm: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    consents.withdraw(calm.program, [Purpose.PARTICIPATION], by=calm.influencer, channel="settings")
    booking.refresh_from_db()
    assert not booking.is_booked
    assert told(calm.coach) == ["Cancelled, Influencer"]


def test_who_pauses_or_lost_the_role_ends_it_with_the_sweep(calm: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    calm.coach_membership.ended_at = timezone.now()
    calm.coach_membership.save()
    jobs.sweep()
    booking.refresh_from_db()
    assert not booking.is_booked
    assert told(calm.influencer) == ["Cancelled, Coach"]


def test_reminded_once(calm: Any, time_machine: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer, 40)
    time_machine.move_to(booking.starts_at - timedelta(hours=5))
    for _ in range(2):
        jobs.sweep()
    assert told(calm.influencer).count("Coming up with Coach") == 1


def test_what_is_on_monday_morning_is_said_on_friday(calm: Any, time_machine: Any) -> None:
    """Later is within the quiet hours of most people, until it has begun."""
    time_machine.move_to(datetime(2027, 5, 25, 12, tzinfo=ZoneInfo("Europe/Berlin")), tick=False)
    monday = next(slot for slot in free(calm.hours) if slot.start.weekday() == 0)
    services.book(calm.hours, start=monday.start, by=calm.influencer)
    time_machine.move_to(monday.start - timedelta(hours=70), tick=False)
    jobs.sweep()
    assert told(calm.influencer).count("Coming up with Coach") == 1


def test_ninety_days_later_nothing_is_left(calm: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    for rows in (Booking.objects.filter(pk=booking.pk), TakenSlot.objects.filter(pk=booking.slot_id)):
        rows.update(starts_at=timezone.now() - timedelta(days=92), ends_at=timezone.now() - timedelta(days=91))
    assert jobs.retention() == 2
    assert not Booking.objects.exists()


def test_busy_and_absence_always_block(calm: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer)
    services.cancel(booking, by=calm.influencer)
    day = timezone.localtime(booking.starts_at).date()
    absence = Absence.objects.create(host=calm.hours, first=day, last=day)
    for blocks in (
        absence,
        BusyTime.objects.create(host=calm.hours, starts_at=booking.starts_at, ends_at=booking.ends_at),
    ):
        with pytest.raises(services.SlotGone):
            services.book(calm.hours, start=booking.starts_at, by=calm.influencer)
        with pytest.raises(services.SlotGone):
            services.take_back(booking)
        blocks.delete()
        absence.delete() if absence.pk else None
    services.take_back(booking)


def test_rules_that_yield_no_hour_say_so(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.coach)
    words = {"weekday": "1", "begins": "09:00", "ends": "09:10", "places": "1"}
    answer = client.post(url("hours_window_new"), words)
    assert (answer.status_code, "A slot of 20 minutes does not fit" in text(answer)) == (422, True)
    assert "The end must be after the start" in text(client.post(url("hours_window_new"), words | {"ends": "08:00"}))
    calm.hours.windows.all().delete()
    calm.hours.special_days.all().delete()
    assert "You have no hours yet" in text(client.get(url("hours_day")))
    services_hosts.set_rules(calm.program, by=calm.coach, rules={"is_open": False})
    assert "Your office hours are closed" in text(client.get(url("hours_day")))


def test_a_host_sets_rules_windows_and_other_days(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.manager)
    assert "Please first say" in text(client.get(url("hours_window_new"), follow=True))
    rules = {
        "is_open": "on",
        "minutes": 30,
        "pause": 0,
        "notice_hours": 0,
        "weeks": 2,
        "topics": "Photos\nPhotos\nWords",
    }
    assert client.post(url("hours_settings"), rules | {"link": "http://plain.example.com"}).status_code == 422
    client.post(url("hours_settings"), rules)
    client.post(url("hours_window_new"), {"weekday": "2", "begins": "09:00", "ends": "10:00", "places": "3"})
    day = (timezone.localdate() + timedelta(days=5)).isoformat()
    page = text(
        client.post(
            url("hours_special_new"), {"day": day, "begins": "13:00", "ends": "14:00", "places": "1"}, follow=True
        )
    )
    assert "can be booked now" in page
    page = text(client.get(url("office_hours")))
    removed = text(
        client.post(
            url("hours_window_remove", client.get(url("hours_day")).context["board"].windows[0][0].pk), follow=True
        )
    )
    undo = undo_in(removed)
    assert not client.get(url("hours_day")).context["board"].windows
    client.post(undo)
    client.post(undo)  # the same press again
    assert len(client.get(url("hours_day")).context["board"].windows) == 1
    special = client.get(url("hours_day")).context["board"].special[0].pk
    client.post(url("hours_special_remove", special))
    assert not client.get(url("hours_day")).context["board"].special
    client.post(url("hours_special_restore", special))
    assert [each.pk for each in client.get(url("hours_day")).context["board"].special] == [special]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_little(count: int, calm: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    for place in range(count):
        make_booking(calm.hours, calm.influencer, 12 + 3 * place, question="Why?")
    client, host = sign_in(calm.influencer), sign_in(calm.coach)
    for who, address, queries in ((client, url("office_hours"), 14), (host, url("hours_day"), 11)):
        who.get(address)
        with django_assert_num_queries(queries):
            assert who.get(address).status_code == 200


def test_a_persons_page_leads_to_their_office_hours_while_they_are_open(world: Any, sign_in: Any) -> None:
    assert people.book(world.influencer2, world.program, world.influencer) is None  # offers none
    way = people.book(world.influencer2, world.program, world.hours.person)
    assert way is not None
    assert sign_in(world.influencer2).get(way.url).status_code == 200
    HoursHost.objects.filter(pk=world.hours.pk).update(is_open=False)
    assert people.book(world.influencer2, world.program, world.hours.person) is None


def test_a_pause_ends_hours_at_midnight_and_says_so_before(calm: Any, sign_in: Any) -> None:
    participant = calm.influencer.participations.get(program=calm.program)
    booking, client = make_booking(calm.hours, calm.influencer), sign_in(calm.influencer)
    assert "At midnight, places at events and booked office hours go to others" in text(client.get(PATH))
    for days, stands, said in ((0, True, ""), (1, False, "await your answer again")):
        generations.pause(participant, by=calm.influencer)
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=True):
            jobs.sweep()
            booking.refresh_from_db()
            assert booking.is_booked is stands
            page = client.post(f"{PATH[:-5]}participation/resume/", follow=True)
            assert ("Good to have you" in text(page), "await your answer" in text(page)) == (True, bool(said))
    kept = [each.words(1) for each in leaving.kept(calm.influencer, calm.program) if each.rows.exists()]
    assert ("booked hour" in kept, "cancelled hour" in kept) == (False, True)
