"""What stays and what goes when somebody leaves and when a month is over; what newsletter and start page say."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.forum import blocks, hosting, jobs, leaving, posts, services
from community.forum.models import Post, PostVersion, Reaction, Reading, Report, Topic, Visitor
from community.forum.room import ROOM
from core.kit.kept import in_numbers
from core.writing.models import Draft
from core.writing.services import keep_draft
from programs.membership.models import Membership
from tests.factories.attachments import make_picture
from tests.factories.forum import make_post, make_topic

MONTH = timedelta(days=31)


def url(topic: Topic) -> str:
    return f"/p/nordlichter/forum/{topic.pk}/"


def take_part(world: Any) -> None:
    """The influencer leaves traces of every kind."""
    posts.react(world.post, kind="thanks", by=world.influencer)
    services.read(world.topic, to=2, by=world.influencer)


def traces(world: Any) -> list[int]:
    person = world.influencer
    return [
        Reaction.objects.filter(person=person).count(),
        Reading.objects.filter(person=person).count(),
        Report.objects.filter(by=person).count(),
        Visitor.objects.filter(person=person).count(),
    ]


def test_words_stay_without_the_name(world: Any, sign_in: Any) -> None:
    take_part(world)
    assert [words for _count, words in in_numbers(leaving.kept(world.influencer, world.program))] == [
        "posts in the forum, which stay without your name"
    ]
    leaving.forget_person(world.influencer, world.program)
    assert traces(world) == [0, 0, 0, 0]
    assert not Post.objects.filter(by=world.influencer).exists()
    text = sign_in(world.coach).get(url(world.topic)).content.decode()
    assert ("Two colleagues are in them." in text, "Former member" in text) == (True, True)


def test_drafts_of_answers_go_and_pictures_lose_the_name(world: Any) -> None:
    person, topic = world.influencer, world.topic
    for key in (f"forum:{world.program.pk}", f"topic:{topic.pk}", f"forum:{world.program.pk}:away"):
        keep_draft(person, key, "Not said yet")
    picture = make_picture(world.program.pk, kind="topic", target_id=topic.pk, by=person)
    leaving.forget_person(person, world.program)
    assert not Draft.objects.filter(person=person).exists()
    picture.refresh_from_db()
    assert picture.by is None


def test_words_go_with_quotes_and_the_answers_stay(world: Any, sign_in: Any) -> None:
    take_part(world)
    services.change_settings(world.program, by=world.influencer, words_go=True)
    reply = make_post(world.topic, world.coach, "> Two colleagues are in them.\n\nThen ask @Influencer.\n\n> Another's")
    alone = make_topic(world, world.influencer, title="Nobody answered")
    elsewhere = make_post(make_topic(world, world.coach), world.coach, "> Two colleagues are in them.\n\n> Two\n\nMine")
    key = f"topic:{world.topic.pk}"
    keep_draft(world.coach, key, "> Two colleagues are in them.\n\nI think")
    leaving.forget_person(world.influencer, world.program)
    reply.refresh_from_db()
    begun = Draft.objects.get()
    assert (begun.text, begun.version) == ("> …\n\nI think", 2)
    assert reply.version == 2  # whoever is changing it is shown what it says now
    assert reply.text == f"> …\n\nThen ask @[{world.influencer.pk}].\n\n> Another's"
    text = sign_in(world.coach).get(url(world.topic)).content.decode()
    assert ("Two colleagues" in text, "Ask them first" in text) == (False, True)
    assert not Topic.objects.filter(pk=alone.pk).exists()
    elsewhere.refresh_from_db()
    assert elsewhere.text == "> …\n\n> Two\n\nMine"
    search = reverse("community:forum", args=["nordlichter"]) + "?q=colleagues"
    assert "Then ask" not in sign_in(world.coach).get(search).content.decode()
    assert traces(world) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("> one two\nmine", "> …\nmine"),
        ("> one\n> two\nmine", "> …\nmine"),
        ("> **one** two", "> …"),
        ("> three\nmine", "> three\nmine"),
        ("one two", "one two"),
        (">", ">"),
    ],
)
def test_only_quoted_words_that_go_are_taken_out(text: str, left: str) -> None:
    assert leaving.without_quotes(text, ["one two", "zero"]) == left


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("See [the plan](https://example.com/a), @[7], first.", "See the plan, @[7], first."),
        ("Use `x` now, please.", "Use x now, please."),
        ("Take ~~all~~ of it, and \\*that\\*.", "Take all of it, and *that*."),
        ("R&amp;D decides.", "R&D decides."),
        ("| a | b |\n| --- | --- |\n| left cell | right cell |", "left cell\tright cell"),
        ("Look: <https://example.com/a> now", "Look: https://example.com/a now"),
        ("\U0001f642", "\U0001f642"),
    ],
)
def test_what_was_quoted_as_it_stood_on_the_page_goes_too(written: str, quoted: str) -> None:
    """The button beside a selection quotes words, not what makes them a link."""
    assert leaving.without_quotes(f"> {quoted}\n\nmine", [written]) == "> …\n\nmine"


def test_whom_others_quoted_stays_said() -> None:
    text = "> @[7]:\n> Another's words\n\nmine"
    assert leaving.without_quotes(text, ["In 1907, @[7] asked."]) == text


def test_the_program_of_another_person_is_left_alone(world: Any) -> None:
    leaving.forget_person(world.stranger, world.program)
    assert Post.objects.filter(by=world.stranger, program=world.other_program).exists()


def test_a_host_whose_role_was_forgotten_is_forgotten(world: Any) -> None:
    post = make_post(world.topic, world.coach)
    jobs.retention()
    assert Post.objects.get(pk=post.pk).by == world.coach
    Membership.objects.filter(user=world.coach).delete()
    jobs.retention()
    assert Post.objects.get(pk=post.pk).by is None


def test_what_was_deleted_goes_after_a_month(world: Any) -> None:
    posts.edit_post(world.post, text="Other words", version=1, by=world.influencer2)
    posts.delete_post(world.post, by=world.influencer2)
    other = make_topic(world, world.influencer)
    hosting.remove_topic(other, by=world.manager)
    hosting.decide(world.reported_post, decision="stays", because="", by=world.coach)
    for purge in ROOM.retention:
        purge()
    assert Post.objects.filter(pk=world.post.pk).exists()
    old = timezone.now() - MONTH
    Post.objects.filter(pk=world.post.pk).update(deleted_at=old)
    Topic.objects.filter(pk=other.pk).update(deleted_at=old)
    Report.objects.update(decided_at=old)
    for purge in ROOM.retention * 2:
        purge()
    assert not Post.objects.filter(pk=world.post.pk).exists()
    assert not PostVersion.objects.exists()
    assert not Topic.objects.filter(pk=other.pk).exists()
    assert not Report.objects.exists()


def test_a_newsletter_names_what_hosts_pinned_and_nothing_else(world: Any) -> None:
    secret = make_topic(world, world.manager, "hosts", title="Among us")
    for topic in (secret, world.topic):
        hosting.tidy(topic, "pin", by=world.manager)
    make_topic(world, world.influencer, title="Not pinned")
    told = blocks.forum(world.program, "en", world.today)
    assert told == [(world.topic.title, "Questions"), ("Welcome: how asking works here", "Questions")]
    assert blocks.forum(world.program, "de", world.today)[0] == (world.topic.title, "Fragen")
    hosting.remove_topic(world.topic, by=world.manager)
    assert len(blocks.forum(world.program, "en", world.today)) == 1


def test_the_start_page_says_what_is_new(world: Any, sign_in: Any) -> None:
    home = "/p/nordlichter/"
    for person, sees in ((world.coach, True), (world.influencer2, True), (world.executive, False)):
        assert ("In the forum" in sign_in(person).get(home).content.decode()) is sees
    services.read_everything(world.program, by=world.coach, until=timezone.now())
    Topic.objects.update(replies=1, replies_of_others=1)  # nobody waits
    assert blocks.tile(world.coach, world.program, world.today) is None
