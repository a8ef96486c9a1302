"""Guests of the program: they come by invitation, see what they are invited to, and their access ends by itself."""

import re
from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.events.guest_tokens import token_of
from community.events.models_guests import Guest
from core.journal.models import Entry
from core.notify.models import OutgoingMail
from programs.handbook import services as handbook
from programs.handbook.models import HandbookPage
from programs.membership import access, last_days, services
from programs.membership.models import Membership, Role
from tests.factories.attachments import make_attachment
from tests.factories.events import make_event, make_guest
from tests.world import client_of

HOME = "/p/nordlichter/"


def test_a_guest_is_invited_until_a_day_and_decides(world: Any, sign_in: Any) -> None:
    last = world.today + timedelta(days=30)
    new = {"email": "kim@agency.example", "name": "Kim Agency", "language": "en", "until_on": str(last)}
    form = reverse("programs:guest_new", args=[world.program.slug])
    manager = sign_in(world.manager)
    assert "No figures" in manager.get(form).content.decode()
    assert manager.post(form, new | {"until_on": str(world.yesterday)}).status_code == 422
    manager.post(form, new)
    invited = manager.get(reverse("programs:program_settings", args=[world.program.slug])).content.decode()
    assert new["email"] not in invited.split('id="h-guests"')[0], "among the guests, not in the team"
    assert "Kim Agency" in invited.split('id="h-guests"')[1]
    mail = OutgoingMail.objects.get(address=new["email"])
    assert "as a guest of" in mail.text
    assert "end by itself after" in mail.text
    link = re.search(r"https?://[^/\s]+(/team/\S+)", mail.text)
    assert link
    visitor = Client()
    page = visitor.get(link[1]).content.decode()
    assert "You are invited as a guest" in page
    visitor.post(link[1], {"name": "Kim Agency", "password": "wiese bei nacht und wind"})
    membership = Membership.objects.get(user__email=new["email"])
    assert (membership.role, membership.until_on, membership.is_contact) == (Role.GUEST, last, False)
    listed = manager.get(reverse("programs:program_settings", args=[world.program.slug])).content.decode()
    assert "Kim Agency" in listed.split('id="h-guests"')[1]


def test_a_guest_sees_the_own_events_with_their_files_and_pages_shown_to_guests(world: Any) -> None:
    """Not events of others, and no place that the program has."""
    mine, theirs = world.event, make_event(world.program, title_en="Only for the team")
    make_guest(mine, world.agency.email)
    make_guest(make_event(world.program, title_en="Not yet invited"), world.agency.email, invited_at=None)
    files = [
        make_attachment(world.program.pk, kind="event", target_id=each.pk, name=f"{each.pk}.txt")
        for each in (mine, theirs)
    ]
    page, client = world.handbook_page, client_of("agency", world)
    assert "Once you are invited" not in (shown := client.get(HOME).content.decode())
    assert str(mine.milestone.title) in shown
    assert files[0].name in shown
    assert not any(words in shown for words in ("Only for the team", "Not yet invited", "data-palette", "To read"))
    assert [client.get(reverse("attachments:file", args=[file.pk])).status_code for file in files] == [200, 404]

    url = reverse("programs:handbook_for_guests", args=[world.program.slug, page.pk])
    assert client.get(url).status_code == 404
    client_of("manager", world).post(reverse("programs:handbook_show_guests", args=[world.program.slug, page.pk]))
    home = client.get(HOME).content.decode()
    assert url in home
    assert "&#x27;en&#x27;" not in home, "a title in the reader's language, not the texts of all"
    text = client.get(url).content.decode()
    assert "One hour a week." in text
    assert str(world.coach) not in text
    assert Entry.objects.filter(verb="handbook.shown_to_guests").exists()
    assert world.manager.email in client.get(HOME).content.decode(), "whom to ask"
    client_of("manager", world).post(reverse("programs:handbook_hide_guests", args=[world.program.slug, page.pk]))
    assert client.get(url).status_code == 404


def test_what_others_write_reaches_guests_once_the_lead_shows_it(world: Any) -> None:
    page, client, lead = world.handbook_page, client_of("agency", world), client_of("manager", world)
    url, show, write = (
        reverse(f"programs:{name}", args=[world.program.slug, page.pk])
        for name in ("handbook_for_guests", "handbook_show_guests", "handbook_page_edit")
    )
    lead.post(show)
    text = {"language": "en", "text": "Seven hours.", "by": world.coach}
    handbook.write_page(page, title="Time, anew", based_on=page.version, **text)
    late = make_attachment(world.program.pk, kind="handbook_file", target_id=page.pk, name="late.txt")
    shown = client.get(url).content.decode()
    assert "One hour a week." in shown
    assert not any(words in shown for words in ("Seven hours.", "late.txt", "Time, anew"))
    assert "Time, anew" not in client.get(HOME).content.decode()
    file = reverse("attachments:file", args=[late.pk])
    assert client.get(file).status_code == 404
    assert "only after the program lead has shown them" in client_of("coach", world).get(write).content.decode()
    assert "they read too" in lead.get(write).content.decode()
    HandbookPage.objects.filter(pk=page.pk).update(approver=world.coach_membership)
    answer = lead.post(show, follow=True).content.decode()
    assert "It still waits for its approval." in answer
    assert "though it is not approved yet" in answer
    assert all(words in client.get(url).content.decode() for words in ("Seven hours.", "late.txt"))
    assert client.get(file).status_code == 200


def test_what_was_sent_before_the_access_ended_leads_nowhere(world: Any) -> None:
    guest = make_guest(world.event, world.agency.email)
    link = reverse("community:guest", args=[token_of(guest.key)])
    assert f'href="{HOME}"' in client_of("agency", world).get(link).content.decode(), "the way back"
    assert f'href="{HOME}"' not in Client().get(link).content.decode()
    membership = Membership.objects.get(user=world.agency, ended_at=None)
    services.end_membership(membership, by=world.manager)
    assert Client().get(link).status_code == 404
    Guest.objects.filter(pk=guest.pk).update(invited_at=timezone.now() + timedelta(minutes=1))
    assert Client().get(link).status_code == 200, "asked again since"


def test_who_said_no_opens_no_files_of_the_event(world: Any) -> None:
    guest = make_guest(world.event, world.agency.email)
    file = make_attachment(world.program.pk, kind="event", target_id=world.event.pk, name="agenda.txt")
    Guest.objects.filter(pk=guest.pk).update(choice="no", since=timezone.now())
    client = client_of("agency", world)
    assert client.get(reverse("attachments:file", args=[file.pk])).status_code == 404
    assert "agenda.txt" not in client.get(HOME).content.decode()


def test_access_ends_with_the_last_day_and_the_role_the_night_after(world: Any) -> None:
    """Whether or not the clock's work has run; until then the day can be moved, not into the past."""
    seat, client = world.agency_membership, client_of("agency", world)
    edit = reverse("programs:member_edit", args=[world.program.slug, seat.pk])
    client_of("manager", world).post(edit, {"until_on": str(world.today)})
    seat.refresh_from_db()
    assert seat.until_on == world.today
    assert client.get(HOME).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert client.get(HOME).status_code == 404
        last_days.end_guests()
        seat.refresh_from_db()
        assert seat.ended_at
        assert Entry.objects.filter(verb="membership.role_ended", actor=None).exists()


def test_who_is_a_guest_and_more_has_the_rights_of_both(world: Any) -> None:
    services.take_role(world.program, user=world.coach, role=Role.GUEST, by=world.manager)
    assert access.main_role(world.coach, world.program) == Role.COACH
    assert access.can(world.coach, access.Ability.SEE_FORUM, world.program)


def test_who_plans_an_event_ticks_guests_of_the_program(world: Any, sign_in: Any) -> None:
    url = reverse("community:event_guests", args=[world.program.slug, world.event.pk])
    manager = sign_in(world.manager)
    assert str(world.agency) in manager.get(url).content.decode()
    manager.post(url, {"of_program": [world.agency_membership.pk], "guests": "", "language": "en"})
    assert world.event.guests.filter(email=world.agency.email).count() == 1
    again = manager.get(url).content.decode()
    assert "of_program" not in again
