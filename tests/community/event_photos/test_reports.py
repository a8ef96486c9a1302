"""A person asks the hosts to look at a photo: they hide or keep it and the person is told; nobody learns who it was."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from community.event_photos import news, services
from community.event_photos.models import EventPhoto, PhotoReport
from core.news.models import Notification
from tests.community.event_photos.test_album import url
from tests.world import join, make_user

ASKS, REASON = "Reported to you", "Shows the badge of a guest"


def do(sign_in: Any, world: Any, person: Any, act: str, **data: str) -> Any:
    return sign_in(person).post(url(world, f"{world.photo.pk}/{act}"), data)


def page(sign_in: Any, world: Any, person: Any, where: str = "") -> str:
    return str(sign_in(person).get(where or url(world)).content.decode())


def kinds_of(person: Any) -> set[str]:
    return set(Notification.objects.filter(person=person, is_gone=False).values_list("kind", flat=True))


def test_one_press_reaches_the_hosts_and_a_reason_can_follow(world: Any, sign_in: Any) -> None:
    do(sign_in, world, world.influencer, "report/")
    do(sign_in, world, world.influencer, "report/", reason=REASON)
    assert PhotoReport.objects.get().reason == REASON
    seen = page(sign_in, world, world.manager)
    assert ASKS in seen
    assert REASON in seen
    assert "Reported photos" in page(sign_in, world, world.manager, "/p/nordlichter/")
    assert news.REPORTED in kinds_of(world.manager)
    for other in (world.influencer2, world.coach):  # the coach has added the photo
        seen = page(sign_in, world, other)
        assert ASKS not in seen
        assert REASON not in seen
        assert kinds_of(other) & {news.REPORTED, news.ANSWERED} == set()
    do(sign_in, world, world.influencer, "report/?back=yes")
    assert ASKS not in page(sign_in, world, world.manager)
    assert news.REPORTED not in kinds_of(world.manager)


def test_hidden_and_taken_back(world: Any, sign_in: Any) -> None:
    do(sign_in, world, world.influencer, "report/")
    do(sign_in, world, world.manager, "judge/", fate="hidden")
    assert world.photo not in EventPhoto.objects.shown()
    assert "it is hidden" in page(sign_in, world, world.influencer, "/notifications/")
    do(sign_in, world, world.manager, "remove/?back=yes")
    assert world.photo in EventPhoto.objects.shown()
    assert ASKS in page(sign_in, world, world.manager)
    assert news.ANSWERED not in kinds_of(world.influencer)


def test_kept_and_taken_back(world: Any, sign_in: Any) -> None:
    do(sign_in, world, world.influencer, "report/")
    do(sign_in, world, world.manager, "judge/", fate="kept")
    assert world.photo in EventPhoto.objects.shown()
    assert "it stays" in page(sign_in, world, world.influencer, "/notifications/")
    assert ASKS not in page(sign_in, world, world.manager)
    do(sign_in, world, world.manager, "judge/?back=yes")
    assert ASKS in page(sign_in, world, world.manager)
    do(sign_in, world, world.manager, "judge/", fate="kept")
    PhotoReport.objects.update(decided_at=timezone.now() - timedelta(days=31))
    services.retention()
    assert not PhotoReport.objects.exists()


def test_a_host_answers_no_report_of_their_own_photo_while_another_one_can(world: Any, sign_in: Any) -> None:
    EventPhoto.objects.filter(pk=world.photo.pk).update(by=world.manager)
    do(sign_in, world, world.influencer, "report/", reason=REASON)
    assert ASKS in page(sign_in, world, world.manager), "nobody else could"
    assert news.REPORTED in kinds_of(world.manager)
    do(sign_in, world, world.influencer, "report/?back=yes")
    deputy = make_user("second")
    join(deputy, world.program, "manager")
    do(sign_in, world, world.influencer, "report/", reason=REASON)
    for where in ("", "/p/nordlichter/"):
        seen = page(sign_in, world, world.manager, where)
        assert REASON not in seen
        assert "Reported" not in seen
    assert do(sign_in, world, world.manager, "judge/", fate="kept").status_code == 403
    assert news.REPORTED not in kinds_of(world.manager)
    assert REASON in page(sign_in, world, deputy)
    assert "Reported photos" in page(sign_in, world, deputy, "/p/nordlichter/")
    assert do(sign_in, world, deputy, "judge/", fate="kept").status_code == 302
