"""What changes in the forum. What people write is not in the journal: it stands in the forum, with their name."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from community.forum import newcomers, news, polls, tasks, templates
from community.forum.links import link
from community.forum.models import Board, Post, Reading, Topic, Visitor
from community.forum.models_wishes import BoardWish
from community.forum.queries import people_to_name
from community.forum.sums import index
from community.forum.verbs import ForumVerb
from core.attachments import services as attachments
from core.journal import services as journal
from core.kit import page_cache
from core.kit.markdown import attachments_of
from core.kit.wake import wake
from core.news import services as told
from core.people import mentions
from core.writing.services import forget_draft
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


class TopicIsClosed(Exception):
    """Nothing more is said in it."""


now = timezone.now


def topic_draft(program: Program) -> str:
    return f"forum:{program.pk}"


def post_draft(topic: Topic) -> str:
    return f"topic:{topic.pk}"


@transaction.atomic
def open_forum(program: Program, *, by: "User") -> list[Board]:
    """A forum is opened by who hosts it, and the journal keeps when: whether there is one is agreed on beforehand."""
    if boards := list(Board.objects.select_for_update().filter(program=program)):
        return boards
    boards = Board.objects.bulk_create(templates.boards(program))
    welcome = templates.welcome(by.language)
    board = next(board for board in boards if board.key == welcome.board)
    topic = open_topic(board, key=uuid4(), title=welcome.title, text=welcome.text, by=by, is_question=False)
    Topic.objects.filter(pk=topic.pk).update(pinned_at=timezone.now())
    journal.record(ForumVerb.OPENED, program, by=by)
    page_cache.changed(program.pk)
    return boards


@transaction.atomic
def open_topic(
    board: Board,
    *,
    key: UUID,
    title: str,
    text: str,
    by: "User",
    is_question: bool | None = None,
    poll: dict[str, Any] | None = None,
) -> Topic:
    """As `begin_topic`, from the form: with it the draft goes."""
    topic = begin_topic(board, key=key, title=title, text=text, by=by, is_question=is_question, poll=poll)
    forget_draft(by, topic_draft(board.program))
    return topic


@transaction.atomic
def begin_topic(
    board: Board,
    *,
    key: UUID,
    title: str,
    text: str,
    by: "User",
    is_question: bool | None = None,
    poll: dict[str, Any] | None = None,
) -> Topic:
    """Ask or bring up something, once: the same key again is the same topic. `poll` is what `polls.ask` takes. Raises
    newcomers.UsedUp."""
    _one_at_a_time(by)
    if said := _said(key, by):
        return said.topic
    newcomers.check_topics(by, board.program)
    topic = Topic.objects.create(
        program_id=board.program_id,
        board=board,
        by=by,
        title=" ".join(title.split()),
        is_question=board.asks if is_question is None else is_question,
        last_at=timezone.now(),
    )
    topic.board = board
    post = _say(topic, key=key, text=text, by=by)
    if poll:
        polls.ask(post, **poll)
    pictures = attachments_of(text)
    attachments.move(pictures, of=("forum", board.program_id), to=("topic", topic.pk), by=by)
    return topic


@transaction.atomic
def open_unnamed(board: Board, *, key: UUID, title: str, text: str) -> Topic:
    """A question from the box: no writer, nobody who follows by having asked, and no name is looked for in it."""
    topic = Topic.objects.create(
        program_id=board.program_id, board=board, title=title, is_question=board.asks, last_at=timezone.now()
    )
    post = Post.objects.create(
        program_id=board.program_id, topic=topic, number=1, key=key, text=text, is_unnamed=True, told_at=timezone.now()
    )
    index(post, topic)
    Topic.objects.filter(pk=topic.pk).update(posts_made=1, last_post=post, last_at=post.at)
    return topic


@transaction.atomic
def add_post(topic: Topic, *, key: UUID, text: str, by: "User") -> Post:
    """Answer, once: the same key again is the same post. Raises TopicIsClosed or newcomers.UsedUp."""
    _one_at_a_time(by)
    locked = _held_at_its_end(topic)
    if said := _said(key, by):
        return said
    if locked.is_closed or locked.deleted_at is not None:
        raise TopicIsClosed
    post = _say(locked, key=key, text=text, by=by)
    forget_draft(by, post_draft(locked))
    return post


@transaction.atomic
def mark_answer(post: Post, *, by: "User") -> Topic:
    """This helped. Another one that was marked before gives way."""
    Topic.objects.filter(pk=post.topic_id, is_question=True).update(answer=post)
    post.topic.refresh_from_db(fields=["answer"])
    news.tell_that_it_helped(post, by=by)
    return post.topic


@transaction.atomic
def unmark_answer(post: Post, *, by: "User") -> Topic:
    Topic.objects.filter(pk=post.topic_id, answer=post).update(answer=None)
    post.topic.refresh_from_db(fields=["answer"])
    return post.topic


@transaction.atomic
def follow(topic: Topic, *, by: "User", follows: bool | None) -> None:
    """True: hear of it. False: never again, not even as new. None: as everything else."""
    Reading.objects.update_or_create(topic=topic, person=by, defaults={"follows": follows})
    if follows is False:
        told.read(by, kind="forum.", about=topic.pk)
        news.seen_on_board(topic, to=topic.posts_made, by=by)


@transaction.atomic
def follow_board(board: Board, *, by: "User", follows: bool | None) -> None:
    """True: hear of new topics. False: nothing there is new, but what one follows. None: as all boards."""
    if follows is None:
        BoardWish.objects.filter(board=board, person=by).delete()
    else:
        BoardWish.objects.update_or_create(board=board, person=by, defaults={"follows": follows})
    if follows is False:
        news.board_muted(board, by=by)


@transaction.atomic
def change_settings(program: Program, *, by: "User", **wishes: object) -> None:
    """The person's own; in no journal."""
    Visitor.objects.update_or_create(program=program, person=by, defaults=wishes)


@transaction.atomic
def read(topic: Topic, *, to: int, by: "User") -> None:
    """Somebody has seen the posts up to this one; going back in a topic forgets nothing."""
    if not Reading.objects.filter(topic=topic, person=by, read_to__lt=to).update(read_to=to):
        Topic.objects.select_for_update(no_key=True).get(pk=topic.pk)  # first, as whoever merges it does
        Reading.objects.bulk_create([Reading(topic=topic, person=by, read_to=to)], ignore_conflicts=True)
    news.seen(topic, to=to, by=by)


@transaction.atomic
def read_everything(program: Program, *, by: "User", until: datetime | None) -> datetime | None:
    """Nothing older is news. Answers what was so before, for undo."""
    visitor, _is_new = Visitor.objects.select_for_update().get_or_create(program=program, person=by)
    before = visitor.all_read_at
    Visitor.objects.filter(pk=visitor.pk).update(all_read_at=until)
    return before


def _one_at_a_time(person: "User") -> None:
    """Until the end of the transaction: what one person sends twice at the same moment comes one after the other."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)


def _held_at_its_end(topic: Topic) -> Topic:
    """The topic, or the one it was merged into. Held alone: whoever merges holds two, in the order of their numbers."""
    pk = topic.pk
    while further := Topic.objects.values_list("merged_into", flat=True).get(pk=pk):
        pk = further
    held = Topic.objects.select_for_update(of=("self",), no_key=True).select_related("board__generation", "program")
    with transaction.atomic():
        locked = held.get(pk=pk)
        if locked.merged_into_id:  # this very moment: let it go again
            transaction.set_rollback(True)
    return _held_at_its_end(locked) if locked.merged_into_id else locked


def _said(key: UUID, by: "User") -> Post | None:
    """What this form said already, wherever it was moved since. What was deleted or taken back may be said again."""
    there = Post.objects.present().filter(key=key, by=by, topic__deleted_at=None)
    return there.select_related("topic__program", "topic__board").first()


def _say(topic: Topic, *, key: UUID, text: str, by: "User") -> Post:
    Post.objects.filter(key=key, by=by).update(key=uuid4())  # deleted or taken back: this form says it again
    if Post.objects.filter(key=key).exists():
        key = uuid4()  # somebody else's number: nobody has that by accident
    text = mentions.kept(text, mentions.names_of(people_to_name(topic.program, topic.board)))
    newcomers.check_post(by, topic.program, text)
    post = Post.objects.create(
        program_id=topic.program_id,
        topic=topic,
        number=topic.posts_made + 1,
        key=key,
        by=by,
        text=text,
    )
    index(post, topic)
    link(post)
    topic.posts_made = post.number
    topic.replies += post.number > 1
    topic.replies_of_others += post.number > 1 and topic.by_id != by.pk
    topic.last_post, topic.last_at = post, post.at
    topic.save(update_fields=["posts_made", "replies", "replies_of_others", "last_post", "last_at"])
    read(topic, to=post.number, by=by)
    Reading.objects.filter(topic=topic, person=by, follows=None).update(follows=True)
    wake(tasks.tell, post.pk)
    return post
