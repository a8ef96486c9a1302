"""The pages of the room: from the journey that is ready to use to one that is on."""

import re
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.journeys import services
from community.journeys.models import Journey, JourneyLetter
from community.newsletters import letters as newsletters
from core.notify.models import OutgoingMail
from tests.factories.attachments import picture_bytes
from tests.factories.generations import make_participant
from tests.factories.journeys import make_journey, make_letter, make_sending
from tests.world import make_user


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
    assert "English, line 1: “something” still waits for your own text." in page
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
    for view in ("light", "dark", "text"):
        shown = leader.get(path(world, f"letters/{letter.pk}/mail/"), {"view": view}).content.decode()
        assert "prefers-color-scheme" not in shown
        assert f"Hello {world.manager.first_name}" in shown
    part = leader.get(path(world, f"letters/{letter.pk}/"), {"view": "narrow"}, headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<section class="preview is-narrow"'), "a tab changes the preview alone"


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


def test_no_letter_says_how_many_got_it(world: Any, leader: Client) -> None:
    """Beside another letter it would show who subscribed, and of one with `unless`, who did what it asks for."""
    then = timezone.localdate() - timedelta(days=20)
    make_letter(world.journey, days=10, unless="activity_logged")
    world.journey.on_since = then - timedelta(days=60)
    world.journey.save()
    for number in range(30):
        person = make_user(f"way{number}")
        make_participant(person, world.generation, days=50)
        make_sending(world.journey_letter, person, on=then)
    page = leader.get(path(world, f"{world.journey.pk}/")).content.decode()
    assert "as last counted" in page
    assert [words for words in ("received by", "begun:", "here:", "ended:", "30 to 34") if words in page] == []


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


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"body_de": "Guten Tag {{vorname}}"}, "German, line 1: Unknown placeholder {{vorname}}"),
        ({"subject_de": "Hallo {{first_name}}"}, "German, subject: A subject cannot contain a placeholder"),
        (
            {"body_de": "## Los\n\n[[zu schreiben: etwas]]"},
            "German, under “Los”: “etwas” still waits for your own text",
        ),
        ({"body_de": "[x](//evil.test)"}, "German, line 1: This kind of link is not allowed: //evil.test"),
        ({"body_de": "Hier: {site}/nirgends/"}, "German, line 1: Nothing is at this link: {site}/nirgends/"),
        ({"body_de": "![](https://a.example/x.png)"}, "German, line 1: A picture has no alternative text"),
        ({"body_de": "![IMG_4711](https://a.example/x.png)"}, "German, line 1: A picture has no alternative text"),
    ],
)
def test_a_letter_has_the_checks_of_an_issue_before_its_journey_is_on(
    world: Any, leader: Client, settings: Any, wrong: dict[str, str], words: str
) -> None:
    """In any language that goes out. It is said at the letter, and the journey stays off."""
    settings.SITE_URL = "https://site.example"
    wrong = {field: text.format(site=settings.SITE_URL) if "{site}" in text else text for field, text in wrong.items()}
    words = words.replace("{site}", settings.SITE_URL)
    journey = make_journey(world.program, is_on=False)
    letter = make_letter(journey)
    address = path(world, f"letters/{letter.pk}/")
    good = {"subject_de": "Hallo", "body_de": "Schön, dass Sie da sind."}
    leader.post(address, values(**good | wrong))
    assert words in leader.get(address).content.decode()
    assert words in leader.get(path(world, f"{journey.pk}/")).content.decode()
    assert words in leader.post(path(world, f"{journey.pk}/on/"), follow=True).content.decode()
    assert not Journey.objects.get(pk=journey.pk).is_on
    leader.post(address, values(version="2", **good))
    leader.post(path(world, f"{journey.pk}/on/"))
    assert Journey.objects.get(pk=journey.pk).is_on


def test_a_missing_language_is_said_at_the_letter(world: Any, leader: Client) -> None:
    page = leader.get(path(world, f"letters/{world.journey_letter.pk}/")).content.decode()
    assert "German: the subject is missing; its readers get it in English." in page


def test_a_journey_that_is_on_says_what_is_wrong_and_stays_on(world: Any, leader: Client) -> None:
    world.journey_letter.body = {"en": "Hello {{vorname}}"}
    world.journey_letter.save()
    page = leader.get(path(world, f"{world.journey.pk}/")).content.decode()
    assert "1 letter has a fault" in page
    assert "It still goes out as it is." in page
    answer = leader.post(path(world, f"letters/{world.journey_letter.pk}/"), values(body_en="Still {{vorname}}"))
    assert answer.status_code == 422
    assert "a letter has to be complete" in answer.content.decode()
    world.journey_letter.body = {"en": "[[to write: something]]"}
    world.journey_letter.save()
    assert "It waits until that is mended." in leader.get(path(world, f"{world.journey.pk}/")).content.decode()


def test_a_letter_shows_its_own_pictures(world: Any, leader: Client, sign_in: Any) -> None:
    letter = world.journey_letter
    upload = reverse("attachments:picture_add", args=["letter", letter.pk])
    assert upload in leader.get(path(world, f"letters/{letter.pk}/")).content.decode()
    source = leader.post(upload, {"file": SimpleUploadedFile("rig.jpg", picture_bytes())}).json()["source"]
    assert sign_in(world.influencer).post(upload).status_code in (403, 404)
    text = f"![The rig]({source})\n\n![gone](attachment:{uuid.uuid4()})"
    leader.post(path(world, f"letters/{letter.pk}/"), values(body_en=text))
    letter.refresh_from_db()
    assert letter.body.texts["en"] != text, "it is on, and a picture is gone"
    leader.post(path(world, f"letters/{letter.pk}/"), values(body_en=f"![The rig]({source})"))
    mail = leader.get(path(world, f"letters/{letter.pk}/mail/")).content.decode()
    found = re.search(r'<img src="(http[^"]+)" alt="The rig">', mail)
    assert found
    assert Client().get(urlsplit(found[1]).path).status_code == 200
    services.delete_journey(world.journey, by=world.manager)
    assert services.forget_on_journeys([world.journey.pk]) == 1


def test_the_welcome_is_offered_until_it_is_there(world: Any, leader: Client) -> None:
    assert "Add the welcome journey" in leader.get(path(world)).content.decode()
    leader.post(path(world, "welcome/"))
    assert "Add the welcome journey" not in leader.get(path(world)).content.decode()
    again = leader.post(path(world, "welcome/"), follow=True).content.decode()
    assert "has a welcome journey already" in again
    assert Journey.objects.filter(key="welcome").count() == 1
