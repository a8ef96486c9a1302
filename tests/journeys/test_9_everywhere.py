"""The same pages in the reader's own language; what needs a screen is in tests/browser/."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.journeys.stage import make_erika

PAGES = ("home:program", "programs:timeline", "programs:path", "programs:consents", "analytics:activity_list")


@pytest.mark.parametrize(("language", "word"), [("de", "Meine Einwilligungen"), ("en", "My consents")])
def test_pages_speak_the_language_of_the_person(here: Any, sign_in: Any, language: str, word: str) -> None:
    erika = sign_in(make_erika(here.generation, language=language))
    for name in PAGES:
        page = erika.get(reverse(name, args=[here.program.slug]), headers={"accept-language": "fr"}).content.decode()
        assert f'<html lang="{language}">' in page, name
    assert word in erika.get(reverse("programs:consents", args=[here.program.slug])).content.decode()


@pytest.mark.parametrize(("asked", "word"), [("de", "Anmelden"), ("en", "Sign in"), ("fr", "Sign in")])
def test_a_visitor_gets_what_the_browser_asks_for(db: None, asked: str, word: str) -> None:
    assert word in Client().get(reverse("account_login"), headers={"accept-language": asked}).content.decode()


def test_the_choice_of_a_language_stays_with_the_person(here: Any, sign_in: Any) -> None:
    erika = make_erika(here.generation)
    sign_in(erika).post(reverse("set_language"), {"language": "de", "next": "/"})
    page = sign_in(erika).get(reverse("programs:timeline", args=[here.program.slug])).content.decode()
    assert '<html lang="de">' in page
