"""The search of the forum and what narrows it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.forum import looks, posts, searching, services
from community.forum.lines import in_a_line
from community.forum.models import Board, Post, Topic
from programs.membership.models import Membership
from tests.factories.forum import make_post, make_topic

FORUM = "/p/nordlichter/forum/"


@pytest.fixture
def asked(world: Any) -> Any:
    """Three topics about lamps: one solved, one open, one of a year ago that the coach wrote in."""
    Topic.objects.filter(program=world.program).delete()
    solved = make_topic(world, world.influencer, title="Lamps that help", text="Which lamps?")
    services.mark_answer(make_post(solved, world.influencer2, "Any lamps from the cellar."), by=world.influencer)
    make_topic(world, world.influencer2, title="Lamps on tripods", text="Who has lamps?")
    old = make_topic(world, world.influencer2, title="Lamps of old", text="Oil lamps.")
    make_post(old, world.coach, "Lamps again.")
    Post.objects.filter(topic=old).update(at=timezone.now() - timedelta(days=300))
    return world


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ("", {"help", "tripods", "old"}),
        ("&state=solved", {"help"}),
        ("&state=open", {"tripods", "old"}),
        ("&period=30", {"help", "tripods"}),
        ("&period=365", {"help", "tripods", "old"}),
        ("&by={coach}", {"old"}),
        ("&by={influencer}", {"help"}),
        ("&by={influencer2}&state=open&period=30", {"tripods"}),
        ("&by=x&state=maybe&period=0", {"help", "tripods", "old"}),
        ("&by=999999", {"help", "tripods", "old"}),
        ("&board=ideas", set()),
    ],
)
def test_what_is_found_can_be_narrowed(choice: str, found: set[str], asked: Any, sign_in: Any) -> None:
    people = {name: getattr(asked, name).pk for name in ("coach", "influencer", "influencer2")}
    text = sign_in(asked.manager).get(f"{FORUM}?q=lamps{choice.format(**people)}").content.decode()
    words = {"help": "Lamps that help", "tripods": "Lamps on tripods", "old": "Lamps of old"}
    assert {key for key, title in words.items() if f">{title}<" in text} == found


def test_one_chooses_among_those_who_wrote_about_it_and_are_still_here(asked: Any, sign_in: Any) -> None:
    client = sign_in(asked.manager)

    def writers() -> set[str]:
        text = client.get(f"{FORUM}?q=lamps").content.decode()
        select = text.split('name="by"')[1].split("</select>")[0]
        return {part.split(">")[1].split("<")[0].strip() for part in select.split("<option")[1:]}

    assert writers() == {"Everybody", str(asked.influencer), str(asked.influencer2), str(asked.coach)}
    Membership.objects.filter(program=asked.program, user=asked.coach).update(ended_at=timezone.now())
    assert str(asked.coach) not in writers()
    text = client.get(f"{FORUM}?q=lamps&by={asked.coach.pk}").content.decode()
    assert ">Lamps that help<" in text, "who left cannot be asked for by number either"


def test_nobody_is_named_who_wrote_nothing_about_it(asked: Any, sign_in: Any) -> None:
    text = sign_in(asked.influencer).get(f"{FORUM}?q=zzqxv&by={asked.council.pk}").content.decode()
    assert str(asked.council) not in text


def test_nothing_with_these_choices_leads_on(asked: Any, sign_in: Any) -> None:
    text = sign_in(asked.manager).get(f"{FORUM}?q=lamps&by={asked.coach.pk}&state=solved").content.decode()
    assert "Nothing about “lamps” with these filters" in text
    assert 'href="/p/nordlichter/forum/?q=lamps"' in text


def test_a_word_that_stands_everywhere_is_compared_among_the_newest(asked: Any, sign_in: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(searching, "MOST_COMPARED", 2)
    monkeypatch.setattr(looks, "MOST_COMPARED", 2)
    boards = list(Board.objects.filter(program=asked.program))
    assert {post.topic.title for post in searching.found(boards, searching.Search("lamps"))} == {"Lamps of old"}
    assert "The latest 250" in sign_in(asked.manager).get(f"{FORUM}?q=lamps").content.decode()
    assert "The latest 250" not in sign_in(asked.manager).get(f"{FORUM}?q=tripods").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_questions_of_a_search_do_not_grow(
    rows: int, asked: Any, sign_in: Any, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_topic(asked, asked.influencer, title=f"Furnace {number}", text="How hot?")
    client = sign_in(asked.manager)
    client.get(f"{FORUM}?q=furnace")
    with django_assert_num_queries(13):
        client.get(f"{FORUM}?q=furnace")


@pytest.mark.parametrize(
    ("text", "line"),
    [("Three:\n\n- one\n- two", "Three: · one · two"), ("- one\n- two", "one · two"), ("a\n\n---\n\nb - c", "a b - c")],
)
def test_an_excerpt_shows_no_marks_of_lists(text: str, line: str) -> None:
    assert in_a_line(text) == line


def test_parts_of_compounds_are_found_when_the_words_find_little(world: Any, sign_in: Any) -> None:
    Topic.objects.filter(program=world.program).delete()
    make_topic(world, world.influencer, title="Die Sprechstunde im März", text="Und die Größentabelle?")
    make_topic(world, world.influencer2, title="Something else", text="About nothing.")
    boards = list(Board.objects.filter(program=world.program))

    def titles(text: str) -> list[str]:
        return [post.topic.title for post in searching.found(boards, searching.Search(text))]

    for text in ("stunde", "Stunden", "sprechstunden", "tabelle", "groessentabelle", "im stunden"):
        assert titles(text) == ["Die Sprechstunde im März"], text
    for text in ("unde im nirgends", "rech", "ste", "s%t"):
        assert titles(text) == [], text
    page = sign_in(world.manager).get(f"{FORUM}?q=tabelle").content.decode()
    assert "<mark>Größentabelle?</mark>" in page
    assert "Something else" not in page


def test_the_middle_of_compounds_is_found(world: Any) -> None:
    Topic.objects.filter(program=world.program).delete()
    make_topic(world, world.influencer, title="Unsere Sprechstundenzeiten", text="Am Dienstag.")
    make_topic(world, world.influencer2, title="Something else", text="About stunts.")
    boards = list(Board.objects.filter(program=world.program))
    for text in ("stunden", "Stunde", "zeiten", "sprechstunde", "Stunden Dienstag", "stundenzeit"):
        found = searching.found(boards, searching.Search(text))
        assert [post.topic.title for post in found] == ["Unsere Sprechstundenzeiten"], text
    assert searching.found(boards, searching.Search("stunden Montag")) == []


def test_whole_words_come_before_parts(world: Any) -> None:
    Topic.objects.filter(program=world.program).delete()
    make_topic(world, world.influencer, title="Stunde")
    make_topic(world, world.influencer, title="Sprechstunde")
    boards = list(Board.objects.filter(program=world.program))
    found = searching.found(boards, searching.Search("stunde"))
    assert [post.topic.title for post in found] == ["Stunde", "Sprechstunde"]


def test_parts_of_words_go_with_the_words(world: Any) -> None:
    post = make_post(world.topic, world.influencer2, "Der Schichtplan hängt aus.")
    boards = list(Board.objects.filter(program=world.program))
    assert searching.found(boards, searching.Search("splan")) == []
    assert searching.found(boards, searching.Search("plan"))
    posts.edit_post(post, text="Er ist weg.", version=1, by=world.influencer2)
    assert searching.found(boards, searching.Search("plan")) == []
