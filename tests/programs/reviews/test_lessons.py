"""A finding is kept as a lesson in the handbook: a draft without names, once, undone by one press."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from programs.handbook import services as handbook
from programs.handbook.models import HandbookPage
from programs.handbook.starter import starter
from programs.membership import access as membership
from programs.membership.access import Ability
from programs.membership.unnamed import without_names
from programs.reviews import access, services
from programs.reviews.lessons import keep_lesson
from programs.reviews.models import Finding
from tests.at_once import at_once


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=[world.program.slug, *args])


def body(answer: Any) -> str:
    return str(answer.content.decode())


def chapter(world: Any) -> HandbookPage:
    """The handbook as it starts; returns the chapter of what was learnt."""
    HandbookPage.objects.filter(program=world.program).delete()
    made = handbook.start_handbook(world.program, by=world.manager)
    return next(page for page in made if page.chapter == "lessons")


def test_the_starter_has_a_place_for_lessons_and_for_decisions() -> None:
    parts = [row.get("chapter", "") for each in starter() for row in (each, *each["pages"])]
    assert parts.count("lessons") == parts.count("decisions") == 1
    assert starter()[-1]["chapter"] == "lessons"


def test_a_finding_becomes_a_draft_below_the_chapter_and_goes_again(world: Any, sign_in: Any) -> None:
    above, client = chapter(world), sign_in(world.coach)
    services.close_review(world.review, by=world.manager)
    answer = client.post(url(world, "finding_keep", world.finding.pk))
    page = HandbookPage.objects.get(parent=above)
    assert (str(page.title), page.is_published) == ("Shifts answer shifts", False)
    assert answer["Location"].endswith("#findings")
    shown = body(client.get(answer["Location"]))
    assert "In the handbook as a lesson" in shown
    assert "Keep as a lesson" not in shown
    undo = url(world, "handbook_page_delete", page.pk)
    assert undo in shown
    client.post(url(world, "finding_keep", world.finding.pk))
    assert HandbookPage.objects.filter(parent=above).count() == 1, "once"
    client.post(undo)
    assert "Keep as a lesson" in body(client.get(answer["Location"]))
    client.post(url(world, "finding_keep", world.finding.pk))
    assert HandbookPage.objects.present().filter(parent=above).count() == 1


def test_names_of_people_in_the_program_are_left_out(world: Any, sign_in: Any) -> None:
    above = chapter(world)
    world.influencer.name = "Jonas Petersen"
    world.influencer.save()
    text = "Jonas Petersen asked twice; Petersens shift answers late. " + "Many words follow here. " * 5
    finding = services.add_finding(world.review, text=text.strip(), is_decision=False, by=world.manager)
    client = sign_in(world.manager)
    client.post(url(world, "finding_keep", finding.pk))
    page = HandbookPage.objects.get(parent=above)
    assert str(page.text).startswith("somebody asked twice; somebody shift answers late.")
    assert str(page.title).endswith(" …")
    assert "2 names were left out." in body(client.get(url(world, "review_detail", world.review.pk)))
    assert "Jonas" not in str(page.title) + str(page.text)


@pytest.mark.parametrize(
    ("text", "kept", "count"),
    [
        ("Anna-Lena Kröger fragt", "somebody fragt", 1),
        ("Annalena fragt Krögers", "Annalena fragt somebody", 1),
        ("nobody is named", "nobody is named", 0),
        ("", "", 0),
    ],
)
def test_only_whole_names_are_left_out(text: str, kept: str, count: int) -> None:
    with override("en"):
        assert without_names(text, {"Anna", "Lena", "Kröger"}) == (kept, count)
        assert without_names(text, set()) == (text, 0)


def test_without_the_chapter_it_stands_at_the_top_and_a_decision_is_no_lesson(world: Any, sign_in: Any) -> None:
    client = sign_in(world.manager)
    client.post(url(world, "finding_keep", world.finding.pk))
    world.finding.refresh_from_db()
    assert world.finding.lesson.parent is None
    decision = services.add_finding(world.review, text="We go on", is_decision=True, by=world.manager)
    assert client.post(url(world, "finding_keep", decision.pk)).status_code == 404


def test_who_writes_no_handbook_keeps_nothing(world: Any, monkeypatch: Any) -> None:
    real = membership.can

    def can(user: Any, ability: Ability, program: Any) -> bool:
        return ability != Ability.WRITE_HANDBOOK and real(user, ability, program)

    monkeypatch.setattr(access, "can", can)
    with pytest.raises(PermissionDenied):
        access.get_finding_to_keep(world.coach, world.program.slug, world.finding.pk)


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_it_at_once_make_one_page(world: Any) -> None:
    above = chapter(world)
    at_once(lambda: keep_lesson(Finding.objects.get(pk=world.finding.pk), by=world.manager), copies=4)
    assert HandbookPage.objects.filter(parent=above).count() == 1
