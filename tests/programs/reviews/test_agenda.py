"""What the checklists bring to a review: proposed while it is open, taken off by one press, kept when it is closed."""

import io
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.urls import reverse
from django.utils.translation import override

from programs.checklists import services as checklists
from programs.checklists.models import Item
from programs.checklists.models_asking import ItemScore
from programs.reviews import services
from programs.reviews.agenda import MOST_PROPOSED, Agenda, agenda_of
from programs.reviews.models import Review
from tests.at_once import at_once
from tests.factories.checklists import make_item
from tests.factories.reviews import make_review


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def agenda(world: Any) -> Agenda:
    return agenda_of(Review.objects.get(pk=world.review.pk))


def ask_again(world: Any, *scores: int) -> Item:
    item = make_item(world.phase, 30, title_en="The community answers", state="done", ask_every=13)
    for number, score in enumerate(scores):
        day = date(2026, 3, 1) + timedelta(weeks=number)
        ItemScore.objects.create(item=item, on=day, score=score, by=world.coach)
    return item


def test_what_must_be_done_and_is_open_stands_on_the_agenda(world: Any, sign_in: Any) -> None:
    make_item(world.phase, 20, title_en="Due soon", due_on=world.today)
    make_item(world.phase, 21, title_en="May be done", is_must=False)
    checklists.tick_item(make_item(world.phase, 22, title_en="Was done"), by=world.manager)
    make_item(world.next_phase, 23, title_en="Of a later phase")
    make_item(world.other_phase, 24, title_en="Of somebody else")
    deleted = make_item(world.phase, 25, title_en="Thrown away")
    deleted.put_away()
    titles = [str(each.title) for each in agenda(world).topics]
    assert titles == ["Due soon", "Item 1", "Item 2"], "what has a date first"
    page = body(sign_in(world.coach).get(url(world, "review_detail", world.review.pk)))
    assert "From the checklists" in page
    assert "required, without a date" in page
    with override("de"):
        assert "verpflichtend, fällig" in agenda(world).topics[0].words


@pytest.mark.parametrize(
    ("scores", "says"),
    [
        ((), "asked again: no answer yet"),
        ((3,), "asked again: partly"),
        ((1, 3, 5), "asked again: partly, now well"),
    ],
)
def test_what_is_asked_again_says_how_it_was_and_is(scores: Any, says: str, world: Any) -> None:
    item = ask_again(world, *scores)
    topic = next(each for each in agenda(world).topics if each.item == item.pk)
    assert topic.words == says


def test_a_proposal_is_taken_off_and_comes_back(world: Any, sign_in: Any) -> None:
    client = sign_in(world.coach)
    answer = client.post(url(world, "review_topic_off", world.review.pk, world.item.pk))
    assert answer["Location"].endswith("#agenda")
    assert [each.item for each in agenda(world).left_out] == [world.item.pk]
    assert world.item.pk not in {each.item for each in agenda(world).topics}
    page = body(client.get(url(world, "review_detail", world.review.pk)))
    assert "Taken off the agenda." in page
    assert "Put back" in page
    client.post(url(world, "review_topic_off", world.review.pk, world.item.pk))
    client.post(url(world, "review_topic_on", world.review.pk, world.item.pk))
    assert agenda(world).left_out == []
    foreign = make_item(world.other_phase)
    client.post(url(world, "review_topic_off", world.review.pk, foreign.pk))
    assert Review.objects.get(pk=world.review.pk).left_out == [], "only what is proposed"


def test_closing_keeps_what_was_spoken_of(world: Any, sign_in: Any) -> None:
    """The minutes stay as they were, whatever becomes of the items; reopened, it is of now again."""
    client = sign_in(world.manager)
    client.post(url(world, "review_topic_off", world.review.pk, world.item.pk))
    client.post(url(world, "review_close", world.review.pk))
    checklists.tick_item(world.free_item, by=world.manager)
    for _ in range(2):
        assert [str(each.title) for each in agenda(world).topics] == ["Item 2"]
        page = body(client.get(url(world, "review_detail", world.review.pk)))
        assert "Take off" not in page
        assert "Item 1" not in page
    client.post(url(world, "review_topic_off", world.review.pk, world.free_item.pk))
    assert "nothing was changed" in body(client.get(url(world, "review_detail", world.review.pk)))
    world.free_item.refresh_from_db()
    world.free_item.put_away()
    page = body(client.get(url(world, "review_detail", world.review.pk)))
    assert url(world, "item_detail", world.free_item.pk) not in page, "there is nothing to open any more"
    assert "Item 2" in page
    client.post(url(world, "review_reopen", world.review.pk))
    assert agenda(world).topics == []
    assert len(agenda(world).left_out) == 1


def test_the_minutes_have_the_agenda(world: Any, sign_in: Any) -> None:
    ask_again(world, 3, 5)
    client = sign_in(world.coach)
    client.post(url(world, "review_topic_off", world.review.pk, world.item.pk))
    answer = client.get(url(world, "review_minutes", world.review.pk, "docx"))
    document = docx.Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for words in ("The community answers", "asked again: partly, now well", "Item 2", "required, without a date"):
        assert words in cells
    assert "Item 1" not in cells
    assert client.get(url(world, "review_minutes", world.review.pk, "pdf")).content.startswith(b"%PDF")


def test_a_long_list_says_that_there_is_more_and_the_weekly_meeting_has_none(world: Any, sign_in: Any) -> None:
    for number in range(MOST_PROPOSED + 3):
        make_item(world.phase, 30 + number)
    assert len(agenda(world).topics) == MOST_PROPOSED
    assert agenda(world).more
    assert "More in the checklists" in body(sign_in(world.coach).get(url(world, "review_detail", world.review.pk)))
    weekly = make_review(world.program, world.manager, world.today + timedelta(days=1), "weekly")
    assert agenda_of(weekly).topics == []


@pytest.mark.django_db(transaction=True)
def test_two_who_take_off_at_once_lose_nothing(world: Any) -> None:
    items = iter([world.item.pk, world.free_item.pk])
    at_once(
        lambda: services.take_off(Review.objects.get(pk=world.review.pk), item=next(items), by=world.manager), copies=2
    )
    assert sorted(Review.objects.get(pk=world.review.pk).left_out) == sorted([world.item.pk, world.free_item.pk])


@pytest.mark.parametrize("many", [0, 8])
def test_a_review_asks_as_often_for_many(many: int, world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    ask_again(world, 3, 5)
    for number in range(many):
        item = make_item(world.phase, 40 + number, ask_every=13)
        ItemScore.objects.create(item=item, on=world.today, score=2, by=world.coach)
    client = sign_in(world.manager)
    client.get(url(world, "review_detail", world.review.pk))
    with django_assert_num_queries(14):
        client.get(url(world, "review_detail", world.review.pk))
