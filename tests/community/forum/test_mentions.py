"""Who is named in a text: a link to what the person shows, never one to nowhere; who pauses is left in peace."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from community.forum import posts, services
from community.forum.models import Board
from core.news.models import Notification
from core.people.in_program import pages_of_people
from core.people.models import User
from core.people.unknown import unknown_names
from influencer.home.day import greeting
from programs.generations import services as generations
from programs.membership.access import ABILITIES_OF, Ability
from tests.factories.forum import make_post


def topic_page(client: Any, world: Any) -> str:
    return client.get(reverse("community:topic_detail", args=[world.program.slug, world.topic.pk])).content.decode()


def page_of(world: Any, person: Any) -> str:
    return reverse("programs:person", args=[world.program.slug, person.pk])


def offered(client: Any, world: Any, words: str = "") -> list[str]:
    answer = client.get(reverse("people:find", args=["topic", world.topic.pk]), {"q": words})
    return [person["name"] for person in answer.json()["people"]]


def test_a_name_leads_to_what_the_person_shows(world: Any, sign_in: Any) -> None:
    """Plain words for who stands in no directory, or does so no longer."""
    make_post(world.topic, world.coach, "@Influencer and @Influencer2, what do you say?")
    client = sign_in(world.manager)
    link = f'<a href="{page_of(world, world.influencer)}" class="mention" rel="noopener noreferrer">@Influencer</a>'
    html = topic_page(client, world)
    assert link in html
    assert "<strong>@Influencer2</strong>" in html
    assert client.get(page_of(world, world.influencer)).status_code == 200
    preview = {"text": "Ask @Influencer!", "kind": "topic", "target": world.topic.pk}
    assert link in client.post(reverse("writing:preview"), preview).content.decode()
    generations.pause(world.participant, by=world.influencer)
    html = topic_page(client, world)
    assert "<strong>@Influencer</strong>" in html
    assert f'href="{page_of(world, world.influencer)}"' not in html


def test_no_link_for_who_may_not_follow_it(world: Any) -> None:
    people = {world.influencer.pk, world.influencer2.pk}
    there = pages_of_people(world.manager, world.program.pk, people)
    assert there == {world.influencer.pk: page_of(world, world.influencer)}
    for stranger in (world.executive, world.council, world.stranger):
        assert pages_of_people(stranger, world.program.pk, people) == {}
    for role, abilities in ABILITIES_OF.items():
        assert (Ability.SEE_FORUM in abilities) == (Ability.SEE_DIRECTORY in abilities), role


def test_the_card_beside_a_name_shows_what_the_page_does(world: Any, sign_in: Any) -> None:
    address = reverse("programs:person_card", args=[world.program.slug, world.influencer.pk])
    client = sign_in(world.influencer2)
    assert client.get(address)["Location"] == page_of(world, world.influencer), "without htmx the page itself"
    html = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Ask a question" in html
    assert "Photos" in html
    assert "<html" not in html
    own = sign_in(world.influencer).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Ask a question" not in own, "nobody asks oneself"
    generations.pause(world.participant, by=world.influencer)
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 404


def test_who_pauses_is_neither_offered_nor_called(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    before = make_post(world.topic, world.manager, "@Influencer knows.")
    assert "Influencer" in offered(client, world)
    generations.pause(world.participant, by=world.influencer)
    assert "Influencer" not in offered(client, world)
    said = make_post(world.topic, world.manager, "Dear @Influencer, are you there?")
    assert said.text == "Dear @Influencer, are you there?", "a name that is typed calls nobody"
    edited = posts.edit_post(before, text="@Influencer knows it.", version=1, by=world.manager)
    assert edited.text == f"@[{world.influencer.pk}] knows it.", "what was said before stays said"


def test_nobody_is_called_by_the_address(world: Any, sign_in: Any) -> None:
    """Neither by all of it nor by its first part; who has no name is offered to nobody."""
    User.objects.filter(pk=world.coach.pk).update(name="", email="rosa.meier@example.com")
    world.coach.refresh_from_db()
    assert (str(world.coach), world.coach.first_name, world.coach.initials) == ("No name", "", "?")
    assert greeting(world.coach, datetime(2026, 3, 2, 9, tzinfo=UTC)) == "Good morning"
    board = Board.objects.get(program=world.program, key="questions")
    services.open_topic(board, key=uuid.uuid4(), title="Which light?", text="By day.", is_question=True, by=world.coach)
    make_post(world.topic, world.coach, "It is me.")
    client = sign_in(world.manager)
    assert offered(client, world, "rosa") == []
    assert not any("Without" in name for name in offered(client, world))
    for html in (topic_page(client, world), client.get("/p/nordlichter/forum/?show=all").content.decode()):
        assert "No name" in html
        assert "rosa" not in html.lower()


def test_a_name_that_nobody_has_stays_words(world: Any, sign_in: Any) -> None:
    """Neither a mistake nor a mention; a number typed by hand tells no name."""
    text = f"Ask @Nobody Atall, @[999999] or @[{world.stranger.pk}]."
    answer = sign_in(world.influencer).post(
        reverse("community:post_add", args=["nordlichter", world.topic.pk]), {"text": text, "key": uuid.uuid4()}
    )
    assert answer.status_code == 302
    assert not Notification.objects.filter(person=world.stranger).exists()
    page = sign_in(world.coach).get(reverse("community:topic_detail", args=["nordlichter", world.topic.pk]))
    assert "Ask @Nobody Atall" in page.content.decode()
    assert str(world.stranger) not in page.content.decode()


def test_who_names_nobody_is_told_and_the_words_stay(world: Any, sign_in: Any) -> None:
    """After posting, after a change and in the preview."""
    client = sign_in(world.influencer)
    said = "Nobody here can be mentioned as @xyz; it stays as text."
    form = {"text": "Ask @xyz, please.", "key": uuid.uuid4()}
    html = client.post(
        reverse("community:post_add", args=["nordlichter", world.topic.pk]), form, follow=True
    ).content.decode()
    assert said in html
    assert "<p>Ask @xyz, please.</p>" in html
    preview = {"text": "Ask @xyz, please.", "kind": "topic", "target": world.topic.pk}
    assert said in client.post(reverse("writing:preview"), preview).content.decode()
    edit = reverse("community:post_edit", args=["nordlichter", world.own_post.pk])
    html = client.post(edit, {"text": "@Influencer2 or @xyz", "version": 1}, follow=True).content.decode()
    assert said in html
    board = Board.objects.get(program=world.program, key="questions")
    topic = {"title": "Which light?", "text": "@coac?", "board": board.pk, "key": uuid.uuid4()}
    html = client.post(reverse("community:topic_new", args=["nordlichter"]), topic, follow=True).content.decode()
    assert "@coac stays as text. Did you mean @Coach?" in html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@[7], thank you", ""),
        ("`@xyz` and mail@xyz.de and https://example.com/@xyz", ""),
        ("[@xyz](https://example.com)", ""),
        ("```\n@media\n```", ""),
        ("(@xyz) and @xyz.", "Nobody here can be mentioned as @xyz; it stays as text."),
        ("@Ev?", "@Ev stays as text. Did you mean @Eva Klein?"),
        ("@Eva Adler?", "Nobody here can be mentioned as @Eva; it stays as text."),
        ("@Eva KANN das", "@Eva stays as text. Did you mean @Eva Klein?"),
        ("@a, @b, @c, @d", "Nobody here can be mentioned as @a, @b, @c; it stays as text."),
    ],
)
def test_what_looks_like_a_name(text: str, said: str) -> None:
    assert unknown_names(text, lambda: {7: "Eva Klein"}) == said
