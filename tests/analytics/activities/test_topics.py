"""More kinds, and topics of the program: chosen by one tap, kept by entries when the program drops them."""

from typing import Any

import pytest
from django.urls import reverse

from analytics.activities import topic_services
from analytics.activities.models import MOST_TOPICS, Activity, ActivityTopic
from core.journal.models import Entry
from tests.world import client_of


def url(world: Any, name: str, *args: Any) -> str:
    return reverse(f"analytics:{name}", args=[world.program.slug, *args])


@pytest.fixture
def client(world: Any, sign_in: Any) -> Any:
    Activity.objects.all().delete()
    return sign_in(world.influencer)


@pytest.mark.parametrize("kind", ["article", "podcast", "event", "recruiting", "mentoring"])
def test_a_kind_is_one_press_and_another_one_logs_it(world: Any, client: Any, kind: str) -> None:
    page = client.get(url(world, "activity_new")).content.decode()
    assert f'name="kind" value="{kind}"' in " ".join(page.split())
    client.post(url(world, "activity_new"), {"kind": kind})
    made = Activity.objects.get()
    assert (made.kind, made.minutes) == (kind, 10)
    file = client.get(url(world, "activity_list") + "?format=csv").content.decode()
    assert str(made.get_kind_display()) in file
    client.post(url(world, "activity_delete", made.pk))
    assert not Activity.objects.present().exists()


def test_topics_are_offered_and_none_is_chosen_beforehand(world: Any, client: Any) -> None:
    page = " ".join(client.get(url(world, "activity_new")).content.decode().split())
    assert 'type="checkbox" name="topics" value="Materials"><span>' in page
    client.post(url(world, "activity_new"), {"kind": "talk", "topics": ["Materials", "Not on the list"]})
    assert Activity.objects.get().topics == ["Materials"]
    assert "Materials" in client.get(url(world, "activity_list") + "?format=csv").content.decode()
    client.post(url(world, "activity_new"), {"kind": "post"})
    assert Activity.objects.filter(topics=[]).count() == 1


def test_a_refused_entry_keeps_what_was_chosen(world: Any, client: Any) -> None:
    answer = client.post(url(world, "activity_new"), {"kind": "talk", "topics": ["Materials"], "on": "2099-01-01"})
    assert 'value="Materials" checked' in " ".join(answer.content.decode().split())


def test_an_entry_keeps_a_topic_that_the_program_dropped(
    world: Any, client: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client.post(url(world, "activity_new"), {"kind": "talk", "topics": ["Materials"]})
    made = Activity.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        topic_services.remove_topic(world.log_topic, by=world.manager)
    assert "Materials" not in client.get(url(world, "activity_new")).content.decode()
    edit = url(world, "activity_edit", made.pk)
    assert 'value="Materials" checked' in " ".join(client.get(edit).content.decode().split())
    client.post(edit, {"kind": "talk", "topics": ["Materials"], "note": "Changed"})
    made.refresh_from_db()
    assert (made.topics, made.note) == (["Materials"], "Changed")


def test_the_manager_keeps_the_list_short(world: Any) -> None:
    manager, page = client_of("manager", world), url(world, "activity_topic_new")
    assert manager.post(page, {"word": " materials "}).status_code == 302
    assert ActivityTopic.objects.present().count() == 1, "it was on the list already"
    for number in range(MOST_TOPICS - 1):
        assert manager.post(page, {"word": f"Topic {number}"}).status_code == 302
    assert "Please remove one first" in manager.post(page, {"word": "One more"}).content.decode()
    shown = manager.get(url(world, "activities_group")).content.decode()
    assert "Topic 3" in shown
    assert page not in shown
    assert Entry.objects.filter(verb="activities.topic_added").count() >= MOST_TOPICS
    manager.post(url(world, "activity_topic_remove", world.log_topic.pk))
    assert not ActivityTopic.objects.present().filter(word="Materials").exists()
    manager.post(url(world, "activity_topic_restore", world.log_topic.pk))
    assert ActivityTopic.objects.present().filter(word="Materials").exists()
