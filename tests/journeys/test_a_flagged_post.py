"""A flagged post is handled: a reader flags it, hosts are told, one decides with a reason that its author reads; who is
late sees it, the decision is taken back, and nobody ever learns who flagged it."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from community.forum import services
from community.forum.models import Board, Post, Topic
from core.journal.models import Entry
from programs.membership.models import Role
from tests.journeys.stage import make_erika
from tests.world import join, make_user

BECAUSE = "It names a customer."


@pytest.mark.django_db
def test_a_flagged_post_is_handled(here: Any, sign_in: Any) -> None:
    services.open_forum(here.program, by=here.manager)
    coach, writer = make_user("carla_coach"), make_user("willi_writer")
    join(coach, here.program, Role.COACH)
    join(writer, here.program, Role.INFLUENCER)
    erika = make_erika(here.generation)
    reader, host, other_host, author = (sign_in(each) for each in (erika, coach, here.manager, writer))

    def url(name: str, *args: Any) -> str:
        return reverse(f"community:{name}", args=[here.program.slug, *args])

    def seen(client: Any, address: str) -> str:
        return str(client.get(address).content.decode())

    board = Board.objects.get(program=here.program, key="questions")
    words = {"title": "Whom may I name?", "text": "I wonder.", "board": board.pk, "key": uuid4()}
    reader.post(url("topic_new"), words)
    topic = Topic.objects.get(title=words["title"])
    author.post(url("post_add", topic.pk), {"text": "Everybody, for example Kunz & Sons.", "key": uuid4()})
    post = topic.posts.get(number=2)
    reader.post(url("post_report", post.pk), {"reason": "That is a customer."})

    for client in (host, other_host):
        assert "A post was reported: Whom may I name?" in seen(client, reverse("news:inbox"))
        day = seen(client, url("forum_host"))
        assert "That is a customer." in day
    assert "was reported" not in seen(author, reverse("news:inbox"))
    assert author.get(url("forum_host")).status_code == 403

    decided = host.post(url("report_decide", post.pk), {"decision": "goes", "because": BECAUSE}, follow=True)
    page = seen(author, url("topic_detail", topic.pk))
    assert BECAUSE in page, "its author reads why"
    assert "Kunz" not in seen(reader, url("topic_detail", topic.pk)).replace(BECAUSE, "")
    late = other_host.post(url("report_decide", post.pk), {"decision": "stays"}, follow=True).content.decode()
    assert "Another host has already decided" in late
    assert not Post.objects.present().filter(pk=post.pk).exists()
    assert "A post was reported" not in seen(other_host, reverse("news:inbox"))

    undo = decided.content.decode().split("data-toast")[1].split('action="')[1].split('"')[0].replace("&amp;", "&")
    host.post(undo)
    assert "Kunz" in seen(reader, url("topic_detail", topic.pk))
    assert "That is a customer." in seen(host, url("forum_host")), "it waits again"
    host.post(url("report_decide", post.pk), {"decision": "stays"})
    assert "That is a customer." not in seen(host, url("forum_host"))

    entries = Entry.objects.filter(verb="forum.decided", program_id=here.program.pk)
    assert {entry.actor for entry in entries} == {coach}
    assert not Entry.objects.filter(actor=erika, verb__startswith="forum.").exists()
