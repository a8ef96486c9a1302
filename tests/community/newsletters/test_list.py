"""The list of newsletters: how far each is, without a count of readers."""

from typing import Any

from community.newsletters.jobs import finish
from community.newsletters.models import Delivery, DeliveryState, Issue
from tests.factories.newsletters import make_readers, make_running


def path(world: Any) -> str:
    return f"/p/{world.program.slug}/newsletters/"


def test_the_list_tells_nobody_how_many_readers_there_are(world: Any, sign_in: Any) -> None:
    """Of seven mails, three sent: a share of 43% would say that they are seven."""
    Issue.objects.all().delete()
    make_readers(world.program, 7)
    issue = make_running(world.program)
    rows = Delivery.objects.filter(issue=issue)
    rows.filter(pk__in=rows.values("pk")[:3]).update(state=DeliveryState.SENT)
    assert "being sent, 0%" in sign_in(world.manager).get(path(world)).content.decode()


def test_an_issue_that_did_not_reach_everybody_says_so_once_it_is_out(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(world.manager)
    client.get(path(world))  # what is known now lies on the shelf
    issue = make_running(world.program)
    Delivery.objects.filter(issue=issue).update(state=DeliveryState.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        assert finish(issue.pk)
    assert "some failed" in client.get(path(world)).content.decode()
