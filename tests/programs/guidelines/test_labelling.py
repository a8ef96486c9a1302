"""Do I have to label this? Three questions at most, what it rests on, and nothing of it is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs.guidelines import labelling
from programs.guidelines.wording import file_of


def url(world: Any) -> str:
    return reverse("programs:labelling", args=[world.program.slug])


def asked(world: Any, client: Any, **data: Any) -> str:
    return str(client.post(url(world), {"country": "DE", "said": ""} | data).content.decode())


@pytest.mark.parametrize(
    ("said", "result"),
    [("yy", "label"), ("yny", "relation"), ("ynn", "nothing"), ("ny", "label"), ("nn", "nothing")],
)
def test_every_way_ends_with_a_result(said: str, result: str) -> None:
    assert labelling.way(said).result == result
    assert labelling.way(said[:-1]).question is not None


def test_every_answer_leads_somewhere() -> None:
    tree = file_of("labelling.yaml")
    assert {to for row in tree["questions"].values() for to in row["says"].values()} <= {
        *tree["questions"],
        *tree["results"],
    }


def test_the_answers_lead_to_words_to_copy(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    assert "Is it about the company, its products" in client.get(url(world)).content.decode()
    assert "Does the post promote" in asked(world, client, answer="y")
    page = asked(world, client, said="y", answer="y")
    assert 'data-copy="Anzeige"' in page
    assert "§ 5a Abs. 4 UWG" in page
    assert "Not legal advice" in page
    assert "If you show something that we sell" in page, "the house rule of the version in force"
    assert "Does the post promote" in asked(world, client, said="yy", back="1")
    austria = asked(world, client, said="yy", country="AT")
    assert 'data-copy="Entgeltliche Einschaltung"' in austria
    assert "§ 26 MedienG" in austria
    assert "Lauterkeitskommission" in asked(world, client, country="CH")


@pytest.mark.parametrize("wrong", [{"country": "FR"}, {"said": "maybe"}, {"answer": "x"}, {"back": "-1"}])
def test_what_does_not_belong_together_begins_again(wrong: dict[str, str], world: Any, sign_in: Any) -> None:
    answer = sign_in(world.influencer).post(url(world), {"country": "DE", "said": ""} | wrong)
    assert answer.status_code == 422
    assert "Please start again." in answer.content.decode()


def test_no_answer_is_kept(world: Any, sign_in: Any) -> None:
    client = sign_in(world.influencer)
    client.get(url(world))
    with CaptureQueriesContext(connection) as queries:
        asked(world, client, said="y", answer="y")
    assert [row["sql"] for row in queries if not row["sql"].startswith("SELECT")] == []


def test_the_log_leads_there(world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).get(reverse("analytics:activity_new", args=[world.program.slug]))
    assert url(world) in page.content.decode()
    guideline = sign_in(world.influencer).get(reverse("programs:guidelines", args=[world.program.slug]))
    assert url(world) in guideline.content.decode()
