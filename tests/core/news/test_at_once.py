"""Twenty workers look at the same moment: each mail is written once, each news is kept once."""

from typing import Any

import pytest
from django.utils import timezone

from core.news import jobs, services, wishes
from core.news.models import Hours, Notification, Way, Wish
from core.notify.models import OutgoingMail
from tests.at_once import at_once
from tests.factories.forum import make_topic


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
