"""What codes are made from lies encrypted in the database, under keys that can be changed."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from core.people import services
from core.people.models import Attempt, User
from core.people.secrets import SecretIsSealed, seal, seal_anew, unseal
from tests.databases import forget_cache

SECRET = "wiese bei nacht und wind"
APP = "/accounts/2fa/totp/activate/"

pytestmark = pytest.mark.usefixtures("fresh_cache")


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ines@example.com", SECRET, name="Ines", language="en")


def _code(secret: str) -> str:
    forget_cache()  # the same code may count again: these tests are quicker than half a minute
    Attempt.objects.all().delete()
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _set_up(person: User) -> tuple[str, list[str]]:
    """The secret of the app and the recovery codes, as the person saw them."""
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    client.post(f"/accounts/reauthenticate/?next={APP}", {"password": SECRET})
    page = client.get(APP).content.decode()
    secret = re.search(r'id="totp-key">(\w+)<', page)
    assert secret
    assert f"otpauth://totp/ines%40example.com?secret={secret[1]}&amp;issuer=Botschaft" in page
    assert _rows_with(secret[1]) == [], "it waits for its first code"
    client.post(APP, {"code": _code(secret[1])})
    codes = re.findall(r"\b\d{8}\b", client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    return secret[1], codes


def _signs_in(person: User, code: str) -> bool:
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def _rows_with(text: str) -> list[str]:
    """Tables in which the text stands anywhere, sessions unpacked."""
    found = ["sessions" for row in Session.objects.all() if text in str(row.get_decoded())]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} AS whole WHERE whole::text LIKE %s", [f"%{text}%"])  # noqa: S608
            found += [table] * cursor.fetchone()[0]
    return found


def test_the_search_finds_what_lies_open(person: User) -> None:
    assert _rows_with("ines@example.com") == ["account_emailaddress", "core_user"]


def test_no_secret_stands_in_the_database(person: User) -> None:
    secret, codes = _set_up(person)
    for text in (secret, *codes):
        assert _rows_with(text) == []
    kept = {row.type: row.data for row in Authenticator.objects.all()}
    assert unseal(kept["totp"]["secret"]) == secret
    assert len(unseal(kept["recovery_codes"]["seed"])) == 80


@pytest.fixture
def keys(settings: Any) -> Any:
    """`keys("new", "old")`: what stands in SECRETS_KEYS from now on."""

    def give(*keys: str) -> None:
        settings.SECRETS_KEYS = list(keys)

    return give


def test_keys_can_be_changed_while_people_sign_in(person: User, keys: Any, settings: Any) -> None:
    """Derived, then an own key, then another one: nobody notices, and each old key is worth nothing afterwards."""
    secret, codes = _set_up(person)
    keys("first own key")
    assert _signs_in(person, _code(secret)), "what was encrypted without the setting is read still"
    call_command("reseal_secrets", verbosity=0)
    settings.SECRET_KEY = "another one, as after a leak" * 3
    assert _signs_in(person, _code(secret))
    keys("second own key", "first own key")
    assert _signs_in(person, codes[0])
    call_command("reseal_secrets", verbosity=0)
    keys("second own key")
    assert _signs_in(person, _code(secret))
    assert not _signs_in(person, codes[0]), "a code that was used stays used"
    assert _signs_in(person, codes[1])
    keys("first own key")
    with pytest.raises(SecretIsSealed):
        unseal(Authenticator.objects.get(type="totp").data["secret"])


def test_a_lost_key_is_said_and_nobody_gets_in(person: User, keys: Any) -> None:
    keys("a key")
    secret, _codes = _set_up(person)
    keys("another key")
    client = Client()
    client.post("/accounts/login/", {"login": person.email, "password": SECRET})
    answer = client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
    assert answer.status_code == 503
    assert "cannot be read" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    with pytest.raises(CommandError, match="None of the keys opens 2 secrets"):
        call_command("reseal_secrets", verbosity=0)
    assert services.reseal_factors() == (0, 2)


def test_sealing_twice_gives_two_texts_and_one_secret() -> None:
    first, second = seal("open sesame"), seal("open sesame")
    assert first != second
    assert unseal(first) == unseal(second) == unseal(seal_anew(first)) == "open sesame"
    with pytest.raises(SecretIsSealed):
        unseal("open sesame")
