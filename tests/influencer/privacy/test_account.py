"""Somebody deletes the own account: told before what goes, brought back with one click, gone after two weeks."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.activities.models import Activity
from community.newsletters.models import Delivery
from core.journal.models import Entry
from core.lists.models import SavedView
from core.notify.models import OutgoingMail
from core.people.models import User
from core.writing.models import Draft
from influencer.privacy import account_services, jobs, queries
from programs.consents import access as consents
from programs.consents.models import ConsentEvent
from programs.generations.models import Participant
from programs.membership.access import roles_by_program
from programs.membership.models import Membership, Role

SECRET = "three calm grey seals"
DELETE = "/me/delete/"


def in_two_weeks(**more: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=14, **more), tick=True)


def client_of(person: User) -> Client:
    """Signed in, and proven again who it is."""
    client = Client(headers={"user-agent": "Mozilla/5.0 Firefox/140"})
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    client.post("/accounts/reauthenticate/?next=/me/", {"password": SECRET})
    return client


@pytest.fixture
def person(world: Any) -> User:
    world.influencer.set_password(SECRET)
    world.influencer.save()
    return world.influencer


@pytest.fixture
def manager(world: Any) -> User:
    world.manager.set_password(SECRET)
    world.manager.save()
    return world.manager


def mails(person: User) -> list[str]:
    found = OutgoingMail.objects.filter(reason="privacy.account", address=person.email)
    return list(found.order_by("pk").values_list("subject", flat=True))


def link_of(person: User) -> str:
    text = OutgoingMail.objects.filter(reason="privacy.account", address=person.email).latest("pk").text
    return re.search(r"/keep-account/\S+/", text)[0]


def refreshed(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_the_page_says_what_goes_and_what_stays(world: Any, person: User) -> None:
    page = client_of(person).get(DELETE).content.decode()
    assert reverse("privacy:export") in page
    assert "of your log" in page[page.index("take everything with you") : page.index("What is deleted when")]
    assert "Kept for three years" in page
    assert "Your roles end" in page


def test_an_old_sign_in_has_to_prove_itself_first(world: Any, person: User, sign_in: Any) -> None:
    answer = sign_in(person).post(DELETE)
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert refreshed(person).erase_at is None


def test_at_once_it_is_out_of_everything_and_a_link_brings_all_of_it_back(world: Any, person: User) -> None:
    before = (roles_by_program(person), consents.granted(person, world.program))
    logged = Activity.objects.filter(user=person).count()
    client, elsewhere = client_of(person), client_of(person)
    assert client.post(DELETE).url == "/account-deleted/"
    assert elsewhere.get("/me/").status_code == 302  # signed out everywhere
    assert not Membership.objects.active().filter(user=person).exists()
    assert consents.granted(person, world.program) == frozenset()
    assert len(mails(person)) == 1
    link, visitor = link_of(person), Client()
    assert visitor.get(link).status_code == 200
    assert refreshed(person).erase_at is not None  # looking changes nothing
    assert visitor.post(link).url == "/accounts/login/"
    person = refreshed(person)
    assert (roles_by_program(person), consents.granted(person, world.program)) == before
    assert Activity.objects.filter(user=person).count() == logged
    assert Participant.objects.get(pk=world.participant.pk).state == "active"
    assert mails(person)[1:] == ["Your account stays"]
    assert visitor.get(link).status_code == 410


def test_signing_in_leads_to_the_way_back(world: Any, person: User) -> None:
    client_of(person).post(DELETE)
    client = client_of(person)
    home = reverse("home:program", args=[world.program.slug])
    for path in ("/", home, "/me/", reverse("programs:consents", args=[world.program.slug])):
        assert client.get(path).url == "/me/leaving/", path
    assert client.get(reverse("privacy:export")).status_code == 200
    assert "Keep my account" in client.get("/me/leaving/").content.decode()
    client.post("/me/stay/")
    assert client.get(home).status_code == 200


def test_after_two_weeks_nothing_tells_who_it_was(world: Any, person: User) -> None:
    address, name = person.email, person.name
    SavedView.objects.create(person=person, path="/x/", name="mine")
    Draft.objects.create(person=person, key="x", text="half a thought")
    client_of(person).post(DELETE)
    with in_two_weeks(minutes=-5):
        assert jobs.erase_accounts().done == 0
    link = link_of(person)
    with in_two_weeks(minutes=5):
        assert jobs.erase_accounts().done == 1
        assert Client().get(link).status_code == 410
        assert jobs.erase_accounts().done == 0
    gone = refreshed(person)
    assert (gone.email, gone.name, gone.is_active, gone.erase_at) == (
        f"erased-{gone.pk}@erased.invalid", "", False, None
    )  # fmt: skip
    assert not User.objects.filter(email=address).exists()
    assert not Participant.objects.filter(user=gone).exists()
    assert not Activity.objects.filter(user=gone).exists()
    assert not Delivery.objects.filter(address=address).exists()
    kept = {area.rule.model.__name__ for area in queries.stored_about(gone)}
    assert kept <= {"User", "Entry", "ConsentEvent", "Delivery"}, kept
    assert ConsentEvent.objects.filter(user=gone).exists()  # the proof, under a pseudonym
    assert mails(person) == ["Your account is deleted"]
    last = OutgoingMail.objects.filter(address=address).latest("pk")
    assert last.subject == "Your account is deleted"
    assert last.person_id is None
    assert name not in last.text


def test_the_journal_does_not_say_that_a_participant_went(world: Any, person: User) -> None:
    before = Entry.objects.count()
    client_of(person).post(DELETE)
    about = Entry.objects.order_by("pk")[before:]
    assert [entry.verb for entry in about if entry.actor_id == person.pk] == []
    with in_two_weeks(minutes=5):
        jobs.erase_accounts()
    assert not Entry.objects.filter(pk__in=[entry.pk for entry in about], program_id=world.program.pk).exists()


# --- whoever is needed ----------------------------------------------------------------------------------------------


def test_the_last_manager_reads_what_to_do_first(world: Any, manager: User) -> None:
    client = client_of(manager)
    page = client.get(DELETE).content.decode()
    assert reverse("programs:member_new", args=[world.program.slug]) in page
    answer = client.post(DELETE)
    assert answer.status_code == 422
    assert "Nobody else leads" in answer.content.decode()
    assert refreshed(manager).erase_at is None
    Membership.objects.create(program=world.program, user=world.coach, role=Role.MANAGER)
    assert client.post(DELETE).status_code == 302


def test_a_role_in_the_team_ends_in_the_log_and_comes_back(world: Any, manager: User) -> None:
    Membership.objects.create(program=world.program, user=world.coach, role=Role.MANAGER)
    client_of(manager).post(DELETE)
    ended = Entry.objects.filter(verb="membership.role_ended", actor=manager)
    assert ended.exists()
    Client().post(link_of(manager))
    assert Role.MANAGER in roles_by_program(refreshed(manager))[world.program]


def test_the_last_administrator_makes_another_first(world: Any) -> None:
    User.objects.filter(is_superuser=True).update(is_superuser=False)
    one = User.objects.create_superuser("one@example.com", SECRET, name="One", language="en")
    two = User.objects.create_superuser("two@example.com", SECRET, name="Two", language="en")
    assert client_of(one).post(DELETE).status_code == 302
    answer = client_of(two).post(DELETE)  # who leaves is nobody to rely on
    assert answer.status_code == 422
    assert "last administrator" in answer.content.decode()


def test_what_fails_for_one_person_is_done_for_the_next(world: Any, person: User, monkeypatch: Any) -> None:
    client_of(person).post(DELETE)
    world.coach.erase_at = timezone.now()
    world.coach.save()
    erase = account_services.erase

    def fails_for_the_coach(user: User) -> None:
        if user.pk == world.coach.pk:
            raise RuntimeError
        erase(user)

    monkeypatch.setattr(account_services, "erase", fails_for_the_coach)
    with in_two_weeks(minutes=5):
        outcome = jobs.erase_accounts()
    assert (outcome.done, outcome.failed) == (1, 1)
