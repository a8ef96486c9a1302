"""Whoever is in a photo gets at it and can say no, whatever became of the invitation; nothing goes too early."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from community.event_photos import news, services
from community.event_photos.models import Agreement, EventPhoto, PhotoPerson
from community.event_photos.queries import markable
from community.events.models import Event
from core.news.models import Notification
from programs.membership import services as membership
from programs.membership.models import Role
from tests.community.event_photos.test_album import answer, opens, url
from tests.factories.attachments import picture_bytes
from tests.factories.event_photos import make_photo

LONG_AGO = timezone.now() - services.WAITS * 2


def test_who_is_no_longer_invited_sees_their_photos_alone_and_refuses(world: Any, sign_in: Any) -> None:
    photo = make_photo(world.cafe, world.coach, world.influencer, answer=Agreement.AGREED)
    Event.objects.filter(pk=world.cafe.pk).update(roles=[Role.COACH])
    page = sign_in(world.influencer).get(url(world)).content.decode()
    assert f'id="photo-{photo.pk}"' in page
    assert f'id="photo-{world.photo.pk}"' not in page
    assert url(world) in sign_in(world.influencer).get(f"/p/nordlichter/events/{world.cafe.pk}/").content.decode()
    assert url(world) not in sign_in(world.influencer2).get(f"/p/nordlichter/events/{world.cafe.pk}/").content.decode()
    assert opens(sign_in, photo, world.influencer, world.influencer2) == [200] * 2 + [403] * 2
    assert opens(sign_in, world.photo, world.influencer) == [404] * 2
    assert sign_in(world.influencer).get(url(world, "new/")).status_code == 403
    assert answer(sign_in, world, world.photo, world.influencer, "refused").status_code == 404
    assert answer(sign_in, world, photo, world.influencer, "refused").status_code == 302
    assert photo not in EventPhoto.objects.shown()


def test_the_end_of_a_role_closes_the_photos(world: Any) -> None:
    photo = make_photo(world.cafe, world.influencer, world.coach, answer=Agreement.AGREED)
    membership.end_membership(world.coach.memberships.get(program=world.program), by=world.manager)
    assert photo not in EventPhoto.objects.shown()


@pytest.mark.parametrize("how", ["refused", "role ended"])
def test_thirty_days_count_from_when_it_was_hidden(world: Any, how: str) -> None:
    photo = make_photo(world.cafe, world.influencer, world.coach, answer=Agreement.AGREED)
    EventPhoto.objects.update(created_at=LONG_AGO)
    if how == "refused":
        services.say(photo, person=world.influencer2, answer=Agreement.REFUSED)
    else:
        membership.end_membership(world.coach.memberships.get(program=world.program), by=world.manager)
    services.retention()
    photo.refresh_from_db()
    assert photo.hidden_since
    if how == "refused":
        services.say(photo, person=world.influencer2, answer="")
        assert EventPhoto.objects.shown().get(pk=photo.pk).hidden_since is None, "undo"
        return
    EventPhoto.objects.filter(pk=photo.pk).update(hidden_since=LONG_AGO)
    services.retention()
    assert not EventPhoto.objects.filter(pk=photo.pk).exists()


def test_a_refusal_of_what_was_never_shown_delays_nothing(world: Any) -> None:
    services.say(world.photo_of_person, person=world.influencer, answer=Agreement.REFUSED)
    assert not EventPhoto.objects.exclude(hidden_since=None).exists(), "the day it goes would tell of the refusal"


def test_an_agreement_is_taken_back_while_others_have_not_answered(world: Any, sign_in: Any) -> None:
    photo = make_photo(world.cafe, world.coach, world.influencer, world.influencer2, caption="At the window")
    answer(sign_in, world, photo, world.influencer, "agreed")
    before = sign_in(world.influencer).get(url(world)).content.decode()
    assert "At the window" in before
    assert before.count(url(world, f"{photo.pk}/answer/")) == 1
    answer(sign_in, world, photo, world.influencer2, "refused")
    assert "At the window" in sign_in(world.influencer).get(url(world)).content.decode(), "it tells of no refusal"


def test_who_can_be_marked_does_not_tell_whom_the_event_is_for(world: Any) -> None:
    everybody = list(markable(world.cafe, world.influencer2))
    assert world.influencer in everybody
    Event.objects.filter(pk=world.cafe.pk).update(roles=[Role.COACH])
    world.cafe.refresh_from_db()
    assert list(markable(world.cafe, world.influencer2)) == everybody


def test_one_person_asks_another_so_often_a_day(world: Any, sign_in: Any) -> None:
    for _ in range(services.MOST_OF_ONE_TO_ONE):
        make_photo(world.cafe, world.influencer2, world.influencer)
    values = {"file": SimpleUploadedFile("a.jpg", picture_bytes(), "image/jpeg"), "people": [world.influencer.pk]}
    answered = sign_in(world.influencer2).post(url(world, "new/"), values)
    assert answered.status_code == 422
    assert "tomorrow" in answered.content.decode()
    EventPhoto.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    values["file"] = SimpleUploadedFile("a.jpg", picture_bytes(), "image/jpeg")
    assert sign_in(world.influencer2).post(url(world, "new/"), values).status_code == 302


def test_the_news_ask_what_the_album_still_asks(world: Any) -> None:
    photo = make_photo(world.cafe, world.coach, world.influencer, world.influencer2)
    row = Notification(pk=1, kind=news.ASKED, about=str(world.cafe.pk), item=str(photo.pk))
    assert news.look(world.influencer, [row])
    PhotoPerson.objects.filter(photo=photo, person=world.influencer2).update(answer=Agreement.REFUSED)
    assert not news.look(world.influencer, [row])
