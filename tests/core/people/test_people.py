import io
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.db import IntegrityError, connections
from django.test import Client

from core.journal.models import Entry
from core.people import services
from core.people.first_word import first_word
from core.people.models import User
from tests.world import make_user

FIRST = {"word": first_word(), "name": "Mara Behrens", "email": "mara@example.com"}
FIRST |= {"password": "wiese bei nacht und wind"}


def test_an_address_is_one_person_regardless_of_case(db: None) -> None:
    User.objects.create_user("Mara@Example.com")
    assert User.objects.get().email == "mara@example.com"
    with pytest.raises(IntegrityError):
        User.objects.create(email="MARA@example.com")


@pytest.mark.parametrize(
    ("name", "initials"), [("Mara Behrens", "MB"), ("Ana Maria de Souza", "AS"), ("", "?"), ("Zoë", "Z")]
)
def test_initials(name: str, initials: str) -> None:
    assert User(email="m@example.com", name=name).initials == initials


def test_profile_changes_language_and_keeps_bad_input(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    page = client.post("/me/", {"name": "", "language": "de", "time_zone": "Europe/Vienna"})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"name"}
    client.post("/me/", {"name": "Ines", "language": "de", "time_zone": "Europe/Vienna"})
    world.influencer.refresh_from_db()
    assert (world.influencer.name, world.influencer.language) == ("Ines", "de")
    assert "Mein Profil" in client.get("/me/").content.decode()
    assert Entry.objects.filter(verb="people.profile_changed", actor=world.influencer).count() == 1


def test_language_of_a_visitor_is_a_cookie(world: Any) -> None:
    client = Client()
    answer = client.post("/language/", {"language": "de", "next": "/accounts/login/"})
    assert answer.headers["location"] == "/accounts/login/"
    assert "Anmelden" in client.get("/accounts/login/").content.decode()


def test_language_never_redirects_elsewhere(world: Any) -> None:
    answer = Client().post("/language/", {"language": "de", "next": "https://evil.example/"})
    assert answer.headers["location"] == "/"


def test_an_empty_site_welcomes_its_first_administrator(db: None) -> None:
    client = Client()
    assert client.get("/").headers["location"] == "/welcome/"
    answer = client.post("/welcome/", FIRST)
    assert answer.headers["location"] == "/programs/new/"
    user = User.objects.get()
    assert (user.email, user.is_superuser) == ("mara@example.com", True)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_weak_password_is_refused_and_the_rest_kept(db: None) -> None:
    page = Client().post("/welcome/", FIRST | {"password": "12345"})
    assert page.context["form"].errors.keys() == {"password"}
    assert "mara@example.com" in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("word", ["", "wrong", first_word()[:-1]])
def test_nobody_takes_an_empty_site_without_its_word(word: str, db: None) -> None:
    page = Client().post("/welcome/", FIRST | {"word": word})
    assert page.context["form"].errors.keys() == {"word"}
    assert first_word() not in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("chosen", ["", "Blaue Möwe 7"])
def test_the_word_is_taken_however_it_is_typed(chosen: str, db: None, settings: Any) -> None:
    settings.SETUP_WORD = chosen
    typed = f" {first_word().upper().replace('-', ' ')} "
    assert Client().post("/welcome/", FIRST | {"word": typed}).status_code == 302
    assert User.objects.get().is_superuser


def test_the_word_cannot_be_guessed_for_long(db: None) -> None:
    answers = [Client().post("/welcome/", FIRST | {"word": f"guess {number}"}) for number in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[-1].status_code == 429
    assert Client().post("/welcome/", FIRST).status_code == 429


def test_the_word_is_another_one_on_another_site(settings: Any) -> None:
    words = set()
    for settings.SECRET_KEY in ("a" * 50, "b" * 50):
        words.add(first_word())
    assert len(words) == 2
    assert all(re.fullmatch(r"([a-z2-7]{4}-){3}[a-z2-7]{4}", word) for word in words)


@pytest.mark.parametrize("has_people", [False, True])
def test_the_operator_reads_the_word_until_it_has_done_its_work(has_people: bool, db: None) -> None:
    if has_people:
        make_user("anna")
    told = io.StringIO()
    call_command("setup_word", stdout=told)
    assert (first_word() in told.getvalue()) is not has_people


def test_a_site_with_people_has_no_welcome(world: Any) -> None:
    answer = Client().post("/welcome/", FIRST)
    assert answer.headers["location"] == "/"
    assert not User.objects.filter(email="mara@example.com").exists()


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_becomes_administrator() -> None:
    """Both saw the welcome page; the second is refused although the form was valid."""
    services.create_first_administrator(email="a@example.com", name="A", password="x", language="en")
    with pytest.raises(services.SiteHasPeople):
        services.create_first_administrator(email="b@example.com", name="B", password="x", language="en")
    connections.close_all()
    assert User.objects.get().email == "a@example.com"


def test_the_database_wants_an_address_of_everybody(db: None) -> None:
    with pytest.raises(IntegrityError, match="a_person_has_an_address"):
        User.objects.create(email="")


def test_every_account_has_one_confirmed_address(db: None) -> None:
    user = User.objects.create_user("Mara@Example.com")
    rows = EmailAddress.objects.values_list("email", "verified", "primary")
    assert rows.get(user=user) == ("mara@example.com", True, True)
