"""Signing in: passwords, limits, nothing that tells who has an account, second factors and passkeys."""

import re
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from core.notify.models import OutgoingMail
from core.people.models import User

LOGIN = "/accounts/login/"
SECRET = "wiese bei nacht und wind"


pytestmark = pytest.mark.usefixtures("fresh_cache")


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ines@example.com", SECRET, name="Ines", language="en")


def _sign_in(client: Client, email: str, password: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def test_password_opens_the_door_regardless_of_case(person: User) -> None:
    client = Client()
    assert _sign_in(client, "INES@example.com", SECRET).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_session_key_changes_with_the_sign_in(person: User) -> None:
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    _sign_in(client, person.email, SECRET)
    assert client.session.session_key != before


def test_guessing_is_stopped_and_a_right_password_does_not_help_then(person: User) -> None:
    client = Client()
    for _attempt in range(5):
        assert _sign_in(client, person.email, "wrong").status_code == 200
    answer = _sign_in(client, person.email, SECRET)
    assert "_auth_user_id" not in client.session
    assert "too many failed" in answer.content.decode().lower()


def test_a_forged_address_of_a_proxy_gives_no_new_tries(person: User) -> None:
    for attempt in range(6):
        client = Client(headers={"x-forwarded-for": f"203.0.113.{attempt}"})
        _sign_in(client, person.email, "wrong")
    client = Client(headers={"x-forwarded-for": "203.0.113.99"})
    _sign_in(client, person.email, SECRET)
    assert "_auth_user_id" not in client.session


def test_nobody_learns_who_has_an_account(person: User) -> None:
    def answer(address: str) -> str:
        page = Client().post("/accounts/password/reset/", {"email": address}, follow=True).content.decode()
        return re.sub(r'(nonce|value|content|hx-headers)=(["\']).*?\2', "", page)

    assert answer(person.email).replace(person.email, "") == answer("nobody@example.com").replace(
        "nobody@example.com", ""
    )


def test_a_reset_mail_goes_through_the_outbox(person: User) -> None:
    Client().post("/accounts/password/reset/", {"email": person.email})
    mail = OutgoingMail.objects.get()
    assert mail.address == person.email
    link = re.search(r"https?://\S+/accounts/password/reset/key/\S+", mail.text)
    assert link
    page = Client().get(link.group().split("testserver")[-1].split("8000")[-1], follow=True)
    assert page.status_code == 200


def test_nobody_signs_up_alone(db: None) -> None:
    answer = Client().post("/accounts/signup/", {"email": "me@example.com", "password1": SECRET})
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_a_second_factor_can_be_switched_on_and_is_asked_for(person: User) -> None:
    client = Client()
    _sign_in(client, person.email, SECRET)
    address = "/accounts/2fa/totp/activate/"
    assert (
        client.get(address).headers["location"].startswith("/accounts/reauthenticate/")
    )  # a stolen session is not enough
    client.post(f"/accounts/reauthenticate/?next={address}", {"password": SECRET})
    assert client.get(address).status_code == 200
    secret = client.session["mfa.totp.secret"]
    counter = next(iter(yield_hotp_counters_from_time()))
    answer = client.post(address, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert answer.status_code == 302
    fresh = Client()
    assert _sign_in(fresh, person.email, SECRET).headers["location"].startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in fresh.session


@pytest.mark.parametrize("path", ["", "webauthn/", "webauthn/add/", "totp/activate/"])
def test_the_pages_of_second_factors_are_ours(path: str, person: User) -> None:
    client = Client()
    _sign_in(client, person.email, SECRET)
    page = client.get(f"/accounts/2fa/{path}", follow=True)
    assert page.status_code == 200
    assert "css/site" in page.content.decode()
