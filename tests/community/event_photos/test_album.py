"""Photos: shown once everybody in them agrees, gone at once by every address, and a refusal told to nobody."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.event_photos import services
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson
from core.attachments.models import Attachment
from core.journal.models import Entry
from core.news.models import Notification
from core.people import services as people
from programs.generations import services as generations
from programs.generations.models import Participant
from tests.factories.attachments import picture_bytes
from tests.factories.event_photos import make_photo
from tests.factories.events import make_answer

NOISE = re.compile(r'data-sign-in="[^"]+"|nonce="[^"]+"|csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": "[^"]+')


def url(world: Any, what: str = "") -> str:
    return f"/p/nordlichter/events/{world.cafe.pk}/photos/{what}"


def file_of(photo: EventPhoto) -> str:
    return f"/files/{Attachment.objects.get(kind='event_photo', target_id=photo.pk).pk}/"


def opens(sign_in: Any, photo: EventPhoto, *who: Any) -> list[int]:
    addresses = (file_of(photo), f"{file_of(photo)}thumbnail/")
    return [sign_in(person).get(address).status_code for person in who for address in addresses]


def answer(sign_in: Any, world: Any, photo: EventPhoto, person: Any, said: str) -> Any:
    return sign_in(person).post(url(world, f"{photo.pk}/answer/"), {"answer": said})


def test_it_is_shown_when_all_agree_and_gone_when_one_does_not_any_more(world: Any, sign_in: Any) -> None:
    photo = make_photo(world.cafe, world.coach, world.influencer, world.influencer2)
    others = (world.manager, world.coach, world.executive)
    assert opens(sign_in, photo, *others) == [404] * 6, "nor who added it, nor who plans it"
    assert opens(sign_in, photo, world.influencer, world.influencer2) == [200] * 4, "to decide"
    answer(sign_in, world, photo, world.influencer, "agreed")
    assert opens(sign_in, photo, *others) == [404] * 6
    answer(sign_in, world, photo, world.influencer2, "agreed")
    assert opens(sign_in, photo, *others) == [200] * 6
    assert opens(sign_in, photo, world.council) == [403] * 2, "not invited"
    answer(sign_in, world, photo, world.influencer, "refused")
    assert opens(sign_in, photo, *others, world.influencer, world.influencer2) == [404] * 10
    assert not Entry.objects.filter(verb__startswith="event_photos").exists()


def test_a_refusal_changes_no_page_of_anybody_else(world: Any, sign_in: Any) -> None:
    def pages() -> list[str]:
        found = [sign_in(each).get(url(world)).content.decode() for each in (world.manager, world.coach)]
        return [NOISE.sub("", page) for page in found]

    before = pages()
    assert all("waiting for agreement" in page.lower() for page in before)
    assert all(str(world.influencer.name) not in page for page in before)
    answer(sign_in, world, world.photo_of_person, world.influencer, "refused")
    assert pages() == before


def test_who_is_in_a_photo_of_nobody_takes_it_away(world: Any, sign_in: Any) -> None:
    answer(sign_in, world, world.photo, world.influencer2, "refused")
    assert opens(sign_in, world.photo, world.manager, world.influencer2) == [404] * 4
    answer(sign_in, world, world.photo, world.influencer2, "")
    assert opens(sign_in, world.photo, world.manager) == [200] * 2, "undo"


@pytest.mark.parametrize(
    ("said", "status"), [({}, 422), ({"is_of_nobody": "on", "is_me": "on"}, 422), ({"is_me": "on"}, 302)]
)
def test_one_says_who_is_recognisable(world: Any, sign_in: Any, said: dict[str, str], status: int) -> None:
    values = {"file": SimpleUploadedFile("Ines in the room.jpg", picture_bytes(), "image/jpeg"), **said}
    assert sign_in(world.influencer).post(url(world, "new/"), values).status_code == status
    if status == 302:
        photo = EventPhoto.objects.latest("created_at")
        assert opens(sign_in, photo, world.manager) == [200] * 2
        assert Attachment.objects.get(target_id=photo.pk, kind="event_photo").name == "photo.jpg"


def test_who_is_marked_is_asked_and_only_who_is_read_by_name_can_be(world: Any, sign_in: Any) -> None:
    make_answer(world.cafe, world.influencer2, is_shown=True)
    for person, status in ((world.influencer2, 302), (world.executive, 422)):
        values = {"file": SimpleUploadedFile("a.jpg", picture_bytes(), "image/jpeg"), "people": [person.pk]}
        assert sign_in(world.influencer).post(url(world, "new/"), values).status_code == status
    told = Notification.objects.filter(kind="event_photos.asked")
    assert list(told.values_list("person", flat=True)) == [world.influencer2.pk]


def test_pause_closes_and_erasure_deletes(world: Any) -> None:
    photo = make_photo(world.cafe, world.coach, world.influencer, answer=Agreement.AGREED)
    generations.pause(Participant.objects.get(user=world.influencer), by=world.influencer)
    assert photo not in EventPhoto.objects.shown()
    people.erase_account(world.influencer)
    assert not EventPhoto.objects.filter(pk=photo.pk).exists()
    assert not Attachment.objects.filter(kind="event_photo", target_id=photo.pk).exists()
    assert EventPhoto.objects.filter(pk=world.photo.pk).exists()


def test_what_nobody_sees_goes_after_thirty_days_and_all_after_a_year(world: Any) -> None:
    EventPhoto.objects.update(created_at=world.photo.created_at - services.WAITS * 2)
    services.retention()
    assert list(EventPhoto.objects.all()) == [world.photo]
    assert PhotoPerson.objects.count() == 0


def test_a_break_is_waited_for(world: Any) -> None:
    photo = make_photo(world.cafe, world.coach, world.influencer, answer=Agreement.AGREED)
    generations.pause(Participant.objects.get(user=world.influencer), by=world.influencer)
    EventPhoto.objects.filter(pk=photo.pk).update(hidden_since=timezone.now() - services.WAITS * 2)
    services.retention()
    assert EventPhoto.objects.filter(pk=photo.pk).exists()
    generations.resume(Participant.objects.get(user=world.influencer), by=world.influencer)
    services.retention()
    assert not EventPhoto.objects.filter(pk=photo.pk).exists()
