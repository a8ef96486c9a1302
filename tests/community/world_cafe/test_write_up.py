"""The notes of a World Café become a draft in the handbook, once, without names."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.world_cafe import write_up
from community.world_cafe.models import Cafe
from programs.handbook.models import HandbookPage
from tests.at_once import at_once
from tests.factories.world_cafe import make_cafe, make_note, make_table


def url(event: Any, rest: str = "") -> str:
    return f"/p/nordlichter/events/{event.pk}/cafe/{rest}"


@pytest.fixture
def cafe(world: Any) -> Any:
    event = make_cafe(world.program)
    event.milestone.title = {"en": "World Café", "de": "Weltcafé"}
    event.milestone.save(update_fields=["title"])
    return event


def drafts(before: set[int]) -> list[HandbookPage]:
    return list(HandbookPage.objects.present().exclude(pk__in=before))


@pytest.fixture
def before(world: Any) -> set[int]:
    return set(HandbookPage.objects.values_list("pk", flat=True))


def test_a_press_makes_one_draft_with_all_notes_and_no_names(
    world: Any, cafe: Any, before: set[int], sign_in: Any
) -> None:
    table = make_table(cafe, "What # helps?", host=world.coach)
    make_table(cafe, "Nobody sat here")
    make_note(table, world.influencer, "More *time*")
    coach = sign_in(world.coach)  # writes the handbook and hosts nothing
    assert "Copy to the handbook" in coach.get(url(cafe)).content.decode()
    for _press in range(2):
        answer = coach.post(url(cafe, "handbook/"))
    (page,) = drafts(before)
    assert answer.url == f"/p/nordlichter/handbook/{page.pk}/"
    assert page.title.texts == {"en": "World Café", "de": "Weltcafé"}
    assert not page.is_published
    (text,) = page.text.texts.values()
    assert "## What \\# helps?" in text
    assert "- More \\*time\\*" in text
    assert "Nobody sat here" not in text
    for person in (world.coach, world.influencer):
        assert person.name not in text
    assert f"/handbook/{page.pk}/" in coach.get(url(cafe)).content.decode()


def test_others_see_the_page_once_it_is_published(world: Any, cafe: Any, before: set[int], sign_in: Any) -> None:
    make_note(make_table(cafe), world.influencer)
    write_up.to_handbook(cafe, by=world.manager)
    (page,) = drafts(before)
    reader = sign_in(world.influencer)
    assert f"/handbook/{page.pk}/" not in reader.get(url(cafe)).content.decode()
    assert reader.post(url(cafe, "handbook/")).status_code == 403
    HandbookPage.objects.filter(pk=page.pk).update(is_published=True)
    assert f"/handbook/{page.pk}/" in reader.get(url(cafe)).content.decode()


def test_a_deleted_page_can_be_made_again(world: Any, cafe: Any, before: set[int], sign_in: Any) -> None:
    make_note(make_table(cafe), world.influencer)
    manager = sign_in(world.manager)
    manager.post(url(cafe, "handbook/"))
    (first,) = drafts(before)
    manager.post(f"/p/nordlichter/handbook/{first.pk}/delete/")  # as its undo does
    assert "Copy to the handbook" in manager.get(url(cafe)).content.decode()
    manager.post(url(cafe, "handbook/"))
    (second,) = drafts(before)
    assert second.pk != first.pk


def test_without_notes_and_with_too_many_it_says_so(
    world: Any, cafe: Any, before: set[int], sign_in: Any, monkeypatch: Any
) -> None:
    table, manager = make_table(cafe), sign_in(world.manager)
    assert "no notes yet" in manager.post(url(cafe, "handbook/"), follow=True).content.decode()
    make_note(table, world.influencer)
    monkeypatch.setattr(write_up, "LONGEST", 20)
    assert "Markdown file" in manager.post(url(cafe, "handbook/"), follow=True).content.decode()
    assert drafts(before) == []


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_notes_of_what_is_over_or_cancelled_can_still_be_copied(world: Any, before: set[int], state: str) -> None:
    event = make_cafe(world.program, state=state, on=timezone.localdate() - timedelta(days=30))
    make_note(make_table(event), world.influencer)
    write_up.to_handbook(event, by=world.manager)
    assert len(drafts(before)) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_make_one_page(world: Any) -> None:
    event = make_cafe(world.program)
    Cafe.objects.create(event=event)  # else making the row would let them in one by one, without the lock
    make_note(make_table(event), world.influencer)
    at_once(lambda: write_up.to_handbook(event, by=world.manager), 10)
    assert HandbookPage.objects.filter(title__icontains=str(event.milestone.title)).count() == 1
