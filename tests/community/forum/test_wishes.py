"""Boards that one follows or mutes, and one's own topics: for oneself alone."""

from typing import Any

import pytest
from django.urls import reverse

from community.forum import arranging, blocks, hosting, jobs, leaving, services
from community.forum.interests import AT_ONCE
from community.forum.models import Board, Topic, Visitor
from community.forum.models_wishes import BoardWish
from core.news import queries as inbox
from core.news.models import Notification
from core.news.services import count as new_count
from tests.factories.forum import make_post, make_topic

FORUM = "/p/nordlichter/forum/"


def told(person: Any) -> list[str]:
    jobs.sweep()
    return [each.sentence for each in inbox.inbox_of(person, only_new=True)]


def page(client: Any, query: str = "") -> str:
    text: str = client.get(f"{FORUM}{query}").content.decode()
    return text


def wants(client: Any, world: Any, key: str, word: str) -> Any:
    board = Board.objects.get(program=world.program, key=key)
    return client.post(reverse("community:board_follow", args=["nordlichter", board.pk]), {"follows": word})


def interested(world: Any, person: Any, *topics: str) -> None:
    services.change_settings(world.program, by=person, interests=list(topics))


@pytest.fixture
def calm(world: Any) -> Any:
    """An empty forum, and nobody has news."""
    Topic.objects.filter(program=world.program).delete()
    jobs.sweep()
    Notification.objects.all().delete()
    return world


def test_a_muted_board_is_no_news_but_what_one_follows_there(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.influencer2)
    quiet, loud = (make_topic(calm, calm.coach, "ideas", title=title) for title in ("A rocket", "A ship"))
    asked = make_topic(calm, calm.coach, title="A question")
    services.follow(loud, by=calm.influencer2, follows=True)
    wants(client, calm, "ideas", "no")
    text = page(client)
    assert (quiet.title in text, loud.title in text, asked.title in text) == (False, True, True)
    assert "2 topics are new for you" in text
    assert "muted" in text
    everything = page(client, "?show=all")
    assert quiet.title in everything
    assert everything.count('class="st is-new"') == 2
    tile = blocks.tile(calm.influencer2, calm.program, calm.today)
    assert tile is not None
    assert quiet not in tile.topics
    wants(client, calm, "ideas", "")
    assert quiet.title in page(client)
    assert not BoardWish.objects.exists()


def test_who_follows_a_board_hears_of_a_new_topic_once_and_of_no_answer(calm: Any, sign_in: Any) -> None:
    wants(sign_in(calm.influencer2), calm, "ideas", "yes")
    topic = make_topic(calm, calm.coach, "ideas", title="A rocket")
    make_topic(calm, calm.coach, title="A question")
    make_post(topic, calm.influencer)
    assert told(calm.influencer2) == ["Coach opened a topic: A rocket"]
    assert told(calm.influencer) == []


def test_new_topics_of_one_board_are_one_line_until_each_was_seen(calm: Any, sign_in: Any) -> None:
    client, person = sign_in(calm.influencer2), calm.influencer2
    wants(client, calm, "ideas", "yes")
    rocket, ship = (make_topic(calm, calm.coach, "ideas", title=title) for title in ("A rocket", "A ship"))
    assert told(person) == ["2 new topics on “Ideas”"]
    assert new_count(person, [calm.program.pk]) == 1
    text = client.get(reverse("news:inbox")).content.decode()
    assert (f">{rocket.title}</a>" in text, f">{ship.title}</a>" in text) == (True, True)
    services.read(rocket, to=1, by=person)
    assert told(person) == ["Coach opened a topic: A ship"]
    hosting.remove_topic(ship, by=calm.manager)
    assert told(person) == []
    hosting.restore_topic(ship, by=calm.manager)
    assert told(person) == ["Coach opened a topic: A ship"]


def test_the_line_itself_ends_following_the_board_and_brings_it_back(calm: Any, sign_in: Any) -> None:
    client, person = sign_in(calm.influencer2), calm.influencer2
    wants(client, calm, "ideas", "yes")
    make_topic(calm, calm.coach, "ideas", title="A rocket")
    assert told(person)
    assert "Stop following this board" in client.get(reverse("news:inbox")).content.decode()
    row = Notification.objects.get(kind="forum.board")
    answer = client.post(reverse("news:hush", args=[row.pk]), follow=True).content.decode()
    assert not BoardWish.objects.exists()
    assert told(person) == []
    undo = answer.split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")
    client.post(undo)
    assert BoardWish.objects.filter(person=person, follows=True).count() == 1
    wants(client, calm, "ideas", "no")
    client.post(undo)  # an old page: what was chosen since stays
    assert BoardWish.objects.get(person=person).follows is False


def test_a_topic_that_went_to_another_board_is_told_there(calm: Any, sign_in: Any) -> None:
    """Moved or merged: what was read there is no news any more, and the line names the board on which it stands."""
    client, person = sign_in(calm.influencer2), calm.influencer2
    wants(client, calm, "ideas", "yes")
    rocket, ship = (make_topic(calm, calm.coach, "ideas", title=title) for title in ("A rocket", "A ship"))
    questions = Board.objects.get(program=calm.program, key="questions")
    jobs.sweep()
    for topic in (rocket, ship):
        hosting.move_topic(topic, board=questions, by=calm.manager)
    assert told(person) == [f"2 new topics on “{questions.title}”"]
    arranging.merge(ship, into=rocket, by=calm.manager)
    services.read(rocket, to=1, by=person)
    assert len(told(person)) == 1
    rocket.refresh_from_db()
    services.read(rocket, to=rocket.posts_made, by=person)
    assert told(person) == []


def test_who_mutes_a_board_has_no_news_of_it(calm: Any, sign_in: Any) -> None:
    client, person = sign_in(calm.influencer2), calm.influencer2
    wants(client, calm, "ideas", "yes")
    make_topic(calm, calm.coach, "ideas", title="A rocket")
    assert told(person)
    wants(client, calm, "ideas", "no")
    assert told(person) == []


def test_following_a_line_of_several_topics_reads_none_of_them(calm: Any, sign_in: Any) -> None:
    client = sign_in(calm.influencer2)
    wants(client, calm, "ideas", "yes")
    make_topic(calm, calm.coach, "ideas", title="A rocket")
    jobs.sweep()
    assert "data-read=" in client.get(reverse("news:inbox")).content.decode()
    make_topic(calm, calm.coach, "ideas", title="A ship")
    jobs.sweep()
    assert "data-read=" not in client.get(reverse("news:inbox")).content.decode()


def test_a_board_tells_only_who_reads_it(calm: Any) -> None:
    hosts = Board.objects.get(program=calm.program, key="hosts")
    BoardWish.objects.create(board=hosts, person=calm.influencer2, follows=True)
    interested(calm, calm.influencer2, "rocket")
    make_topic(calm, calm.manager, "hosts", title="A rocket for the hosts")
    assert told(calm.influencer2) == []


def test_a_board_that_one_does_not_read_is_not_there(calm: Any, sign_in: Any) -> None:
    assert wants(sign_in(calm.influencer2), calm, "hosts", "yes").status_code == 404
    assert wants(sign_in(calm.influencer2), calm, "ideas", "perhaps").status_code == 302
    assert not BoardWish.objects.exists()


@pytest.mark.parametrize(("interest", "title"), [("Sprechstunde", "Wann sind die Sprechstunden?"),
                                                  ("härten", "Welcher Ofen zum Aushärten?"),
                                                  ("Foto Halle", "Fotos aus der Halle?")])  # fmt: skip
def test_a_topic_of_interest_is_told_and_comes_where_one_can_help(
    interest: str, title: str, calm: Any, sign_in: Any
) -> None:
    interested(calm, calm.influencer2, "nothing of it", interest)
    make_topic(calm, calm.coach, title=title, text="?")
    make_topic(calm, calm.coach, title="Lunch")
    assert told(calm.influencer2) == [f"Coach writes about one of your topics: {title}"]
    text = page(sign_in(calm.influencer2))
    assert text.index("Where you can help") < text.index(title) < text.index("New in the boards") < text.index("Lunch")
    assert f"fits your topic “{interest}”" in text
    others = page(sign_in(calm.influencer))
    assert "Where you can help" not in others
    assert "fits your topic" not in others


def test_an_idea_fits_without_asking_for_help_and_ones_own_never_does(calm: Any, sign_in: Any) -> None:
    interested(calm, calm.influencer2, "rocket")
    make_topic(calm, calm.coach, "ideas", title="A rocket")
    make_topic(calm, calm.influencer2, title="Who has a rocket?")
    text = page(sign_in(calm.influencer2))
    assert text.count("fits your topic") == 1
    assert "Where you can help" not in text


@pytest.mark.parametrize(("interest", "title", "fits"), [
    ("KI", "Was darf die KI?", True),
    ("KI", "Kinder im Bild?", False),
    ("Fotos aus der Schicht", "Darf ich Schichtfotos zeigen?", True),
    ("über", "Erzählen Sie über sich", True),
    ("a & !b:*'\\", "An a and a b", True),
])  # fmt: skip
def test_words_that_carry_no_sense_and_short_ones(interest: str, title: str, fits: bool, calm: Any) -> None:
    interested(calm, calm.influencer2, interest)
    make_topic(calm, calm.coach, title=title, text="?")
    assert bool(told(calm.influencer2)) is fits


def test_who_follows_the_board_hears_of_it_as_that(calm: Any, sign_in: Any) -> None:
    wants(sign_in(calm.influencer2), calm, "ideas", "yes")
    interested(calm, calm.influencer2, "rocket")
    make_topic(calm, calm.coach, "ideas", title="A rocket")
    assert told(calm.influencer2) == ["Coach opened a topic: A rocket"]


def test_nobody_is_told_of_what_they_muted_or_wrote(calm: Any, sign_in: Any) -> None:
    interested(calm, calm.influencer2, "rocket")
    wants(sign_in(calm.influencer2), calm, "ideas", "no")
    interested(calm, calm.coach, "rocket")
    make_topic(calm, calm.coach, "ideas", title="A rocket")
    assert told(calm.influencer2) == told(calm.coach) == []


def test_more_topics_than_are_looked_at_in_one_go(calm: Any) -> None:
    interested(calm, calm.coach, *[f"other{number}" for number in range(AT_ONCE)])
    interested(calm, calm.influencer2, "zeppelin")
    make_topic(calm, calm.manager, title="A zeppelin")
    assert told(calm.influencer2) == ["Manager writes about one of your topics: A zeppelin"]
    assert told(calm.coach) == []


def test_topics_are_kept_one_per_line_and_come_back(calm: Any, sign_in: Any) -> None:
    client, settings = sign_in(calm.influencer), f"{FORUM}settings/"
    said = {"words_go": "no", "interests": " Photos \n\nphotos\n  Hardening   of steel\n"}
    assert client.post(settings, said).status_code == 302
    assert Visitor.objects.get(person=calm.influencer).interests == ["Photos", "Hardening of steel"]
    assert "Photos\nHardening of steel</textarea>" in client.get(settings).content.decode()
    assert 'href="?q=Hardening%20of%20steel"' in page(client)
    services.read_everything(calm.program, by=calm.influencer, until=None)
    assert Visitor.objects.get(person=calm.influencer).interests == ["Photos", "Hardening of steel"]


@pytest.mark.parametrize(("typed", "said"), [("a" * 61, "at most 60"), ("…!", "no word"),
                                              ("\n".join(f"t{n}" for n in range(11)), "at most 10")])  # fmt: skip
def test_what_is_no_topic_is_said_and_stays(typed: str, said: str, calm: Any, sign_in: Any) -> None:
    answer = sign_in(calm.influencer).post(f"{FORUM}settings/", {"words_go": "no", "interests": typed})
    text = answer.content.decode()
    assert (answer.status_code, said in text, typed in text) == (422, True, True)


def test_what_somebody_wishes_goes_with_them(calm: Any, sign_in: Any) -> None:
    wants(sign_in(calm.influencer), calm, "ideas", "yes")
    interested(calm, calm.influencer, "rocket")
    leaving.forget_person(calm.influencer, calm.program)
    assert not BoardWish.objects.filter(person=calm.influencer).exists()
    assert not Visitor.objects.filter(person=calm.influencer).exists()


def test_a_list_asks_once_more_for_who_has_topics(calm: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    client = sign_in(calm.influencer2)
    interested(calm, calm.influencer2, "rocket", "ship")
    for count in (1, 2):
        make_topic(calm, calm.coach, title=f"A rocket {count}")
        client.get(FORUM)
        with django_assert_num_queries(7):
            client.get(FORUM)
