"""Staying in touch after leaving: a consent of one's own, seen by nobody, ended with one press, gone in the end."""

import re
from datetime import time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.events import alumni as open_events
from community.events import guest_services as guests
from community.events import services as events
from community.events.models_guests import Guest
from core.notify.models import OutgoingMail
from core.people.models import User
from influencer.privacy import jobs as privacy
from programs.alumni import access, services
from programs.consents import access as consents
from programs.consents import jobs as consent_jobs
from programs.consents.models import ConsentEvent, Erasure, Purpose
from programs.generations import services as generations
from programs.membership.models import Membership
from tests.factories.events import make_event
from tests.house.test_access import ROWS
from tests.house.test_nothing_private import different, walk


def url(world: Any, name: str = "alumni", *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


@pytest.fixture
def gone(world: Any) -> Any:
    """The influencer has left and stays in touch."""
    generations.leave(world.participant, by=world.influencer, stays_in_touch=True)
    return world


def is_alumnus(world: Any) -> bool:
    return access.is_alumnus(User.objects.get(pk=world.influencer.pk), world.program)


def test_nothing_is_chosen_unless_it_was_ticked(world: Any, sign_in: Any) -> None:
    leave = url(world, "participation_leave")
    client = sign_in(world.influencer)
    page = client.get(leave).content.decode()
    assert 'name="stays_in_touch"' in page
    assert " checked" not in page
    client.post(leave)
    assert consents.granted(world.influencer, world.program) == frozenset()
    client.post(url(world, "alumni_stay"))
    assert is_alumnus(world)
    sign_in(world.influencer2).post(leave, {"stays_in_touch": "on"})
    assert consents.granted(world.influencer2, world.program) == {Purpose.ALUMNI}


def test_one_press_ends_it_and_another_undoes_that(gone: Any, sign_in: Any) -> None:
    client = sign_in(gone.influencer)
    answer = client.post(url(gone, "alumni_end"), follow=True)
    assert not is_alumnus(gone)
    (told,) = answer.context["messages"]
    client.post(told.extra_tags.removeprefix("undo:"))
    assert is_alumnus(gone)
    assert not Erasure.objects.filter(purpose=Purpose.ALUMNI).exists()


def test_every_page_answers_as_to_who_left(gone: Any) -> None:
    """The consent opens the pages of the own rights and its own one, and nothing else in the whole product but what
    everybody can read."""
    client = Client(raise_request_exception=False)
    client.force_login(gone.influencer)
    opened = {}
    for name, row in ROWS.items():
        if row.method == "get" and row.visitor != 200 and "slug" in row.args(gone):
            status = client.get(reverse(name, kwargs=row.args(gone)), row.data(gone)).status_code
            opened |= {name: status} if status != 404 else {}
    own = (
        "privacy:mine", "analytics:my_dossier", "programs:consents", "programs:consent_erase",
        "programs:participation_note",
    )  # fmt: skip
    assert opened == dict.fromkeys((*own, "programs:alumni"), 200)


def test_nobody_in_the_program_sees_or_counts_it(world: Any) -> None:
    generations.leave(world.participant, by=world.influencer)
    watching = ("manager", "council")
    with time_machine.travel(timezone.now(), tick=False):
        before = walk(world, watching)
        services.stay(world.program, by=world.influencer)
        assert different(before, walk(world, watching)) == []


def test_who_takes_part_again_is_none(gone: Any) -> None:
    generations.resume(gone.participant, by=gone.influencer)
    assert Purpose.ALUMNI not in consents.granted(gone.influencer, gone.program)
    assert not Erasure.objects.filter(user=gone.influencer).exists()


def test_the_account_stays_as_long_as_it_is_wanted(gone: Any) -> None:
    def later(days: int) -> bool:
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            privacy.retention()
            consent_jobs.erase_due()
        return User.objects.filter(pk=gone.influencer.pk, is_active=True).exists()

    assert later(40)
    assert not Membership.objects.filter(user=gone.influencer).exists()
    services.end(gone.program, by=gone.influencer)
    assert later(29), "it can be undone"
    assert not later(32)
    assert ConsentEvent.objects.filter(user=gone.influencer, purpose=Purpose.ALUMNI).count() == 2, "the proof stays"


def test_an_event_for_alumni(gone: Any, sign_in: Any) -> None:
    """One email, a yes as a guest, and the end of it takes the yes along."""
    closed = make_event(gone.program, at=time(9))
    event = make_event(gone.program, at=time(10), for_alumni=True, capacity=1, title_en="Reunion", state="draft")
    for _press in range(2):
        events.announce_event(event, by=gone.manager)
    mail = OutgoingMail.objects.get(reason=open_events.REASON)
    assert mail.address == gone.influencer.email
    assert not open_events.is_withheld(mail)
    client = sign_in(gone.influencer)
    page = client.get(url(gone)).content.decode()
    assert "Reunion" in page
    assert not Guest.objects.filter(event=event).exists(), "looking tells nobody"
    accept = reverse("community:event_alumni", args=[gone.program.slug, event.pk])
    for other in (gone.influencer2, gone.leaver):
        assert sign_in(other).post(accept).status_code == 404, "a member, and who left without choosing it"
    assert client.post(accept.replace(str(event.pk), str(closed.pk))).status_code == 404
    answer = client.post(accept, follow=True)
    assert "You are coming" in answer.content.decode()
    event.refresh_from_db()
    assert event.taken == 1
    listed = sign_in(gone.manager).get(reverse("community:event_guests", args=[gone.program.slug, event.pk]))
    assert gone.influencer.email in listed.content.decode(), "as every guest"
    client.post(url(gone, "alumni_end"))
    event.refresh_from_db()
    assert (event.taken, Guest.objects.filter(event=event).exists()) == (0, False)
    assert open_events.is_withheld(mail)


@pytest.mark.parametrize("stays", [True, False])
def test_a_host_cannot_try_out_who_stays_in_touch(world: Any, sign_in: Any, stays: bool) -> None:
    """Somebody who left is put on the guest list of an event for alumni, and not invited: nothing of it moves."""
    generations.leave(world.participant, by=world.influencer, stays_in_touch=stays)
    event = make_event(world.program, at=time(10), for_alumni=True, title_en="Reunion", state="draft")
    events.announce_event(event, by=world.manager)
    guests.add_guests(event, guests=[("Ida", world.influencer.email)], language="en", by=world.manager)

    def listed() -> str:
        page = sign_in(world.manager).get(reverse("community:event_guests", args=[world.program.slug, event.pk]))
        return re.sub(r"<[^>]+>", "", page.content.decode())

    before = listed()
    sign_in(world.influencer).post(url(world, "alumni_end"))
    assert "Ida" in before
    assert listed() == before


def test_whom_a_host_had_on_the_list_says_no_in_the_end(gone: Any, sign_in: Any) -> None:
    event = make_event(gone.program, at=time(10), for_alumni=True, title_en="Reunion", state="draft")
    events.announce_event(event, by=gone.manager)
    guests.add_guests(event, guests=[("Ida", gone.influencer.email)], language="en", by=gone.manager)
    client = sign_in(gone.influencer)
    client.post(reverse("community:event_alumni", args=[gone.program.slug, event.pk]))
    assert Guest.objects.get(event=event).choice == "yes"
    client.post(url(gone, "alumni_end"))
    event.refresh_from_db()
    assert (Guest.objects.get(event=event).choice, event.taken) == ("no", 0)


def test_opened_later_is_told_once(gone: Any) -> None:
    event = make_event(gone.program, at=time(9))
    for is_open in (True, False, True):
        events.edit_event(event, by=gone.manager, for_alumni=is_open)
    assert OutgoingMail.objects.filter(reason=open_events.REASON).count() == 1
