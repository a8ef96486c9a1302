"""Sign-in mails: through the outbox, in the language of the person."""

from typing import Any

import pytest
from django.test import Client

from core.notify.models import OutgoingMail


@pytest.mark.parametrize(("language", "word"), [("de", "Passwort"), ("en", "password")])
def test_a_password_reset_waits_in_the_outbox(world: Any, language: str, word: str) -> None:
    world.coach.language = language
    world.coach.save()
    Client().post("/accounts/password/reset/", {"email": world.coach.email})
    mail = OutgoingMail.objects.get()
    assert (mail.address, mail.person, mail.reason) == (world.coach.email, world.coach, "people.account")
    assert word in mail.text
    assert "/accounts/password/reset/key/" in mail.text
    assert mail.html.count('class="button"') == 1


def test_nobody_learns_who_has_an_account(world: Any) -> None:
    known = Client().post("/accounts/password/reset/", {"email": world.coach.email})
    unknown = Client().post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
