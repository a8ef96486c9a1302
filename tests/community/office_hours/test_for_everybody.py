"""Who speaks what, whose clock, two things at once, and the next date for who could not make it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.office_hours import services
from community.office_hours.models import Booking, HoursHost, TakenSlot
from tests.community.office_hours.reading import key, text, told, url
from tests.factories.office_hours import free, make_booking, make_hours


def test_one_chooses_by_language_where_hosts_speak_different_ones(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.influencer)
    other = make_hours(calm.program, calm.manager, languages=["de", "en"])
    HoursHost.objects.filter(pk=calm.hours.pk).update(languages=["de"])
    page = client.get(url("office_hours"), {"host": "any"})
    assert "<small>German, English</small>" in text(page)
    assert page.context["spoken"] == ""
    english = client.get(url("office_hours"), {"language": "en"})
    assert [host.pk for host in english.context["hosts"]] == [other.pk]
    assert "language=en" in english.context["choices"][0].url
    assert len(client.get(url("office_hours"), {"language": "xx"}).context["hosts"]) == 2
    HoursHost.objects.update(languages=["de"])
    assert "All languages" not in text(client.get(url("office_hours"))), "there is nothing to choose"


def test_a_reader_elsewhere_sees_both_clocks(calm: Any, sign_in: Any) -> None:
    client, booking = sign_in(calm.influencer), make_booking(calm.hours, calm.influencer)
    assert " in Berlin" not in text(client.get(url("office_hours")))
    calm.influencer.time_zone = "Asia/Tokyo"
    calm.influencer.save()
    assert "9:00 in Berlin" in text(client.get(url("office_hours")))
    assert "For Coach it is" in text(client.get(url("booking_detail", booking.pk)))
    calm.coach.time_zone = "America/New_York"
    calm.coach.save()
    coach = sign_in(calm.coach)
    assert "local time in Berlin" in text(coach.get(url("hours_day")))
    assert "Your office hours use another clock" in text(coach.get(url("booking_detail", booking.pk)))


@pytest.mark.parametrize("name", ["hours_special_new", "hours_window_new"])
def test_hours_that_overlap_are_refused_and_named(name: str, calm: Any, sign_in: Any) -> None:
    client, kind = sign_in(calm.coach), name.removesuffix("_new")
    calm.hours.windows.all().delete()
    calm.hours.special_days.all().delete()
    day = {"day": (timezone.localdate() + timedelta(days=5)).isoformat()}
    day_of = "special" in name
    words = (day if day_of else {"weekday": "1"}) | {"begins": "09:00", "ends": "11:00", "places": "1"}
    client.post(url(name), words)
    over = client.post(url(name), words | {"begins": "10:30", "ends": "12:00"})
    assert over.status_code == 422
    assert "You already have hours from 9:00 to 11:00" in text(over)
    assert client.post(url(name), words | {"begins": "11:00", "ends": "12:00"}).status_code == 302
    first = min(getattr(calm.hours, "special_days" if day_of else "windows").all(), key=lambda row: row.begins)
    client.post(url(f"{kind}_remove", first.pk))
    client.post(url(name), words | {"begins": "08:00", "ends": "10:00"})
    assert "You already have hours from 8:00 to 10:00" in text(
        client.post(url(f"{kind}_restore", first.pk), follow=True)
    )


def test_what_overlaps_is_named_and_another_time_is_chosen(calm: Any, sign_in: Any) -> None:
    other, booking = make_hours(calm.program, calm.manager), make_booking(calm.hours, calm.influencer)
    words = {"slot": f"{other.pk}@{booking.starts_at:%Y-%m-%dT%H:%MZ}"}
    answer = sign_in(calm.influencer).post(url("office_hours"), words)
    assert answer.status_code == 409
    assert "overlaps with an appointment that you already have" in text(answer)
    assert url("booking_detail", booking.pk) in text(answer)
    assert answer.context["chosen"].slot.start > booking.starts_at


def test_nobody_comes_to_an_hour_while_somebody_comes_to_theirs(calm: Any, sign_in: Any) -> None:
    other, booking = make_hours(calm.program, calm.manager), make_booking(calm.hours, calm.influencer)
    start = booking.starts_at
    with pytest.raises(services.Overlapping):
        services.book(other, start=start, by=calm.coach)
    assert not TakenSlot.objects.filter(host=other, taken__gt=0).exists()
    offered = sign_in(calm.coach).get(url("office_hours")).context["days"]
    assert start not in [offer.slot.start for day in offered for offer in day.offers]
    later = next(slot for slot in free(other) if slot.start > start)
    services.book(other, start=later.start, by=calm.coach)
    assert later.start not in [slot.start for slot in free(calm.hours)], "the coach is elsewhere then"
    with pytest.raises(services.SlotGone):
        services.book(calm.hours, start=later.start, by=calm.influencer2)


def test_who_could_not_make_it_books_the_next_one_in_one_tap(calm: Any, sign_in: Any, time_machine: Any) -> None:
    booking = make_booking(calm.hours, calm.influencer, 0, question="How do I begin?")
    time_machine.move_to(booking.ends_at + timedelta(minutes=1))
    client, slot = sign_in(calm.influencer), free(calm.hours)[0]
    page = text(client.get(url("booking_detail", booking.pk)))
    assert "nobody else sees this, and no record is kept" in page
    assert f'name="slot" value="{key(calm.hours, slot)}"' in page
    client.post(f"{url('office_hours')}?host={calm.hours.pk}", {"slot": key(calm.hours, slot)})
    assert Booking.objects.filter(person=calm.influencer, starts_at=slot.start).exists()
    assert "nobody else sees this" not in text(sign_in(calm.coach).get(url("booking_detail", booking.pk)))
    assert told(calm.coach)[:1] == ["Influencer booked"]
    assert 'name="slot"' not in text(client.get(url("booking_detail", booking.pk))), "one is booked already"
