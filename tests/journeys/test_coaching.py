"""A coaching hour, from the hours that are opened to the next date; and a morning on which the coach is ill."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from community.office_hours.models import Booking
from core.news import jobs as letters
from core.notify.models import OutgoingMail
from core.people.models import User
from programs.membership.models import Role
from tests.journeys.stage import make_erika
from tests.world import join, make_user

TUESDAY = datetime(2027, 6, 8, 9, tzinfo=ZoneInfo("Europe/Berlin"))
RULES = {"is_open": "on", "minutes": "20", "pause": "0", "notice_hours": "0", "weeks": "4", "languages": "de",
         "place": "Room 2.14", "link": "https://meet.example.com/carla", "topics": "First post"}  # fmt: skip


@pytest.fixture
def people(here: Any) -> Iterator[Any]:
    """A coach and two who take part, on a Tuesday morning when nobody has quiet hours."""
    with time_machine.travel(TUESDAY, tick=False):
        here.coach = _named("coach", "Carla Coach")
        join(here.coach, here.program, Role.COACH)
        here.erika = make_erika(here.generation)
        here.jonas = _named("jonas", "Jonas Beispiel")
        join(here.jonas, here.program, Role.INFLUENCER)
        yield here


def _named(key: str, name: str) -> User:
    person: User = make_user(key)
    person.name = name
    person.save()
    return person


def _open_hours(coach: Any, slug: str) -> None:
    coach.post(reverse("community:hours_settings", args=[slug]), RULES)
    for weekday in range(7):
        words = {"weekday": str(weekday), "begins": "10:00", "ends": "12:00", "places": "1"}
        coach.post(reverse("community:hours_window_new", args=[slug]), words)


def _book(client: Any, slug: str, place: int, **wish: str) -> Booking:
    """Tap one is a time of the page, tap two books it."""
    address = reverse("community:office_hours", args=[slug])
    offers = [offer for day in client.get(address).context["days"] for offer in day.offers]
    page = client.post(address, {"slot": offers[place].key} | wish, follow=True)
    assert "Booked" in page.content.decode()
    return Booking.objects.get(pk=page.context["booking"].pk)


def _newest(person: User) -> OutgoingMail:
    letters.mail_due()
    return OutgoingMail.objects.filter(address=person.email).latest("pk")


def test_a_coaching_hour(people: Any, sign_in: Any) -> None:
    slug, coach, erika = people.program.slug, sign_in(people.coach), sign_in(people.erika)
    home = f"/p/{slug}/"
    _open_hours(coach, slug)
    booking = _book(erika, slug, 2, question="How do I begin?", topic="First post")
    assert "METHOD:REQUEST" in _newest(people.erika).calendar
    assert "Erika Beispiel" in _newest(people.coach).subject
    assert "How do I begin?" in coach.get(home).content.decode(), "asked in advance, on the coach's start page"

    move = f"{reverse('community:office_hours', args=[slug])}?move={booking.pk}"
    later = [offer for day in erika.get(move).context["days"] for offer in day.offers][-1]
    assert "Moved" in erika.post(move, {"slot": later.key}, follow=True).content.decode()
    assert "SEQUENCE:1" in _newest(people.erika).calendar
    booking.refresh_from_db()
    detail = reverse("community:booking_detail", args=[slug, booking.pk])

    with time_machine.travel(booking.starts_at - timedelta(minutes=9), tick=False):
        assert 'href="https://meet.example.com/carla"' in sign_in(people.erika).get(home).content.decode()
    with time_machine.travel(booking.ends_at + timedelta(minutes=1), tick=False):
        coach, erika = sign_in(people.coach), sign_in(people.erika)
        page = erika.get(detail)
        assert "nobody else sees this, and no record is kept" in page.content.decode()
        until = (booking.ends_at + timedelta(days=30)).date().isoformat()
        note = {"text": "Begin with a picture of the work.", "shared_until": until, "host": str(booking.slot.host_id)}
        erika.post(f"{reverse('community:hours_note_new', args=[slug])}?host={booking.slot.host_id}", note)
        notes = coach.get(reverse("community:booking_notes", args=[slug, booking.pk])).content.decode()
        assert "Begin with a picture" in notes, "shared by choice"
        again = {"slot": page.context["next"].key}
        erika.post(f"{reverse('community:office_hours', args=[slug])}?host={booking.slot.host_id}", again)
        assert Booking.objects.filter(person=people.erika, starts_at__gt=booking.ends_at).exists(), "the next, one tap"


def test_the_coach_is_ill(people: Any, sign_in: Any) -> None:
    slug, coach = people.program.slug, sign_in(people.coach)
    _open_hours(coach, slug)
    booked = [_book(sign_in(person), slug, place) for person, place in ((people.erika, 0), (people.jonas, 1))]
    letters.mail_due()

    # Three taps: Away today, what happens to what is booked, notify everybody.
    away = reverse("community:hours_away", args=[slug])
    assert f'href="{away}"' in coach.get(f"/p/{slug}/").content.decode()
    page = coach.get(away)
    assert [each["booking"].person for each in page.context["shifts"]] == [people.erika, people.jonas]
    form = page.context["form"].initial | {"last": "", "way": "later"}
    page = coach.post(away, form, follow=True).content.decode()
    assert "2 appointments are moved. 2 people are notified." in page

    for person, booking in zip((people.erika, people.jonas), booked, strict=True):
        former = booking.starts_at
        booking.refresh_from_db()
        assert (booking.is_booked, booking.moved_from, booking.starts_at.date() > former.date()) == (True, former, True)
        mail = _newest(person)
        assert ("Moved" in mail.subject, "SEQUENCE:1" in mail.calendar, " ill" in mail.text) == (True, True, False)
        seen = sign_in(person).get(reverse("community:booking_detail", args=[slug, booking.pk])).content.decode()
        assert "If the new time does not suit you, change it here." in seen
    nobody = sign_in(people.erika).get(reverse("community:office_hours", args=[slug])).context["days"]
    assert nobody[0].day > TUESDAY.date(), "the day offers nothing any more"
