"""Passwords that somebody who knows the person, the company or the product would try first are refused."""

from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from core.people.models import User
from core.people.welcome import token_of
from programs.membership.models import Role
from tests.world import join, make_program

REFUSED = (
    "passwort12",
    "Passwort2026!",
    "P4ssw0rt2026",
    "Botschaft-2026",
    "Botschaft!Botschaft",
    "Sommer2026!",
    "qwertzuiop12",
    "1234567890",
    "Ines-Kowalczyk",
    "kowalczyk1985",
    "KOWALCZYK!!!!",
    "mueller-2026",
    "müller2026!!",
    "Muller200000",
    "nordwerk2026",
    "N0rdw3rk!2026",
    "Nordlichter#1",
    "aaaaaaaaaaaa",
    "short",
)
TAKEN = (
    "wiese bei nacht und wind",
    "Ines mag Kartoffelsalat",
    "vier gelbe Passwort Kamele",
    "Zug nach Husum 7:42",
    "kT8$wq2!fLz0",
)


@pytest.fixture
def person(db: None) -> User:
    user = User.objects.create_user("i.mueller@example.com", name="Ines Kowalczyk-Müller")
    join(user, make_program(name="Nordlichter"), Role.INFLUENCER)
    return user


def objections(password: str, person: User) -> list[str]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        return list(error.messages)
    return []


@pytest.mark.parametrize("password", REFUSED)
def test_what_is_easy_to_guess_is_refused(password: str, person: User) -> None:
    assert objections(password, person)


@pytest.mark.parametrize("password", TAKEN)
def test_a_password_of_ones_own_is_taken(password: str, person: User) -> None:
    assert objections(password, person) == []


def test_words_of_a_company_are_only_refused_to_its_people(person: User) -> None:
    """Else the form would tell which other companies are here."""
    other = make_program("stimmen", company_name="Alpina Versicherung")
    assert objections("alpinaversicherung", person) == []
    join(person, other, Role.COACH)
    assert objections("alpinaversicherung", User.objects.get(pk=person.pk))


def test_every_form_that_takes_a_password_refuses(world: Any) -> None:
    """The first one by a mail's link, by an invitation, a new one, a forgotten one: one rule."""
    fresh = User.objects.create_user("fresh@example.com", name="Fritz Fresh", language="en")
    join(fresh, world.program, Role.COACH)
    page = Client().post(f"/welcome/{token_of(fresh)}/", {"name": "Fritz", "password": "nordwerk-ag-2026"})
    assert page.context["form"].errors.keys() == {"password"}
    token = world.invitation_token
    joining = {"answer": "join", "name": "Uwe Ahlers", "password": "nordlichter2026"}
    page = Client().post(f"/invitation/{token}/answer/", joining)
    assert "easy to guess" in page.content.decode()
    world.manager.set_password("wiese bei nacht und wind")
    world.manager.save()
    client = Client()
    client.force_login(world.manager)
    new = "nordlichter-2026"
    answer = client.post(
        "/accounts/password/change/",
        {"oldpassword": "wiese bei nacht und wind", "password1": new, "password2": new},
    )
    assert "easy to guess" in answer.content.decode()
