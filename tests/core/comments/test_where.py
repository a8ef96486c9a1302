"""Where something can be said: on things whose pages show it, to those who read it there."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.comments import news
from core.comments.models import Comment
from core.journal.models import Entry
from core.news.models import Notification
from programs.handbook.models import HandbookPage
from programs.membership.models import Membership, Role
from tests.factories.comments import make_comment

WORDS = "Who of the agency costs how much"


def test_a_guest_reads_a_page_that_is_shown_to_guests_and_not_what_is_said_about_it(world: Any, sign_in: Any) -> None:
    page = world.handbook_page
    HandbookPage.objects.filter(pk=page.pk).update(for_guests=True, guest_version=1, guest_at=timezone.now())
    comment = make_comment(page, world.coach, "handbook_page", text=WORDS)
    thread, one = (reverse(f"comments:{name}", args=args) for name, args in (
        ("thread", ("handbook_page", page.pk)), ("comment", (comment.pk,)),
    ))  # fmt: skip
    assert WORDS in sign_in(world.manager).get(thread).content.decode()
    guest = sign_in(world.agency)
    assert guest.get(reverse("programs:handbook_for_guests", args=[world.program.slug, page.pk])).status_code == 200
    assert guest.get(thread).status_code == guest.get(one).status_code == 404
    assert sign_in(world.influencer).get(thread).status_code == 404


@pytest.mark.parametrize(("kind", "of"), [("topic", "topic"), ("event", "event"), ("forum", "program")])
def test_nothing_is_said_on_what_shows_no_comments(kind: str, of: str, world: Any, sign_in: Any) -> None:
    """The forum has its posts: what a participant wrote beside them would stand in the log."""
    place = [kind, getattr(world, of).pk]
    lines = Entry.objects.count()
    for person in (world.influencer, world.manager):
        client = sign_in(person)
        said = client.post(reverse("comments:comment_add", args=place), {"text": WORDS, "key": uuid.uuid4()})
        assert said.status_code == client.get(reverse("comments:thread", args=place)).status_code == 404
    assert not Comment.objects.filter(text=WORDS).exists()
    assert Entry.objects.count() == lines


def test_who_does_not_read_comments_any_more_hears_of_none(world: Any) -> None:
    comment = make_comment(world.handbook_page, world.manager, "handbook_page", text=WORDS)
    row = Notification(kind=news.MENTION, person=world.coach, item=str(comment.pk), program_id=world.program.pk)
    assert news.look(world.coach, [row])
    Membership.objects.filter(user=world.coach, program=world.program).update(role=Role.INFLUENCER)
    assert not news.look(world.coach.__class__.objects.get(pk=world.coach.pk), [row])
