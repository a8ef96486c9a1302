"""Administrators help people with their accounts: every act stands in the journal, and the person is told."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people.models import User
from core.people.services import erase_account
from influencer.operate import jobs, services
from influencer.operate.models import Rescue, RescueState
from programs.membership.models import Role
from tests.factories.operate import make_app
from tests.world import join, make_program

SECRET = "wiese bei nacht und wind"
NEVER_SHOWN = ("198.51.100", "Firefox", "Mozilla", "last_login", "sessionid")

pytestmark = pytest.mark.usefixtures("fresh_cache")


def _person(name: str, **fields: Any) -> User:
    return User.objects.create_user(f"{name}@example.com", SECRET, name=name.title(), language="en", **fields)


@pytest.fixture
def ruben(db: None) -> User:
    return _person("ruben", is_superuser=True)


@pytest.fixture
def wiebke(db: None) -> User:
    return _person("wiebke", is_superuser=True)


@pytest.fixture
def jonas(db: None) -> User:
    person = _person("jonas")
    join(person, make_program(), Role.INFLUENCER)
    return person


def _client(person: User, *, proven: bool = True) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 Firefox/140"}, REMOTE_ADDR="198.51.100.7")
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    if "/2fa/authenticate/" in client.get("/me/").headers.get("location", ""):
        raise AssertionError("sign in with the second factor first")
    if proven:
        client.post("/accounts/reauthenticate/?next=/me/", {"password": SECRET})
    return client


def _subjects(person: User) -> list[str]:
    return list(OutgoingMail.objects.filter(person=person).order_by("pk").values_list("subject", flat=True))


def _verbs(person: User) -> list[str]:
    found = Entry.objects.filter(subject_type="user", subject_id=person.pk, actor__is_superuser=True)
    return list(found.order_by("pk").values_list("verb", flat=True))


def test_people_are_found_by_name_address_role_and_state(ruben: User, jonas: User) -> None:
    client = _client(ruben)
    for asked in (
        "q=jon",
        "q=JONAS@example",
        "q=example jonas",
        "role=influencer",
        "program=nordlichter",
        "state=open",
    ):
        assert "jonas@example.com" in client.get(f"/operate/accounts/?{asked}").content.decode(), asked
    for asked in ("q=uwe", "role=manager", "program=nowhere", "state=closed", "state=administrator", "state=factor"):
        assert "jonas@example.com" not in client.get(f"/operate/accounts/?{asked}").content.decode(), asked
    assert client.get("/operate/accounts/?page=many&state=odd&q=%00%E2%80%AE", follow=True).status_code == 200


def test_an_account_shows_sign_in_and_roles_and_nothing_else(ruben: User, jonas: User) -> None:
    _client(jonas)  # was here, with a browser and from somewhere
    make_app(jonas)
    client = _client(ruben)
    for page in ("/operate/accounts/", f"/operate/accounts/{jonas.pk}/"):
        text = client.get(page).content.decode()
        assert "password + app" in text
        assert "corporate influencer, Nordlichter" in text
        assert [word for word in NEVER_SHOWN if word in text] == []


def test_who_cannot_get_in_comes_first(ruben: User, jonas: User) -> None:
    invited = User.objects.create_user("oleksandr@example.com", name="Oleksandr", language="en")
    join(invited, make_program("stimmen"), Role.COACH)
    text = _client(ruben).get("/operate/accounts/").content.decode()
    assert "One person cannot sign in right now" in text
    assert text.index(["oleksandr", "example.com"][0].title()) < text.index("jonas@example.com")
    assert f"/operate/accounts/{invited.pk}/way-in/" in text


def test_an_account_is_deactivated_and_opened_again(ruben: User, jonas: User) -> None:
    client, person = _client(ruben), _client(jonas)
    client.post(f"/operate/accounts/{jonas.pk}/close/")
    assert person.get("/me/").status_code == 302
    assert "deactivated" in client.get(f"/operate/accounts/{jonas.pk}/").content.decode()
    client.post(f"/operate/accounts/{jonas.pk}/reopen/")
    assert _client(jonas).get("/me/").status_code == 200
    assert _subjects(jonas) == ["Your account was deactivated", "Your account is active again"]
    assert _verbs(jonas) == ["people.account_closed", "people.account_reopened"]


def test_nobody_deactivates_themselves_or_the_last_administrator(ruben: User) -> None:
    client = _client(ruben)
    page = client.post(f"/operate/accounts/{ruben.pk}/close/", follow=True).content.decode()
    assert "Another administrator has to do this" in page
    with pytest.raises(Exception, match="last administrator"):
        services.close_account(ruben, by=_person("second"))
    ruben.refresh_from_db()
    assert ruben.is_active


def test_the_way_in_goes_to_the_person_and_is_never_shown(ruben: User, jonas: User) -> None:
    client = _client(ruben)
    page = client.post(f"/operate/accounts/{jonas.pk}/way-in/", follow=True).content.decode()
    mail = OutgoingMail.objects.get(person=jonas)
    link = re.search(r"/accounts/password/reset/key/(\S+)/", mail.text)
    assert link
    assert mail.address == "jonas@example.com"
    assert link[1] not in page
    page = client.post(f"/operate/accounts/{jonas.pk}/way-in/", follow=True).content.decode()
    assert "less than ten minutes ago" in page
    assert OutgoingMail.objects.filter(person=jonas).count() == 1
    assert _verbs(jonas) == ["operate.way_sent"]


def test_who_never_came_in_gets_the_link_to_begin(ruben: User) -> None:
    invited = User.objects.create_user("oleksandr@example.com", name="Oleksandr", language="de")
    _client(ruben).post(f"/operate/accounts/{invited.pk}/way-in/")
    mail = OutgoingMail.objects.get(person=invited)
    link = re.search(r"(/welcome/\S+)", mail.text)
    assert link
    assert "Ruben" in mail.text
    assert mail.subject == "Ihr Link zu Botschaft"
    assert Client().get(link[1]).status_code == 200


def test_all_sign_ins_of_somebody_are_ended(ruben: User, jonas: User) -> None:
    person = _client(jonas)
    _client(ruben).post(f"/operate/accounts/{jonas.pk}/sign-out/")
    assert person.get("/me/").status_code == 302
    assert _subjects(jonas) == ["You were signed out everywhere"]
    assert "Ruben" in OutgoingMail.objects.get(person=jonas).text


def test_a_second_administrator_confirms_and_the_factor_is_gone(ruben: User, wiebke: User, jonas: User) -> None:
    make_app(jonas)
    first, second = _client(ruben), _client(wiebke)
    first.post(f"/operate/accounts/{jonas.pk}/rescue/", {"proof": "in_person"})
    rescue = Rescue.objects.get()
    assert _subjects(jonas) == ["Your second factor is due to be removed"]
    assert _subjects(wiebke) == ["Please confirm: a lost second factor"]
    page = first.post(f"/operate/rescues/{rescue.pk}/confirm/", follow=True).content.decode()
    assert "nobody can open up another person" in page, "not alone"
    assert Authenticator.objects.filter(user=jonas).exists()
    assert "Please check for yourself" in second.get(f"/operate/accounts/{jonas.pk}/").content.decode()
    second.post(f"/operate/rescues/{rescue.pk}/confirm/")
    assert not Authenticator.objects.filter(user=jonas).exists()
    assert _client(jonas)
    assert _subjects(jonas)[-1] == "Your second factor was removed"
    assert _verbs(jonas) == ["operate.rescue_asked", "operate.rescue_confirmed", "people.factors_removed"]
    page = second.post(f"/operate/rescues/{rescue.pk}/confirm/", follow=True).content.decode()
    assert "already been settled" in page


def test_alone_a_day_must_pass_and_the_person_may_stop_it(ruben: User, jonas: User) -> None:
    make_app(jonas)
    client = _client(ruben)
    client.post(f"/operate/accounts/{jonas.pk}/rescue/", {"proof": "video"})
    jobs.sweep()
    assert Authenticator.objects.filter(user=jonas).exists(), "not before its day"
    link = re.search(r"(/second-factor/\S+)", OutgoingMail.objects.get(person=jonas).text)
    assert link
    assert "Keep your second factor" in Client().get(link[1]).content.decode()
    assert Rescue.objects.get().state == RescueState.WAITING, "looking stops nothing"
    assert "Your second factor stays" in Client().post(link[1]).content.decode()
    assert Client().post(link[1]).status_code == 410
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        jobs.sweep()
    assert Authenticator.objects.filter(user=jonas).exists()
    assert _subjects(ruben)[-1] == _subjects(jonas)[-1] == "The second factor stays"


def test_after_a_day_of_silence_the_factor_goes(ruben: User, jonas: User) -> None:
    make_app(jonas)
    _client(ruben).post(f"/operate/accounts/{jonas.pk}/rescue/", {"proof": "known_number"})
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=False):
        jobs.sweep()
        jobs.sweep()
    assert not Authenticator.objects.filter(user=jonas).exists()
    assert _subjects(jonas)[1:] == ["Your second factor was removed"]
    assert Rescue.objects.get().state == RescueState.DONE


def test_it_ends_when_who_asked_is_no_administrator_any_more(ruben: User, wiebke: User, jonas: User) -> None:
    make_app(jonas)
    services.ask_rescue(jonas, proof="video", by=ruben)
    services.unmake_administrator(ruben, by=wiebke)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        jobs.sweep()
    assert Authenticator.objects.filter(user=jonas).exists()
    assert Rescue.objects.get().state == RescueState.STOPPED


def test_an_accomplice_made_on_the_spot_cannot_confirm(ruben: User, jonas: User) -> None:
    """Otherwise one person with two accounts would be two."""
    make_app(jonas)
    accomplice = _person("accomplice")
    client = _client(ruben)
    client.post(f"/operate/accounts/{accomplice.pk}/administrator/", {"make": "1"})
    client.post(f"/operate/accounts/{jonas.pk}/rescue/", {"proof": "in_person"})
    page = _client(accomplice).post(f"/operate/rescues/{Rescue.objects.get().pk}/confirm/", follow=True)
    assert "only just become an administrator" in page.content.decode()
    assert Authenticator.objects.filter(user=jonas).exists()


def test_who_uses_the_factor_has_not_lost_it(ruben: User, jonas: User) -> None:
    Authenticator.objects.create(user=jonas, type="recovery_codes", data={"seed": "x", "migrated_codes": []})
    make_app(jonas)
    services.ask_rescue(jonas, proof="video", by=ruben)
    services.stop_rescue_of(jonas)
    assert Rescue.objects.get().state == RescueState.STOPPED
    services.stop_rescue_of(jonas)


def test_there_is_one_removal_at_a_time_and_only_of_what_is_there(ruben: User, wiebke: User, jonas: User) -> None:
    client = _client(ruben)
    page = client.post(f"/operate/accounts/{jonas.pk}/rescue/", {"proof": "video"}, follow=True).content.decode()
    assert "no second factor to remove" in page
    make_app(jonas)
    assert client.post(f"/operate/accounts/{jonas.pk}/rescue/", {}).status_code == 422
    services.ask_rescue(jonas, proof="video", by=wiebke)
    page = client.post(f"/operate/accounts/{jonas.pk}/rescue/", {"proof": "video"}, follow=True).content.decode()
    assert "already started this" in page
    with pytest.raises(IntegrityError, match="nobody_rescues_themselves"), transaction.atomic():
        Rescue.objects.create(person=ruben, asked_by=ruben, proof="video", due_at=timezone.now())


def test_what_is_serious_asks_for_a_fresh_proof(ruben: User, wiebke: User, jonas: User) -> None:
    make_app(jonas)
    rescue = services.ask_rescue(jonas, proof="video", by=wiebke)
    other = _person("other")
    make_app(other)
    client = _client(ruben, proven=False)
    for path in (
        f"/operate/accounts/{jonas.pk}/administrator/",
        f"/operate/accounts/{other.pk}/rescue/",
        f"/operate/rescues/{rescue.pk}/confirm/",
    ):
        answer = client.post(path, {"make": "1", "proof": "video"})
        assert answer.headers["location"].startswith("/accounts/reauthenticate/"), path
    jonas.refresh_from_db()
    assert (jonas.is_superuser, Rescue.objects.count()) == (False, 1)


def test_administrators_are_made_and_unmade(ruben: User, jonas: User) -> None:
    client = _client(ruben)
    client.post(f"/operate/accounts/{jonas.pk}/administrator/", {"make": "1"})
    assert _client(jonas).get("/operate/").status_code == 200
    client.post(f"/operate/accounts/{jonas.pk}/administrator/")
    assert _client(jonas).get("/operate/").status_code == 404
    page = client.post(f"/operate/accounts/{ruben.pk}/administrator/", follow=True).content.decode()
    ruben.refresh_from_db()
    assert ruben.is_superuser
    assert "last administrator" in page
    assert _subjects(jonas) == ["You are now an administrator", "You are no longer an administrator"]


def test_an_erased_account_is_nobodys(ruben: User, jonas: User) -> None:
    make_app(jonas)
    services.ask_rescue(jonas, proof="video", by=ruben)
    erase_account(jonas)
    client = _client(ruben)
    assert "erased-" not in client.get("/operate/accounts/").content.decode()
    assert client.get(f"/operate/accounts/{jonas.pk}/").status_code == 404
    assert jobs.retention() == 1
    assert not Rescue.objects.exists()
