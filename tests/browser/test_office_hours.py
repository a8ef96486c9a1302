"""A coaching hour from the opened hours to the next step; and a morning on which the coach is ill."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from community.office_hours.models import Booking, TakenSlot
from community.office_hours.models_notes import HourNote
from core.news import jobs as letters
from core.news import wishes
from core.news.models import Notification
from core.notify.models import OutgoingMail
from tests.browser.conftest import findings_of
from tests.factories.office_hours import make_booking

HOURS = "/p/nordlichter/hours/"


def test_a_coaching_hour(world: Any, look: Any) -> None:
    """The coach opens hours; two taps on the phone book one, which is moved, held, noted and followed by the next."""
    Booking.objects.all().delete()
    world.hours.windows.all().delete()
    desk = look(by=world.coach)
    desk.goto(f"{HOURS}mine/week/new/")
    tomorrow = timezone.localdate() + timedelta(days=1)
    desk.get_by_label("Weekday").select_option(str(tomorrow.weekday()))
    desk.get_by_label("From").fill("09:00")
    desk.get_by_label("To", exact=True).fill("11:00")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("These slots can be booked now.")).to_be_visible()

    phone = look(width=360, theme="dark", by=world.influencer2)
    phone.goto(HOURS)
    phone.locator(".hourslot").first.click()  # tap one
    assert findings_of(phone, in_both_lights=True) == []
    phone.get_by_role("button", name="Book", exact=True).click()  # tap two
    expect(phone.get_by_text("Booked", exact=True)).to_be_visible()
    phone.get_by_role("link", name="Change").click()
    phone.get_by_label("What it is about").fill("How do I begin?")
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("link", name="Move").click()
    phone.locator(".hourslot").nth(2).click()
    phone.get_by_role("button", name="Move", exact=True).click()
    expect(phone.get_by_text("Moved. You both get the new time")).to_be_visible()
    desk.goto(f"{HOURS}mine/")
    expect(desk.get_by_text("“How do I begin?”")).to_be_visible()
    expect(desk.get_by_text("moved, before")).to_be_visible()
    assert findings_of(desk) == []

    booking = Booking.objects.get(person=world.influencer2)
    over = timezone.now() - timedelta(minutes=30)
    for row in (Booking.objects.filter(pk=booking.pk), TakenSlot.objects.filter(pk=booking.slot_id)):
        row.update(starts_at=over - timedelta(minutes=20), ends_at=over)
    phone.goto(reverse("community:booking_detail", args=["nordlichter", booking.pk]))
    expect(phone.get_by_text("no record is kept")).to_be_visible()
    phone.get_by_role("link", name="Write a note").click()
    phone.get_by_role("textbox").first.fill("Begin with a picture of the work.")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Begin with a picture of the work.")).to_be_visible()
    assert HourNote.objects.filter(person=world.influencer2, host=world.hours).exists()
    phone.goto(HOURS)
    expect(phone.get_by_text("Coach again")).to_be_visible()


def test_the_coach_is_ill(world: Any, look: Any) -> None:
    """Three taps: everybody has another time, or is told that there is none, with the date for their calendar."""
    Booking.objects.all().delete()
    two = [make_booking(world.hours, person) for person in (world.influencer, world.influencer2)]
    for person in (world.influencer, world.influencer2):
        wishes.choose_hours(person, days=range(7), start=0, end=24)
    letters.mail_due()
    Notification.objects.all().delete()
    day = timezone.localtime(two[0].starts_at).date().isoformat()
    phone = look(width=360, theme="dark", language="de", by=world.coach)
    phone.goto(f"{HOURS}mine/away/")  # tap one; today nobody has booked, so another day is asked for
    phone.locator("#id_first").fill(day)
    expect(phone.locator("#shifts li")).to_have_count(2)
    assert findings_of(phone, in_both_lights=True) == []
    phone.locator('[name="way"][value="cancel"]').check()  # tap two
    expect(phone.locator(".goes-cancel").first).to_be_visible()
    phone.locator('[name="way"][value="later"]').check()
    expect(phone.locator(".goes-later").first).to_be_visible()
    phone.locator("main form button[type=submit]").last.click()  # tap three
    expect(phone.locator("[data-toast]")).to_be_visible()
    for booking in two:
        former = booking.starts_at
        booking.refresh_from_db()
        assert (booking.is_booked, booking.moved_from) == (True, former)
    letters.mail_due()
    for person in (world.influencer, world.influencer2):
        mail = OutgoingMail.objects.filter(address=person.email).latest("pk")
        assert ("Moved" in mail.subject, "SEQUENCE:1" in mail.calendar) == (True, True)
    reader = look(width=360, by=world.influencer)
    reader.goto(reverse("community:booking_detail", args=["nordlichter", two[0].pk]))
    expect(reader.get_by_text("Moved, before")).to_be_visible()
    assert findings_of(reader) == []
