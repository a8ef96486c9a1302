"""The same items as a board; and items that are asked again how well they work."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from programs.checklists import asking, queries
from programs.checklists.models import AskEvery, Item, ItemState
from programs.checklists.models_asking import ItemScore
from tests.factories.checklists import make_item

SLUG = "nordlichter"


def board(client: Any, query: str = "") -> Any:
    return client.get(reverse("programs:checklist_board", args=[SLUG]) + query)


def lane(page: Any, state: str) -> set[int]:
    return {card.pk for each in page.context["lanes"] if each.state == state for card in each.cards}


def test_each_state_is_a_column_and_a_card_moves_by_its_buttons(world: Any, sign_in: Any) -> None:
    client, item = sign_in(world.manager), world.item
    page = board(client)
    assert item.pk in lane(page, "open")
    words = page.content.decode()
    tick = reverse("programs:item_tick", args=[SLUG, item.pk])
    assert f'action="{tick}"' in words
    assert 'data-to="done"' in words
    here = reverse("programs:checklist_board", args=[SLUG])
    answer = client.post(tick, {"next": here}, follow=True)
    assert item.pk in lane(answer, "done")
    assert "is done." in answer.content.decode()
    client.post(reverse("programs:item_na", args=[SLUG, item.pk]), {"reason": "No council here"})
    assert item.pk in lane(board(client), "na")
    assert "No council here" in board(client).content.decode()


def test_the_board_asks_for_bare_values(world: Any, sign_in: Any, django_assert_num_queries: Any) -> None:
    client = sign_in(world.manager)
    board(client)
    with django_assert_num_queries(7):
        assert board(client).context["count_text"].endswith("items")


def test_cards_stand_in_the_order_of_the_list(world: Any, sign_in: Any) -> None:
    """What is open by its day, those without one last; what is closed with the newest first."""
    days = [5, None, 1, 3]
    rows = [
        make_item(world.phase, 20 + n, due_on=day and world.today + timedelta(days=day)) for n, day in enumerate(days)
    ]
    closed = [
        make_item(world.phase, 30 + n, state="done", closed_at=timezone.now() - timedelta(hours=n)) for n in (2, 0, 1)
    ]
    client = sign_in(world.manager)
    for query in ("", "?due=", "?q=item"):
        page = board(client, query)
        there = {each.state: [card.pk for card in each.cards] for each in page.context["lanes"]}
        assert [pk for pk in there["open"] if pk in {row.pk for row in rows}] == [rows[n].pk for n in (2, 3, 0, 1)]
        shown = [pk for pk in there["done"] if pk in {row.pk for row in closed}]
        assert shown == [closed[n].pk for n in (1, 2, 0)]


def test_who_owns_an_item_moves_that_one_alone(world: Any, sign_in: Any) -> None:
    page = board(sign_in(world.coach))
    movable = {card.pk for each in page.context["lanes"] for card in each.cards if card.tick_url}
    assert movable == set(Item.objects.present().filter(owner__user=world.coach).values_list("pk", flat=True))
    assert 'data-to="na"' not in page.content.decode()


def test_the_board_takes_the_lists_filters(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    page = board(client, "?owner=nobody")
    assert world.free_item.pk in lane(page, "open")
    assert world.item.pk not in lane(page, "open")
    assert "checklists/board/" in client.get(reverse("programs:checklists", args=[SLUG])).content.decode()


def test_what_is_asked_again_keeps_its_answers_and_draws_a_line(world: Any, sign_in: Any) -> None:
    client, item = sign_in(world.coach), world.item
    page, send = (reverse(f"programs:{name}", args=[SLUG, item.pk]) for name in ("item_detail", "item_score"))
    assert "How well does it work now?" not in client.get(page).content.decode()
    late = client.post(send, {"score": "9", "note": "written before it ended"})
    assert (late.status_code, "written before it ended" in late.content.decode()) == (422, True)
    Item.objects.filter(pk=item.pk).update(ask_every=AskEvery.MONTH, state=ItemState.DONE, closed_at=timezone.now())
    item.refresh_from_db()
    assert list(asking.due_again(queries.items_of(world.program), on=world.today)) == [item]
    assert "to be asked again" in client.get(page).content.decode()
    wrong = client.post(send, {"score": "9", "note": "kept words"})
    assert wrong.status_code == 422
    assert "kept words" in wrong.content.decode()
    told = [client.post(send, {"score": each, "note": "Few write"}, follow=True).content.decode() for each in "23"]
    undo = reverse("programs:score_delete", args=[SLUG, ItemScore.objects.get(item=item).pk])
    assert [page.count(undo) for page in told] == [2, 1]  # beside the answer, and in the sentence about a new one
    assert "Your answer from today is changed." in told[1]  # the second of a day replaces the first
    assert ItemScore.objects.get(item=item).score == 3
    assert not asking.due_again(queries.items_of(world.program), on=world.today)
    ItemScore.objects.create(item=item, by=world.manager, on=world.today - timedelta(days=28), score=1)
    words = client.get(page).content.decode()
    assert '<polyline points="0.0,26.0 100.0,15.0"/>' in words
    assert "Partly" in words
    assert "Few write" in words
    seen = sign_in(world.influencer).get(page).content.decode()
    assert str(world.coach) not in seen[seen.index("h-again") : seen.index("h-facts")]


def test_an_answer_is_deleted_and_comes_back(world: Any, sign_in: Any) -> None:
    client, (score, _) = sign_in(world.coach), asking.say_how_well(world.item, by=world.coach, score=5)
    gone = client.post(reverse("programs:score_delete", args=[SLUG, score.pk]), follow=True).content.decode()
    undo = reverse("programs:score_restore", args=[SLUG, score.pk])
    assert undo in gone
    of_item = ItemScore.objects.present().filter(item=world.item)
    assert not of_item.exists()
    client.post(undo)
    assert of_item.get() == score


def test_managers_say_how_often_it_is_asked(world: Any, sign_in: Any) -> None:
    client, edit = sign_in(world.manager), reverse("programs:item_edit", args=[SLUG, world.item.pk])
    form = client.get(edit).context["form"]
    sent = {"title_en": str(world.item.title), "title_de": "Punkt", "ask_every": AskEvery.QUARTER}
    assert form["ask_every"].value() == AskEvery.NEVER
    client.post(edit, sent)
    world.item.refresh_from_db()
    assert world.item.ask_every == AskEvery.QUARTER
    page = client.get(reverse("programs:checklists", args=[SLUG]), {"state": "again"})
    assert [row.pk for row in page.context["list"].page] == [world.item.pk]
