"""Whoever changes how somebody signs in: the person is told by mail, in the own language, at the right address."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from core.journal.models import Entry
from core.kit.drawn import mark
from core.notify import way_in
from core.notify.models import OutgoingMail
from core.people import services
from core.people.models import User
from core.people.secrets import unseal
from core.people.signals import Change
from core.people.welcome import token_of
from tests.core.people.test_account import MFA, SECRET, _code, _link, _passkey, _prove

pytestmark = pytest.mark.usefixtures("fresh_cache")


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ines@example.com", SECRET, name="Ines", language="en")


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_superuser("ruben@example.com", SECRET, name="Ruben Carstens", language="de")


@pytest.fixture
def client(person: User) -> Client:
    return _signed_in(person)


def _signed_in(person: User) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    assert client.session["_auth_user_id"] == str(person.pk)
    return client


def _told() -> list[tuple[str, str]]:
    mails = OutgoingMail.objects.filter(reason=way_in.REASON).order_by("pk")
    return list(mails.values_list("address", "subject"))


def test_every_change_has_words() -> None:
    assert sorted(way_in.WORDS) == sorted(Change)


def test_a_new_password(client: Client, person: User) -> None:
    new = "ganz anders als vorher"
    client.post("/accounts/password/change/", {"oldpassword": SECRET, "password1": new, "password2": new})
    Client().post("/accounts/password/reset/", {"email": person.email})
    visitor = Client()
    form = visitor.get(_link(OutgoingMail.objects.get(reason="people.account")), follow=True)
    visitor.post(form.redirect_chain[-1][0], {"password1": SECRET, "password2": SECRET})
    assert _told() == [("ines@example.com", "Your password was changed")] * 2
    mail = OutgoingMail.objects.filter(reason=way_in.REASON).latest("pk")
    assert "Not you?" in mail.text
    assert "/accounts/password/reset/" in mail.text
    assert "127.0.0.1" not in mail.text.replace("http://127.0.0.1:", ""), "no addresses of networks"


def test_the_first_password_too(person: User) -> None:
    """Somebody else may have read the mail with the link."""
    person.set_unusable_password()
    person.save()
    Client().post(f"/welcome/{token_of(person)}/", {"name": "Ines", "password": SECRET})
    assert _told() == [("ines@example.com", "Your password was changed")]


def test_a_new_address_is_told_to_the_old_one_twice(client: Client, person: User) -> None:
    """When it is asked for, as it can be stopped then, and when it counts."""
    _prove(client)
    client.post("/accounts/email/", {"action_add": "", "email": "ines.new@example.com"})
    assert _told() == [("ines@example.com", "A new email address was requested")]
    client.post(_link(OutgoingMail.objects.get(address="ines.new@example.com")))
    assert _told()[1:] == [
        ("ines.new@example.com", "Your email address was changed"),
        ("ines@example.com", "Your email address was changed"),
    ]


def test_the_address_changes_only_after_a_fresh_proof(client: Client, person: User) -> None:
    """A session that somebody found open is not enough; what was typed waits and goes on afterwards."""
    answer = client.post("/accounts/email/", {"action_add": "", "email": "thief@example.com"})
    assert answer.headers["location"].startswith("/accounts/reauthenticate/")
    assert not EmailAddress.objects.filter(email="thief@example.com").exists()
    client.post("/accounts/reauthenticate/?next=/accounts/email/", {"password": "guessed"})
    client.post("/accounts/email/", {"action_add": "", "email": "thief@example.com"})
    assert not OutgoingMail.objects.exists()
    client.post("/accounts/reauthenticate/?next=/accounts/email/", {"password": SECRET})
    assert EmailAddress.objects.filter(email="thief@example.com", verified=False).exists()


def test_an_address_that_waits_opens_nothing(person: User, client: Client) -> None:
    """Neither with the password nor by a new one; and it goes when the password changes."""
    waiting = EmailAddress.objects.create(user=person, email="thief@example.com", verified=False, primary=False)
    Client().post("/accounts/password/reset/", {"email": "thief@example.com"})
    assert not OutgoingMail.objects.exists()
    visitor = Client()
    visitor.post("/accounts/login/", {"login": "thief@example.com", "password": SECRET})
    assert "_auth_user_id" not in visitor.session
    waiting.send_confirmation()
    link = _link(OutgoingMail.objects.get(address="thief@example.com"))
    new = "ganz anders als vorher"
    client.post("/accounts/password/change/", {"oldpassword": SECRET, "password1": new, "password2": new})
    Client().post(link)
    person.refresh_from_db()
    assert person.email == "ines@example.com"
    assert EmailAddress.objects.get().email == "ines@example.com"


def test_apps_passkeys_and_codes(client: Client, person: User, django_capture_on_commit_callbacks: Any) -> None:
    _prove(client, MFA)
    with django_capture_on_commit_callbacks(execute=True):
        client.get(f"{MFA}totp/activate/")
        client.post(f"{MFA}totp/activate/", {"code": _code(unseal(client.session["mfa.totp.secret"]))})
        client.post(f"{MFA}recovery-codes/generate/")
        client.post(f"{MFA}webauthn/keys/{_passkey(person, 'Phone').pk}/remove/")
        client.post(f"{MFA}totp/deactivate/")
    assert [subject for _address, subject in _told()] == [
        "A passkey was removed",  # the others are told after the commit
        "The authenticator app was turned off",
        "An authenticator app was set up",
        "New recovery codes were created",
    ]


def test_what_administrators_do_names_them_in_the_language_of_the_person(person: User, chief: User) -> None:
    person.language = "de"
    person.save()
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    services.end_sign_ins(person, by=chief)
    services.close_account(person, by=chief)
    services.close_account(person, by=chief)
    services.reopen_account(person, by=chief)
    services.remove_factors(person, by=chief)
    services.make_administrator(person, by=chief)
    services.unmake_administrator(person, by=chief)
    mails = OutgoingMail.objects.filter(reason=way_in.REASON).order_by("pk")
    assert [mail.subject for mail in mails] == [
        "Sie wurden überall abgemeldet",
        "Ihr Account wurde deaktiviert",
        "Ihr Account ist wieder aktiv",
        "Ihr zweiter Faktor wurde entfernt",
        "Sie gehören jetzt zur Administration",
        "Sie gehören nicht mehr zur Administration",
    ]
    assert all("Ruben Carstens" in mail.text for mail in mails)
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(actor=chief, subject_id=person.pk).count() == 6


def test_the_last_administrator_stays(chief: User) -> None:
    with pytest.raises(services.LastAdministrator):
        services.unmake_administrator(chief, by=chief)
    closed = User.objects.create_superuser("gone@example.com", SECRET, is_active=False)
    with pytest.raises(services.LastAdministrator):
        services.unmake_administrator(chief, by=closed)


def test_ending_all_sign_ins_ends_those_that_no_list_knows(person: User, chief: User) -> None:
    known, unknown = _signed_in(person), Client()
    unknown.force_login(person)
    assert UserSession.objects.filter(user=person).count() == 1
    services.end_sign_ins(person, by=chief)
    for client in (known, unknown):
        assert client.get("/me/").headers["location"].startswith("/accounts/login/")
    assert not UserSession.objects.exists()
    assert _signed_in(person)


def test_a_first_second_factor_ends_the_sign_ins_that_never_showed_one(
    person: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    """Somebody who knew the password was signed in before: what the owner sets up must not let them in."""
    known, unknown = _signed_in(person), Client()
    unknown.force_login(person)
    _prove(client, MFA)
    client.get(f"{MFA}totp/activate/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{MFA}totp/activate/", {"code": _code(unseal(client.session["mfa.totp.secret"]))})
    for other in (known, unknown):
        assert other.get("/me/").headers["location"].startswith("/accounts/login/")
    assert client.get("/me/").status_code == 200
    assert UserSession.objects.get(user=person).session_key == client.session.session_key
    assert client.get(f"{MFA}totp/deactivate/").status_code == 200, "nobody is asked twice in a row"


def test_another_second_factor_signs_nobody_out(
    person: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _passkey(person, "Phone")
    other = Client()
    other.force_login(person)
    _prove(client, MFA)
    client.get(f"{MFA}totp/activate/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{MFA}totp/activate/", {"code": _code(unseal(client.session["mfa.totp.secret"]))})
    assert other.get("/me/").status_code == 200


def test_a_closed_account_is_out_at_once(client: Client, person: User, chief: User) -> None:
    services.close_account(person, by=chief)
    assert client.get("/me/").status_code == 302
    visitor = Client()
    visitor.post("/accounts/login/", {"login": person.email, "password": SECRET})
    Client().post("/accounts/password/reset/", {"email": person.email})
    assert "_auth_user_id" not in visitor.session
    assert not OutgoingMail.objects.filter(reason="people.account").exists()
    services.reopen_account(person, by=chief)
    assert client.get("/me/").status_code == 302, "old sessions stay ended"
    assert _signed_in(person)


def test_one_device_can_be_signed_out(client: Client, person: User) -> None:
    other = _signed_in(person)
    stranger = _signed_in(User.objects.create_user("other@example.com", SECRET))
    session = UserSession.objects.get(session_key=other.session.session_key)
    address = f"/me/sign-ins/{mark('sign_in', session.pk)}/end/"
    assert address in client.get("/accounts/sessions/").content.decode()
    assert client.get(address).status_code == 405
    assert stranger.post(address).status_code == 404
    assert other.get("/me/").status_code == 200
    client.post(address)
    assert other.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200
    assert client.post(address).status_code == 404


def test_who_began_by_a_link_finds_the_device_in_the_list(person: User) -> None:
    person.set_unusable_password()
    person.save()
    client = Client()
    client.post(f"/welcome/{token_of(person)}/", {"name": "Ines", "password": SECRET})
    assert UserSession.objects.get(user=person).session_key == client.session.session_key


def test_a_link_to_begin_ends_with_all_sign_ins(person: User, chief: User) -> None:
    person.set_unusable_password()
    person.save()
    link = f"/welcome/{token_of(person)}/"
    assert Client().get(link).status_code == 200
    services.end_sign_ins(person, by=chief)
    assert Client().get(link).status_code == 410
    assert Client().get(f"/welcome/{token_of(person)}/").status_code == 200


def test_nothing_of_a_network_or_browser_stands_in_these_mails(client: Client, person: User) -> None:
    _prove(client)
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.com"}, headers={"user-agent": "Spy/1"})
    text = OutgoingMail.objects.get(reason=way_in.REASON).text
    assert "Spy" not in text
    assert not re.search(r"\b\d+\.\d+\.\d+\.\d+\b", text.replace("127.0.0.1:", ""))
