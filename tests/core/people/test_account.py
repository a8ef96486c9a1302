"""What each person can change about the own account: address, password, second factors, passkeys."""

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from core.journal.models import Entry
from core.notify.models import OutgoingMail
from core.people import jobs
from core.people.models import User
from core.people.secrets import unseal
from tests.databases import forget_cache

SECRET = "wiese bei nacht und wind"
MFA = "/accounts/2fa/"


@pytest.fixture
def person(db: None, fresh_cache: None) -> User:
    return User.objects.create_user("ines@example.com", SECRET, name="Ines", language="en")


@pytest.fixture
def client(person: User) -> Client:
    """Somebody who has just signed in with the password."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    assert client.session["_auth_user_id"] == str(person.pk)
    return client


def _text(client: Client, path: str) -> str:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def _prove(client: Client, way: str = "/accounts/email/") -> None:
    """Show once more who this is, as every page that protects the account asks for."""
    client.post(f"/accounts/reauthenticate/?next={way}", {"password": SECRET})


def _link(mail: OutgoingMail) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/\S+)", mail.text)
    assert found
    return found[1]


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_new_address_counts_once_its_link_was_opened(client: Client, person: User) -> None:
    assert person.email in _text(client, "/accounts/email/")
    _prove(client)
    client.post("/accounts/email/", {"action_add": "", "email": "ines.new@example.com"})
    person.refresh_from_db()
    assert person.email == "ines@example.com"
    assert "The new address takes effect as soon as" in _text(client, "/accounts/email/")
    mail = OutgoingMail.objects.get(address="ines.new@example.com")
    assert "Is ines.new@example.com your address?" in _text(client, _link(mail))
    client.post(_link(mail))
    person.refresh_from_db()
    assert person.email == "ines.new@example.com"
    assert "This link is no longer valid" in _text(Client(), "/accounts/confirm-email/made-up/")


def test_a_change_of_address_can_be_called_off(client: Client, person: User) -> None:
    _prove(client)
    client.post("/accounts/email/", {"action_add": "", "email": "typo@example.com"})
    client.post("/accounts/email/", {"action_remove": "", "email": "typo@example.com"})
    assert "The new address takes effect" not in _text(client, "/accounts/email/")
    client.post(_link(OutgoingMail.objects.filter(address="typo@example.com").latest("pk")))
    person.refresh_from_db()
    assert person.email == "ines@example.com"


def test_an_address_of_somebody_else_cannot_be_taken(client: Client, person: User) -> None:
    """Whether it is taken is not told: the answer is the same, and the link, even when opened, changes nothing."""
    other = User.objects.create_user("taken@example.com", SECRET)
    _prove(client)
    answer = client.post("/accounts/email/", {"action_add": "", "email": other.email}, follow=True).content.decode()
    assert "The new address takes effect as soon as" in answer
    client.post(_link(OutgoingMail.objects.get(address=other.email)))
    for user, address in ((person, "ines@example.com"), (other, "taken@example.com")):
        user.refresh_from_db()
        assert user.email == address


def test_signing_in_sends_no_mail(client: Client) -> None:
    assert not OutgoingMail.objects.exists()


def test_a_mail_about_the_password_says_what_it_is_about(person: User) -> None:
    Client().post("/accounts/password/reset/", {"email": person.email})
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Choose a new password"
    assert "valid for one hour" in mail.text


def test_an_address_without_an_account_gets_no_mail(person: User) -> None:
    """Its owner never asked for anything here."""
    answer = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert answer.headers["location"] == "/accounts/password/reset/done/"
    assert not OutgoingMail.objects.exists()


def test_links_lead_to_the_address_of_the_site(person: User, client: Client) -> None:
    """Whatever name a request came by: a link to somewhere else would hand the account over."""
    Client().post("/accounts/password/reset/", {"email": person.email}, headers={"host": "127.0.0.1"})
    _prove(client)
    client.post("/accounts/email/", {"action_add": "", "email": "ines.new@example.com"}, headers={"host": "localhost"})
    mails = OutgoingMail.objects.filter(reason="people.account")
    assert {re.findall(r"https?://[^/]+", mail.text)[0] for mail in mails} == {settings.SITE_URL}


def test_a_forgotten_password_is_replaced_by_mail(person: User) -> None:
    visitor = Client()
    visitor.post("/accounts/password/reset/", {"email": person.email})
    form = visitor.get(_link(OutgoingMail.objects.get(reason="people.account")), follow=True)
    new = "ganz anders als vorher"
    done = visitor.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert done.redirect_chain[-1][0] == "/accounts/password/reset/key/done/"
    person.refresh_from_db()
    assert person.check_password(new)


def test_who_has_no_password_yet_chooses_one(person: User) -> None:
    person.set_unusable_password()
    person.save()
    client = Client()
    client.force_login(person)
    assert "Choose a password" in _text(client, "/accounts/password/change/")
    client.post("/accounts/password/set/", {"password1": SECRET, "password2": SECRET})
    person.refresh_from_db()
    assert person.check_password(SECRET)


def test_signing_out_asks_once_when_the_address_is_opened_by_hand(client: Client) -> None:
    assert "What you saved is kept" in _text(client, "/accounts/logout/")
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_a_closed_account_says_so(person: User) -> None:
    person.is_active = False
    person.save()
    visitor = Client()
    answer = visitor.post("/accounts/login/", {"login": person.email, "password": SECRET}, follow=True)
    assert "_auth_user_id" not in visitor.session
    assert answer.status_code == 200
    assert _text(visitor, "/accounts/inactive/")
    assert _text(visitor, "/accounts/confirm-email/")


def _with_app(client: Client) -> str:
    client.post(f"/accounts/reauthenticate/?next={MFA}", {"password": SECRET})
    client.get(f"{MFA}totp/activate/")
    secret = unseal(client.session["mfa.totp.secret"])
    client.post(f"{MFA}totp/activate/", {"code": _code(secret)})
    return secret


def test_the_second_factor_asks_knows_recovery_codes_and_goes_again(client: Client, person: User) -> None:
    secret = _with_app(client)
    codes = re.findall(r"\b\d{8}\b", _text(client, f"{MFA}recovery-codes/"))
    assert len(codes) == 10
    assert codes[0] in client.get(f"{MFA}recovery-codes/download/").content.decode()
    fresh = Client()
    answer = fresh.post("/accounts/login/", {"login": person.email, "password": SECRET}, follow=True)
    assert "Enter the code your authenticator app shows" in answer.content.decode()
    fresh.post(f"{MFA}authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in fresh.session
    fresh.post(f"{MFA}authenticate/", {"code": codes[0]})
    assert fresh.session["_auth_user_id"] == str(person.pk)

    assert "New codes replace the old ones" in _text(client, f"{MFA}recovery-codes/generate/")
    client.post(f"{MFA}recovery-codes/generate/")
    assert codes[1] not in _text(client, f"{MFA}recovery-codes/")
    assert "Is it you?" in _text(client, f"{MFA}reauthenticate/")
    forget_cache()  # the code was used to set the app up; it counts again once that is forgotten
    client.post(f"{MFA}reauthenticate/", {"code": _code(secret)})
    assert _text(client, f"{MFA}totp/deactivate/")
    client.post(f"{MFA}totp/deactivate/")
    assert not Authenticator.objects.filter(user=person, type="totp").exists()


def _passkey(person: User, name: str) -> Authenticator:
    """A passkey as a device would have registered it."""
    point = {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}
    key = AttestedCredentialData.create(b"\0" * 16, name.encode(), ES256(point))
    flags = AuthenticatorData.FLAG.AT | AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
    seen = AuthenticatorData.create(hashlib.sha256(b"testserver").digest(), flags, 0, key)
    made = CollectedClientData.create("webauthn.create", b"challenge", "https://testserver")
    credential = {
        "id": websafe_encode(name.encode()),
        "rawId": websafe_encode(name.encode()),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(made),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    data = {"name": name, "credential": credential}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)


def test_passkeys_are_named_and_removed_by_their_owner(client: Client, person: User) -> None:
    laptop, phone = _passkey(person, "Laptop"), _passkey(person, "Phone")
    client.post(f"/accounts/reauthenticate/?next={MFA}", {"password": SECRET})
    assert "Add a passkey" in _text(client, f"{MFA}webauthn/add/")
    assert "Laptop" in _text(client, f"{MFA}webauthn/")
    keys = f"{MFA}webauthn/keys/"
    assert "Rename the passkey" in _text(client, f"{keys}{laptop.pk}/edit/")
    client.post(f"{keys}{laptop.pk}/edit/", {"name": "Work laptop"})
    assert "Work laptop" in _text(client, f"{MFA}webauthn/")
    assert _text(client, f"{keys}{phone.pk}/remove/")
    client.post(f"{keys}{phone.pk}/remove/")
    assert list(Authenticator.objects.filter(user=person, type="webauthn")) == [laptop]
    assert "Is it you?" in _text(client, f"{MFA}webauthn/reauthenticate/")
    stranger = Client()
    stranger.force_login(User.objects.create_user("other@example.com", SECRET))
    stranger.post(f"/accounts/reauthenticate/?next={MFA}", {"password": SECRET})
    assert stranger.post(f"{keys}{laptop.pk}/remove/").status_code == 404


def test_a_visitor_sees_no_page_of_an_account(db: Any) -> None:
    for path in ("email/", "password/change/", "password/set/", "2fa/", "2fa/webauthn/", "2fa/recovery-codes/"):
        answer = Client().get(f"/accounts/{path}")
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/accounts/login/")


def test_sign_ins_that_have_run_out_are_forgotten(client: Client, person: User) -> None:
    client.get("/me/")
    assert UserSession.objects.filter(user=person).count() == 1
    assert jobs.retention() == 0
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert jobs.retention() == 2
    assert not UserSession.objects.exists()


def test_the_journal_knows_that_the_sign_in_changed(
    client: Client, person: User, django_capture_on_commit_callbacks: Any
) -> None:
    new = "ganz anders als vorher"
    client.post("/accounts/password/change/", {"oldpassword": SECRET, "password1": new, "password2": new})
    client.post(f"/accounts/reauthenticate/?next={MFA}", {"password": new})
    client.get(f"{MFA}totp/activate/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{MFA}totp/activate/", {"code": _code(unseal(client.session["mfa.totp.secret"]))})
    client.post("/accounts/email/", {"action_add": "", "email": "ines.new@example.com"})
    client.post(_link(OutgoingMail.objects.get(address="ines.new@example.com", reason="people.account")))
    told = list(Entry.objects.filter(actor=person).order_by("pk").values_list("verb", flat=True))
    assert told == [
        "people.password_changed",
        "people.second_factor_added",
        "people.second_factor_added",  # the recovery codes come with the first factor
        "people.address_asked",
        "people.address_changed",
    ]
    assert "ines" not in str(list(Entry.objects.values_list("data", flat=True)))
