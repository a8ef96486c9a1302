"""Several people of one name are told apart wherever the forum names them, by the same words everywhere."""

from typing import Any

import pytest
from django.urls import reverse

from community.forum import posts
from programs.directory.apart import told_apart
from programs.membership import services as membership
from programs.membership.models import Program
from tests.factories.directory import make_profile
from tests.factories.forum import make_post, make_topic
from tests.world import join, make_user


@pytest.fixture
def evas(world: Any) -> list[Any]:
    """Three of one name: one shows where she works, one hides it, one has no entry."""
    people = []
    for number in range(3):
        eva = make_user(f"eva{number}")
        eva.name = "Eva Klein" if number else "eva klein"
        eva.save()
        join(eva, world.program, "coach")
        people.append(eva)
    make_profile(world.program, people[0], department="Quality", site="Rostock")
    make_profile(world.program, people[1], department="IT", site="Kassel", shown=[])
    return people


def page(client: Any, world: Any) -> str:
    return client.get(reverse("community:topic_detail", args=["nordlichter", world.topic.pk])).content.decode()


def test_posts_rows_names_and_the_search_tell_them_apart(world: Any, sign_in: Any, evas: list[Any]) -> None:
    for eva in evas:
        make_post(world.topic, eva, "About the kiln.")
    make_post(world.topic, world.coach, "@Eva Klein (B) and @eva klein (Quality, Rostock), thank you! @Eva Klein?")
    client = sign_in(world.influencer)
    html = page(client, world)
    for mark in ("Quality, Rostock", "B", "C"):
        assert f"lein ({mark})" in html
    assert "Kassel" not in html
    assert "@Eva Klein (B)</" in html, "a mention"
    assert "@Eva Klein?" in html, "whom it means is not known: it stays words"
    forum = client.get("/p/nordlichter/forum/", {"show": "all"}).content.decode()
    assert "@Eva Klein (B) and @eva klein (Quality, Rostock), thank you!" in forum
    make_post(world.topic, evas[2], "Yes.")
    assert "Eva Klein (C)" in client.get("/p/nordlichter/forum/", {"show": "all"}).content.decode()
    offered = client.get(reverse("people:find", args=["topic", world.topic.pk]), {"q": "eva"}).json()["people"]
    assert {each["name"] for each in offered} == {"eva klein (Quality, Rostock)", "Eva Klein (B)", "Eva Klein (C)"}
    found = client.get("/p/nordlichter/forum/", {"q": "kiln"})
    writers = next(each for each in found.context["list"].filters if each["name"] == "by")["choices"]
    assert {name for _pk, name in writers} > {"eva klein (Quality, Rostock)", "Eva Klein (B)", "Eva Klein (C)"}


def test_the_mark_is_the_one_of_the_directory_and_stays(world: Any, evas: list[Any]) -> None:
    """Also when one of them leaves."""
    marks = {evas[0].pk: "Quality, Rostock", evas[1].pk: "B", evas[2].pk: "C"}
    assert told_apart(world.program, [evas[1].pk]) == marks
    membership.end_membership(evas[1].memberships.get(), by=world.manager)
    assert told_apart(world.program, [evas[2].pk])[evas[2].pk] == "C"


def test_an_edit_keeps_who_is_meant(world: Any, sign_in: Any, evas: list[Any]) -> None:
    post = make_post(world.topic, world.coach, "@Eva Klein (C), please.")
    assert post.text == f"@[{evas[2].pk}], please."
    form = sign_in(world.coach).get(reverse("community:post_edit", args=["nordlichter", post.pk])).context["form"]
    assert form["text"].value() == "@Eva Klein (C), please."
    edited = posts.edit_post(post, text="@Eva Klein (C), thanks.", version=1, by=world.coach)
    assert edited.text == f"@[{evas[2].pk}], thanks."


def test_a_name_in_another_program_marks_nobody(world: Any, evas: list[Any]) -> None:
    other = Program.objects.exclude(pk=world.program.pk).first()
    assert other
    join(evas[0], other, "coach")
    assert told_apart(other, [evas[0].pk]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_namesakes_cost_two_questions_however_many(
    world: Any, sign_in: Any, evas: list[Any], count: int, django_assert_num_queries: Any
) -> None:
    topic = make_topic(world, world.influencer)
    for eva in evas[:count]:
        make_post(topic, eva, "More.")
    client, address = sign_in(world.influencer), reverse("community:topic_detail", args=["nordlichter", topic.pk])
    client.get(address)
    with django_assert_num_queries(10):  # two more than without them
        client.get(address)
