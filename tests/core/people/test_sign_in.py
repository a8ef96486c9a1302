"""Signing in: passwords, limits, nothing that tells who has an account, second factors and passkeys."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import connections
from django.test import Client

from core.notify.models import OutgoingMail
from core.people.models import User
from core.people.secrets import unseal

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


def test_the_name_of_the_site_gives_no_new_tries(person: User) -> None:
    """The limit belongs to the account: not to the name the site was called by, nor to how the address was typed."""
    for host in ("localhost", "127.0.0.1"):
        for address in ("ines@example.com", " INES@example.com"):
            Client(headers={"host": host}).post(LOGIN, {"login": address, "password": "wrong"})
    Client(headers={"host": "localhost"}).post(LOGIN, {"login": "Ines@Example.com", "password": "wrong"})
    client = Client()
    _sign_in(client, person.email, SECRET)
    assert "_auth_user_id" not in client.session


def test_a_desk_locks_out_itself_and_nobody_else(person: User) -> None:
    """Somebody who wants to keep the works council out types wrong passwords; at another desk the door stays open."""
    for _attempt in range(30):
        _sign_in(Client(REMOTE_ADDR="198.51.100.7"), person.email, "wrong")
    there, here = Client(REMOTE_ADDR="198.51.100.7"), Client(REMOTE_ADDR="198.51.100.8")
    _sign_in(there, person.email, SECRET)
    _sign_in(here, person.email, SECRET)
    assert "_auth_user_id" not in there.session
    assert here.session["_auth_user_id"] == str(person.pk)


def test_many_desks_together_are_stopped_too(person: User) -> None:
    """Sixty wrong passwords in an hour, five from each of twelve addresses: the account is closed to guessing."""
    for number in range(12):
        for _attempt in range(5):
            _sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), person.email, "wrong")
    fresh = Client(REMOTE_ADDR="203.0.113.9")
    answer = _sign_in(fresh, person.email, SECRET)
    assert "_auth_user_id" not in fresh.session
    assert "too many failed" in answer.content.decode().lower()


def test_one_desk_cannot_try_everybody(db: None) -> None:
    User.objects.create_user("uwe@example.com", SECRET)
    for number in range(20):
        _sign_in(Client(REMOTE_ADDR="198.51.100.7"), f"colleague{number}@example.com", "wrong")
    client = Client(REMOTE_ADDR="198.51.100.7")
    _sign_in(client, "uwe@example.com", SECRET)
    assert "_auth_user_id" not in client.session


def test_right_passwords_are_not_counted(person: User) -> None:
    for _attempt in range(8):
        client = Client()
        _sign_in(client, person.email, SECRET)
        assert "_auth_user_id" in client.session


def test_a_new_password_by_mail_opens_the_account_again(person: User) -> None:
    for _attempt in range(5):
        _sign_in(Client(), person.email, "wrong")
    Client().post("/accounts/password/reset/", {"email": person.email})
    link = re.search(r"(/accounts/password/reset/key/\S+)", OutgoingMail.objects.get().text)
    assert link
    visitor = Client()
    form = visitor.get(link[1], follow=True)
    new = "ganz anders als vorher"
    visitor.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    _sign_in(visitor, person.email, new)
    assert visitor.session["_auth_user_id"] == str(person.pk)


def test_mails_for_a_forgotten_password_are_capped(person: User) -> None:
    """However the address is typed: nobody's mailbox is flooded from here."""
    for number in range(9):
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(
            "/accounts/password/reset/", {"email": person.email.upper() if number % 2 else person.email}
        )
    assert OutgoingMail.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_tries_side_by_side_are_counted_one_by_one() -> None:
    """Thirty at the same moment: five passwords are looked at, no more."""
    person = User.objects.create_user("ines@example.com", SECRET, name="Ines", language="en")

    def attempt(_number: int) -> str:
        try:
            return _sign_in(Client(), person.email, "wrong").content.decode().lower()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(attempt, range(30)))
    looked_at = sum("are not correct" in answer for answer in answers)
    assert looked_at <= 5
    refused = sum("too many failed" in answer or "please wait a moment" in answer for answer in answers)
    assert refused == 30 - looked_at
    while "are not correct" in attempt(0):  # what the crowd left over is tried one after another
        looked_at += 1
    assert looked_at == 5


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
    secret = unseal(client.session["mfa.totp.secret"])
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


def test_the_form_speaks_the_words_of_this_site(db: None) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert "Stay signed in on this device" in page
    assert "Remember Me" not in page
