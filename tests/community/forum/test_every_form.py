"""Fifty copies of every form of the forum, of comments and of the directory at the same moment have one effect."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from community.forum import arranging, rota, urls
from community.forum.models import Board, Post, PostVersion, Reaction, Reading, Report, Topic, Visitor
from community.forum.models_arranged import Rearrangement
from community.forum.models_box import BoxQuestion
from community.forum.models_polls import Poll, Vote
from community.forum.models_rituals import RitualDay
from community.forum.models_wishes import BoardWish
from community.forum.verbs import ForumVerb
from core.comments.models import Comment
from core.comments.verbs import CommentsVerb
from core.journal.models import Entry
from programs.directory.models import Profile
from tests.at_once import VERY_MANY, at_once
from tests.factories.forum import make_post, make_topic

# What is only looked at, what says the same each time, and what is tried elsewhere.
NOTHING_TO_DO = {
    *(
        "forum",
        "topic_similar",
        "topic_detail",
        "topic_news",
        "person_posts",
        "post_read",
        "post_versions",
        "forum_host",
    ),
    *("rituals", "ritual", "rota", "boards", "forum_health"),
}
TRIED_ELSEWHERE = {"topic_new", "post_add", "lifecycle_answer"}  # test_at_once.py
Rows = Callable[[], "QuerySet[Any]"]


@dataclass(frozen=True)
class Form:
    """`rows` are one more, or one fewer, afterwards."""

    name: str
    of: Any
    values: dict[str, Any]
    rows: Rows
    by: str = "manager"
    query: str = ""


def told(verb: ForumVerb) -> Rows:
    return lambda: Entry.objects.filter(verb=verb)


def forms_of(world: Any) -> list[Form]:
    """In an order in which each finds what it needs."""
    ideas, questions = (Board.objects.get(program=world.program, key=key) for key in ("ideas", "questions"))
    topics = [make_topic(world, world.influencer, title=f"Topic {number}") for number in range(6)]
    posts = [make_post(topic, world.influencer2, f"Said {topic.title}") for topic in topics]
    one, two, three = topics[:3]
    merged = arranging.merge(topics[4], into=topics[5], by=world.manager)
    ritual, choice = world.ritual.pk, world.poll.choices.all()[0]
    monday = world.today - timedelta(days=world.today.weekday()) + timedelta(days=7)
    friday = monday + timedelta(days=4)
    rota.plan(world.program, week=monday + timedelta(days=7), person=world.coach, was=None, by=world.manager)
    texts = {
        "texts-TOTAL_FORMS": 1,
        "texts-INITIAL_FORMS": 0,
        "texts-0-title": "Well?",
        "texts-0-text": "What went well?",
    }
    series = {"name": "Fridays", "weekday": 4, "at": "09:00", "board": ideas.pk, "version": 1} | texts
    profile = {"version": world.profile.version, "site": "Bremen", "agrees": "on", "show_site": "on"}
    return [
        Form("post_take_back", posts[3].pk, {}, Post.objects.present, "influencer2"),
        Form("topic_answers", one.pk, {"text": "Who knows?"}, lambda: Reading.objects.filter(follows=True), "coach"),
        Form("topic_answers_not", one.pk, {}, lambda: Reading.objects.filter(follows=True), "coach", "?follows="),
        Form("post_react", posts[0].pk, {"kind": "thanks", "on": "on"}, Reaction.objects.all),
        Form("poll_vote", world.poll.pk, {"choice": choice.pk}, Vote.objects.all, "influencer2"),
        Form("poll_close", world.poll.pk, {}, lambda: Poll.objects.filter(closes_at=None), "influencer"),
        Form("topic_follow", one.pk, {"follows": "no"}, lambda: Reading.objects.filter(follows=False), "coach"),
        Form("board_follow", ideas.pk, {"follows": "no"}, BoardWish.objects.all, "coach"),
        Form("topic_seen", one.pk, {"to": 2}, lambda: Reading.objects.filter(topic=one, read_to=2), "coach"),
        Form("post_report", posts[0].pk, {"reason": "No answer."}, Report.objects.all, "coach"),
        Form("report_decide", world.reported_post.pk, {"decision": "stays"}, told(ForumVerb.DECIDED)),
        Form("post_mark", posts[0].pk, {}, lambda: Topic.objects.exclude(answer=None), "influencer"),
        Form("post_unmark", posts[0].pk, {}, lambda: Topic.objects.exclude(answer=None), "influencer"),
        Form("post_edit", posts[0].pk, {"text": "Better.", "version": 1}, PostVersion.objects.all, "influencer2"),
        Form("post_edit_undo", posts[0].pk, {}, PostVersion.objects.all, "influencer2", "?version=2"),
        Form("post_delete", posts[1].pk, {}, Post.objects.present, "influencer2"),
        Form("post_restore", posts[1].pk, {}, Post.objects.present, "influencer2"),
        Form("post_remove", posts[1].pk, {"because": "A customer."}, told(ForumVerb.POST_REMOVED)),
        Form("post_restore", posts[1].pk, {}, told(ForumVerb.POST_RESTORED)),
        Form("topic_tidy", one.pk, {"do": "pin"}, told(ForumVerb.PINNED)),
        Form("topic_tidy", one.pk, {"do": "close"}, told(ForumVerb.CLOSED)),
        Form("topic_tidy", one.pk, {"do": "move", "board": "ideas"}, told(ForumVerb.MOVED)),
        Form("topic_split", two.pk, {"posts": make_post(two, world.coach).pk, "title": "Apart", "board": ideas.pk},
             Rearrangement.objects.all),
        Form("topic_merge", three.pk, {"into": two.pk}, told(ForumVerb.MERGED)),
        Form("rearrangement_undo", merged.pk, {}, told(ForumVerb.ARRANGED_BACK)),
        Form("topic_remove", topics[3].pk, {"because": "Twice."}, told(ForumVerb.REMOVED)),
        Form("topic_tidy", topics[3].pk, {"do": "restore"}, told(ForumVerb.RESTORED)),
        Form("question_box", None, {"title": "May I?", "key": uuid4()}, BoxQuestion.objects.all, "influencer"),
        Form("box_decide", world.box_question.pk, {"do": "release", "board": questions.pk}, Topic.objects.all),
        Form("ritual_begin", "monday-question", {}, told(ForumVerb.RITUAL_BEGUN)),
        Form("ritual_edit", ritual, series, told(ForumVerb.RITUAL_CHANGED)),
        Form("ritual_approve", ritual, {"version": 2, "weeks": 12, "once": uuid4()}, told(ForumVerb.RITUAL_APPROVED)),
        Form("ritual_skip", ritual, {"on": friday.isoformat(), "skips": 1}, RitualDay.objects.all),
        Form("ritual_step", ritual, {"do": "pause"}, told(ForumVerb.RITUAL_PAUSED)),
        Form("rota_plan", None, {"week": monday.isoformat(), "person": world.manager.pk, "was": ""},
             told(ForumVerb.ROTA_PLANNED)),
        Form("rota_swap", None,
             {"one": monday.isoformat(), "other": (monday + timedelta(days=7)).isoformat(), "once": uuid4()},
             told(ForumVerb.ROTA_SWAPPED)),
        Form("board_make", world.generation.pk, {}, Board.objects.all),
        Form("board_step", questions.pk, {"do": "down", "once": uuid4()}, told(ForumVerb.BOARDS_ORDERED)),
        Form("forum_open", None, {}, lambda: Board.objects.filter(pk=0)),
        Form("forum_read", None, {}, lambda: Visitor.objects.exclude(all_read_at=None), "coach"),
        Form("forum_settings", None, {"words_go": "yes"}, lambda: Visitor.objects.filter(words_go=True), "coach"),
        Form("comments:comment_edit", (world.comment.pk,), {"text": "Other words.", "version": world.comment.version},
             told(CommentsVerb.CHANGED), "coach"),
        Form("comments:comment_add", ("item", world.item.pk), {"text": "Once.", "key": uuid4()}, Comment.objects.all),
        Form("comments:comment_delete", (world.comment.pk,), {}, Comment.objects.present, "coach"),
        Form("comments:comment_restore", (world.comment.pk,), {}, Comment.objects.present, "coach"),
        Form("programs:profile_edit", None, profile, lambda: Profile.objects.filter(site="Bremen"), "influencer"),
    ]  # fmt: skip


def test_every_form_of_the_forum_is_among_them(world: Any) -> None:
    names = {each.name for each in urls.urlpatterns}
    assert names - NOTHING_TO_DO - TRIED_ELSEWHERE == {form.name for form in forms_of(world) if ":" not in form.name}


@pytest.mark.django_db(transaction=True)
def test_sent_fifty_times_at_once_each_has_one_effect(world: Any) -> None:
    wrong: list[tuple[Any, ...]] = []
    for form in forms_of(world):
        before, answers = form.rows().count(), at_once(lambda form=form: sent(world, form), VERY_MANY)  # type: ignore[misc]
        made = form.rows().count() - before
        if abs(made) != (form.name != "forum_open") or not set(answers) <= {200, 204, 302, 404, 409, 410, 422}:
            wrong.append((form.name, form.values.get("do", ""), made, {each: answers.count(each) for each in answers}))
    assert not wrong


def sent(world: Any, form: Form) -> int:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[form.by]
    name = form.name if ":" in form.name else f"community:{form.name}"
    of = [form.of] if form.of is not None else []
    args = form.of if isinstance(form.of, tuple) else [world.program.slug, *of]
    return client.post(reverse(name, args=args) + form.query, form.values).status_code
