"""Lists of topics: what is asked in ready words is what the plain question asks, whatever there is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from community.forum import access, listing, queries
from community.forum.models import Board, Reading, Topic
from community.forum.models_wishes import BoardWish
from tests.factories.forum import make_topic

FORUM = "/p/nordlichter/forum/"
SHOWS = ("new", "waiting", "mine", "followed", "all")


@pytest.fixture
def many(world: Any) -> Any:
    """Sixty topics of three people on three boards, read, followed, pinned, solved and deleted at random."""
    chance, now = Random(7), timezone.now()
    people = [world.influencer, world.influencer2, world.coach]
    for number in range(60):
        topic = make_topic(world, chance.choice(people), chance.choice(["questions", "ideas"]), title=f"T{number:02}")
        Topic.objects.filter(pk=topic.pk).update(
            last_at=now - timedelta(days=chance.randrange(40), minutes=number % 7),
            pinned_at=now - timedelta(hours=number) if chance.random() < 0.1 else None,
            closed_at=now if chance.random() < 0.1 else None,
            deleted_at=now if chance.random() < 0.1 else None,
            replies_of_others=chance.randrange(2),
        )
        if chance.random() < 0.7:
            place = {"read_to": chance.randrange(2), "follows": chance.choice([None, True, False])}
            Reading.objects.update_or_create(topic=topic, person=world.influencer, defaults=place)
    ideas = Board.objects.get(program=world.program, key="ideas")
    BoardWish.objects.create(board=ideas, person=world.influencer, follows=False)
    BoardWish.objects.create(board=ideas, person=world.coach, follows=True)
    return world


def plain(user: Any, boards: list[Board], show: str, since: datetime) -> list[Topic]:
    """The same in Python, topic by topic."""
    places = {place.topic_id: place for place in Reading.objects.filter(person=user)}

    def fits(topic: Topic) -> bool:
        place = places.get(topic.pk) or Reading()
        muted = place.follows is False or (place.follows is None and topic.board.key == "ideas")
        return {
            "new": topic.last_at > since and not muted and topic.posts_made > place.read_to,
            "waiting": topic.is_question and not (topic.answer_id or topic.replies_of_others or topic.closed_at),
            "mine": topic.by_id == user.pk,
            "followed": place.follows is True,
            "all": topic.pinned_at is None,
        }[show]

    found = [topic for topic in Topic.objects.present() if topic.board in boards and fits(topic)]
    return sorted(found, key=lambda topic: (topic.last_at, topic.pk), reverse=show != "waiting")


def pages(world: Any, boards: list[Board], show: str, since: datetime) -> Iterator[list[Topic]]:
    """A list from its first to its last page."""
    after = None
    while True:
        _, page = listing.page_of(world.influencer, world.program, boards, show, since=since, after=after)
        yield page[: listing.PAGE]
        if len(page) <= listing.PAGE:
            return
        after = page[listing.PAGE - 1].last_at, page[listing.PAGE - 1].pk


@pytest.mark.parametrize(("show", "most"), list(product(SHOWS, (3, 50))))
def test_lists_hold_what_they_should_in_their_order(show: str, most: int, many: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "PAGE", most)
    listing.question.cache_clear()
    boards, since = access.boards_for(many.influencer, many.program), timezone.now() - queries.NEWS_FOR
    for shown in (boards, boards[:1], boards[:2]):
        found = [topic for page in pages(many, shown, show, since) for topic in page]
        assert found == plain(many.influencer, shown, show, since)
    listing.question.cache_clear()


def test_what_is_pinned_stands_on_top_the_last_pinned_first(many: Any) -> None:
    boards, news = queries.boards_with_news(many.influencer, many.program)
    assert boards == access.boards_for(many.influencer, many.program)
    since = next(iter(news.values())).since
    on_top, page = listing.page_of(many.influencer, many.program, boards, "all", since=since, with_pinned=True)
    pinned = [topic for topic in Topic.objects.present() if topic.pinned_at and topic.board in boards]
    pinned.sort(key=lambda topic: topic.pinned_at or since, reverse=True)
    assert on_top == pinned[: listing.MOST_PINNED]
    assert not set(on_top) & set(page)
    assert {pk: told.has_pinned for pk, told in news.items()} == {
        board.pk: any(topic.board == board for topic in pinned) for board in boards
    }


def test_a_list_shows_fifty_topics(many: Any, sign_in: Any) -> None:
    Topic.objects.update(pinned_at=None, deleted_at=None)
    text = sign_in(many.manager).get(f"{FORUM}?show=all").content.decode()
    assert (text.count('<li class="trow'), 'rel="next"' in text) == (50, True)
