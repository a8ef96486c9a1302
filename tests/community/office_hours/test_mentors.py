"""A mentor offers hours in small: to those who agreed to be accompanied, and nobody else learns of them."""

from typing import Any

from django.utils import timezone

from community.office_hours import busy, people, services, services_hosts
from community.office_hours.models import Booking, HoursHost
from programs.mentors import services as pairings
from programs.mentors.models import Pairing
from tests.community.office_hours.reading import key, text, told, url
from tests.factories.office_hours import free, make_booking, make_hours


def test_a_mentors_hours_are_for_those_they_accompany(calm: Any, sign_in: Any) -> None:
    mentor, mentee = sign_in(calm.influencer), sign_in(calm.influencer2)
    assert mentor.get(url("hours_day")).status_code == 403, "asked, and not agreed yet"
    pairings.agree(calm.pairing)
    page = text(mentor.get(url("hours_day")))
    assert ("Only the people you accompany" in page, "Run a drop-in hour" in page) == (True, False)
    assert [mentor.get(url(name)).status_code for name in ("queue_host", "hours_topics")] == [403, 403]
    hours = make_hours(calm.program, calm.influencer, place="Canteen")
    assert "Office hours today" in text(mentor.get("/p/nordlichter/"))

    assert hours in mentee.get(url("office_hours")).context["hosts"]
    assert people.book(calm.influencer2, calm.program, calm.influencer) is not None
    assert people.book(calm.manager, calm.program, calm.influencer) is None
    assert hours not in sign_in(calm.manager).get(url("office_hours")).context["hosts"]
    slot = {"slot": key(hours, free(hours)[5])}
    assert sign_in(calm.manager).post(url("office_hours"), slot).status_code == 409
    mentee.post(url("office_hours"), slot)
    booking = Booking.objects.get(person=calm.influencer2)
    assert told(calm.influencer) == ["Influencer2 booked"]
    assert mentor.get(url("booking_notes", booking.pk)).status_code == 200, "notes only if the mentee agrees, as ever"

    services.wait(calm.program, host=None, by=calm.manager)
    services.cancel(booking, by=calm.influencer2)
    assert told(calm.manager) == [], "who cannot book it does not hear of it"
    HoursHost.objects.filter(pk=hours.pk).update(calendar_sealed="x", calendar_due_at=timezone.now())
    assert busy.due() == [hours.pk]
    left = make_booking(hours, calm.influencer2)
    Pairing.objects.update(ended_at=timezone.now())
    assert busy.due() == []
    assert mentor.get(url("hours_day")).status_code == 200, "somebody still comes"
    services.cancel(left, by=calm.influencer2)
    assert mentor.get(url("hours_day")).status_code == 403
    assert hours not in mentee.get(url("office_hours")).context["hosts"]
    services_hosts.end_for(calm.influencer, calm.program)
