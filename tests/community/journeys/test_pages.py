"""The pages of the room: from the journey that is ready to use to one that is on."""

from typing import Any

import pytest
from django.test import Client

from community.journeys import services
from community.journeys.models import Journey, JourneyLetter
from community.newsletters import letters as newsletters
from core.notify.models import OutgoingMail
from tests.factories.journeys import make_journey, make_letter


@pytest.fixture
def leader(world: Any, sign_in: Any) -> Client:
    return sign_in(world.manager)


def path(world: Any, rest: str = "") -> str:
    return f"/p/{world.program.slug}/journeys/{rest}"


def values(**more: Any) -> dict[str, Any]:
    return {"days": "3", "unless": "", "version": "1", "subject_en": "Hello", "body_en": "Good to see you."} | more


def test_from_the_welcome_that_ships_to_one_that_is_on(world: Any, leader: Client) -> None:
    Journey.objects.all().delete()
    assert "four letters over 30 days" in leader.get(path(world)).content.decode()
    page = leader.post(path(world, "welcome/"), follow=True).content.decode()
    journey = Journey.objects.get()
    assert not journey.is_on
    assert "Good to have you with us" in page
    assert "7 quiet days" not in page
    assert "8 quiet days" in page
    assert "left out for everybody who agrees to the guidelines" in page
    on = leader.post(path(world, f"{journey.pk}/on/"), follow=True).content.decode()
    assert "sets off" in on
    assert "Undo" in on
    assert Journey.objects.get().is_on
    leader.post(path(world, f"{journey.pk}/off/"))
    again = leader.post(path(world, f"{journey.pk}/on/"), follow=True).content.decode()
    assert "Letters whose day was in the last week still come" in again
    assert "on" in leader.get(path(world)).content.decode()


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_ships_is_whole_in_both_languages(world: Any, language: str) -> None:
    journey = services.make_welcome(world.program, by=world.manager)
    for letter in journey.letters.all():
        assert letter.written_in == ["de", "en"] or set(letter.written_in) == {"de", "en"}
        made = newsletters.set_letter(
            world.program, language, letter.subject.texts[language], letter.body.texts[language], world.today
        )
        assert not [block.fault for block in made.blocks if block.fault]


def test_a_journey_without_a_finished_letter_stays_off(world: Any, leader: Client) -> None:
    empty = make_journey(world.program, is_on=False)
    assert "no letter yet" in leader.post(path(world, f"{empty.pk}/on/"), follow=True).content.decode()
    make_letter(empty, body={"en": "[[to write: something]]"})
    page = leader.post(path(world, f"{empty.pk}/on/"), follow=True).content.decode()
    assert "Still to be written: something." in page
    assert not Journey.objects.get(pk=empty.pk).is_on


def test_a_letter_is_written_and_changed_and_nothing_is_lost(world: Any, leader: Client) -> None:
    leader.post(path(world, f"{world.journey.pk}/letters/new/"), values(days="9"))
    letter = JourneyLetter.objects.latest("pk")
    assert (letter.days, letter.body.texts) == (9, {"en": "Good to see you."})
    address = path(world, f"letters/{letter.pk}/")
    leader.post(address, values(body_en="First."))
    late = leader.post(address, values(body_en="Second."))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Second.</textarea>" in page
    assert "First." in page
    assert leader.post(address, values(body_en="Second.", version="2")).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"days": "400"}, "365"),
        ({"days": "-1"}, "0"),
        ({"unless": "fly"}, "not one of the available choices"),
        ({"body_en": "[[nonsense]]"}, "There is no block [[nonsense]]"),
        ({"subject_en": "", "body_en": ""}, "at least one language"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(world: Any, leader: Client, wrong: dict[str, str], words: str) -> None:
    answer = leader.post(path(world, f"letters/{world.journey_letter.pk}/"), values(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_letter_is_tried_on_oneself_and_seen_as_a_mail(world: Any, leader: Client) -> None:
    letter = world.journey_letter
    leader.post(path(world, f"letters/{letter.pk}/test/"), {"language": "en"})
    assert OutgoingMail.objects.get(reason="journeys.test").subject == "Test: Hello"
    mail = leader.get(path(world, f"letters/{letter.pk}/mail/")).content.decode()
    assert f"Hello {world.manager.first_name}" in mail
    assert "prefers-color-scheme" in mail
    assert (
        "prefers-color-scheme" not in leader.get(path(world, f"letters/{letter.pk}/mail/?view=dark")).content.decode()
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_a_fixed_number_of_questions(
    rows: int, world: Any, leader: Client, django_assert_num_queries: Any
) -> None:
    for _row in range(rows - 1):
        make_journey(world.program)
        make_letter(world.journey, days=5)
    leader.get(path(world, f"{world.journey.pk}/"))
    with django_assert_num_queries(4):  # session, person, memberships, journeys
        leader.get(path(world))
    with django_assert_num_queries(6):  # session, person, memberships, journey, counts, letters
        leader.get(path(world, f"{world.journey.pk}/"))


def test_another_program_s_journey_is_not_there(world: Any, sign_in: Any) -> None:
    stranger, slug = sign_in(world.stranger), world.other_program.slug
    assert stranger.get(f"/p/{slug}/journeys/{world.journey.pk}/").status_code == 404
    assert stranger.get(f"/p/{slug}/journeys/letters/{world.journey_letter.pk}/").status_code == 404


def test_an_issue_becomes_a_letter_for_who_joins_later(world: Any, leader: Client) -> None:
    """Of this program only; the issue itself stays as it is."""
    address = path(world, f"{world.journey.pk}/letters/new/")
    assert f"?template=issue-{world.sent_issue.pk}" in leader.get(address).content.decode()
    page = leader.get(f"{address}?template=issue-{world.sent_issue.pk}").content.decode()
    assert "Hello {{first_name}}," in page
    assert (
        "Hello {{first_name}}," not in leader.get(f"{address}?template=issue-{world.foreign_issue.pk}").content.decode()
    )
