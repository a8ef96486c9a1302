"""Twenty workers look at the same moment: each mail is written once, each news is kept once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.forum.models import Reading
from core.news import jobs, services, wishes
from core.news.models import Hours, Notification, Way, Wish
from core.news.tokens import token_of
from core.news.views_wishes import undo_of
from core.notify.models import OutgoingMail
from core.push.models import PushDevice
from tests.at_once import VERY_MANY, at_once
from tests.factories.forum import make_topic
from tests.factories.push import make_browser


@pytest.mark.django_db(transaction=True)
def test_twenty_workers_write_one_mail(world: Any) -> None:
    Hours.objects.create(person=world.influencer, days=[0, 1, 2, 3, 4, 5, 6], start=0, end=24)
    OutgoingMail.objects.all().delete()
    Notification.objects.all().delete()
    topics = [make_topic(world, world.influencer2, title=f"Topic {number}") for number in range(3)]
    for topic in topics:
        post = topic.posts.get().pk
        told = {"about": topic.pk, "item": post, "program_id": world.program.pk}
        at_once(lambda told=told: services.tell("forum.answer", [world.influencer], **told))
    assert Notification.objects.count() == len(topics)
    Notification.objects.update(mail=Way.NOW, due_at=timezone.now())
    at_once(lambda: jobs.write(world.influencer.pk, world.program.pk, Way.NOW))
    assert OutgoingMail.objects.filter(person=world.influencer).count() == 1
    assert not Notification.objects.exclude(mail="").exists()


@pytest.mark.django_db(transaction=True)
def test_a_choice_sent_twenty_times_is_one(world: Any) -> None:
    """The form, a preset and the link in a mail: once is as good as twice."""
    person = world.influencer
    at_once(lambda: wishes.mails_off(person, of_kinds=["forum.answer"], way=""))
    at_once(lambda: wishes.choose(person, {"forum.answer": wishes.Ways(is_shown=False, mail=Way.DAILY)}))
    assert [(row.kind, row.mail) for row in Wish.objects.filter(person=person)] == [("forum.answer", Way.DAILY)]


@pytest.mark.django_db(transaction=True)
def test_fifty_copies_of_every_form_have_one_effect(world: Any, settings: Any) -> None:
    person, topic = world.influencer, make_topic(world, world.influencer2)
    Notification.objects.filter(person=person).delete()
    told = {"about": topic.pk, "item": topic.posts.get().pk, "program_id": world.program.pk}
    services.tell("forum.answer", [person], **told)
    row = Notification.objects.get(person=person)

    def sent(name: str, *args: Any, query: str = "", **values: Any) -> int:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions["influencer"]
        return int(client.post(f"{reverse(name, args=args)}?{query}", values).status_code)

    usual = {f"{kind}.mail": "daily" for kind in wishes.of(person)}
    for name, args, values, count in (
        ("news:read", (row.pk,), {}, Notification.objects.exclude(read_at=None).filter(person=person).count),
        ("news:read_all", (), {}, Notification.objects.exclude(read_at=None).filter(person=person).count),
        ("news:hush", (row.pk,), {}, Reading.objects.filter(person=person, topic=topic, follows=False).count),
        ("news:mute", (row.pk,), {}, Wish.objects.filter(person=person, kind="forum.answer", is_shown=False).count),
        ("news:pause", (), {}, Hours.objects.filter(person=person).exclude(paused_on=None).count),
        ("news:settings_preset", (), {"preset": "calm"},
         Wish.objects.filter(person=person, kind="forum.answer", mail=Way.WEEKLY).count),
        ("news:settings", (), usual | {"days": [1, 2], "start": 9, "end": 12},
         Wish.objects.filter(person=person, kind="forum.answer", mail=Way.DAILY).count),
        ("news:off", (token_of(person.pk, "forum.answer"),), {},
         Wish.objects.filter(person=person, kind="forum.answer", mail=Way.NEVER).count),
    ):  # fmt: skip
        answers = at_once(lambda n=name, a=args, v=values: sent(n, *a, **v), VERY_MANY)  # type: ignore[misc]
        assert (count(), set(answers) <= {200, 302}) == (1, True), (name, count(), set(answers))
    before = undo_of(person)
    wishes.choose(person, {"forum.answer": wishes.Ways(is_shown=False, mail=Way.DAILY)})
    answers = at_once(lambda: sent("news:settings_undo", query=before.partition("?")[2]), VERY_MANY)
    assert (Wish.objects.get(person=person, kind="forum.answer").mail, set(answers)) == (Way.NEVER, {302})
    settings.WEB_PUSH_HOSTS = ["*.example.com"]
    browser, count = make_browser("fifty"), PushDevice.objects.count()
    answers = at_once(lambda: sent("push:device_add", **browser.says()), VERY_MANY)
    assert (PushDevice.objects.count(), set(answers)) == (count + 1, {204})
    answers = at_once(lambda: sent("push:device_off", world.device.pk), VERY_MANY)
    assert not PushDevice.objects.filter(pk=world.device.pk).exists()
    assert set(answers) <= {302, 404}
