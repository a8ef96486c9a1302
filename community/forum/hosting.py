"""What hosts change: each step is in the journal and can be taken back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from community.forum import news, posts
from community.forum.models import Board, Decision, Post, Report, Topic
from community.forum.sums import sum_up
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.journal.changes import changes_of, key_of, pair
from core.news import services as told

if TYPE_CHECKING:
    from core.people.models import User

Change = Callable[[], dict[str, Any]]
STEPS: dict[str, tuple[ForumVerb, Change]] = {
    "pin": (ForumVerb.PINNED, lambda: {"pinned_at": timezone.now()}),
    "unpin": (ForumVerb.UNPINNED, lambda: {"pinned_at": None}),
    "close": (ForumVerb.CLOSED, lambda: {"closed_at": timezone.now()}),
    "reopen": (ForumVerb.REOPENED, lambda: {"closed_at": None}),
}


@transaction.atomic
def tidy(topic: Topic, step: str, *, by: "User") -> Topic:
    """Pin, close, or take one of them back; doing it twice does it once."""
    verb, change = STEPS[step]
    values = change()
    (field,) = values
    was_empty = values[field] is not None
    if Topic.objects.filter(pk=topic.pk, **{f"{field}__isnull": was_empty}).update(**values):
        journal.record(verb, topic, by=by)
    return topic


@transaction.atomic
def move_topic(topic: Topic, *, board: Board, by: "User") -> Topic:
    """Whoever follows it keeps following, and its address stays. In another board it may no longer be a question."""
    answer = {} if topic.answer_id else {"is_question": board.asks}
    topic.board = board
    changed = changes_of(topic, ("board",))
    if Topic.objects.filter(pk=topic.pk).exclude(board=board).update(board=board, **answer):
        news.topic_moved(topic)
        journal.record(ForumVerb.MOVED, topic, by=by, changes=changed)
    return topic


@transaction.atomic
def remove_topic(topic: Topic, *, because: str = "", by: "User") -> Topic:
    """With everything said in it; whoever began it reads why. Back with `restore_topic` within 30 days."""
    gone = {"deleted_at": timezone.now(), "deleted_by": by, "deleted_because": because}
    if Topic.objects.present().filter(pk=topic.pk).update(**gone):
        news.topic_gone(topic)
        journal.record(ForumVerb.REMOVED, topic, by=by)
    return topic


@transaction.atomic
def restore_topic(topic: Topic, *, by: "User") -> Topic:
    """With the first post, if that went with it: one that went before stays gone."""
    back = {"deleted_at": None, "deleted_by": None, "deleted_because": ""}
    went = Topic.objects.put_away().filter(pk=topic.pk)
    Post.objects.put_away().filter(topic=topic, number=1, deleted_at__in=went.values("deleted_at")).update(**back)
    if went.update(**back):
        sum_up([topic.pk])
        news.topic_gone(topic, is_gone=False)
        journal.record(ForumVerb.RESTORED, topic, by=by)
    return topic


@transaction.atomic
def report(post: Post, *, reason: str, by: "User") -> None:
    """Ask the hosts to look at it; once per person until they decided. In no journal: nobody learns who it was."""
    Report.objects.bulk_create(
        [Report(program_id=post.program_id, post=post, by=by, reason=reason)], ignore_conflicts=True
    )
    told.forget_gone(news.REPORTED, items=[post.pk])  # what was decided before is other news
    news.tell_hosts(post)


@transaction.atomic
def decide(post: Post, *, decision: str, because: str, by: "User") -> int:
    """One answer to everybody who reported the post. How many reports that settled."""
    settled = Report.objects.filter(post=post, decided_at=None).update(
        decision=decision, decided_at=timezone.now(), decided_by=by
    )
    if settled and decision == Decision.GOES and post.deleted_at is None:
        posts.delete_post(post, by=by, because=because)
    if settled:
        told.gone(news.REPORTED, items=[post.pk])
        said = {key_of(Report, "decision"): pair("", decision)}
        journal.record(ForumVerb.DECIDED, post.topic, by=by, program_id=post.program_id, changes=said)
    return settled


@transaction.atomic
def take_back_decision(post: Post, *, by: "User") -> None:
    """The reports that were settled last wait again, and the post is there again, unless its author deleted it."""
    last = Report.objects.filter(post=post).exclude(decided_at=None).order_by("-decided_at").first()
    if last is None:
        return
    if last.decision == Decision.GOES and post.deleted_at is not None and not post.is_own_deletion:
        posts.restore_post(post, by=by)
    again = set(Report.objects.filter(post=post, decided_at=None).values_list("by", flat=True))  # reported it once more
    settled = Report.objects.filter(post=post, decided_at=last.decided_at).exclude(by__in=again)
    settled.update(decision="", decided_at=None, decided_by=None)
    told.gone(news.REPORTED, items=[post.pk], is_gone=False)
    undone = {key_of(Report, "decision"): pair(last.decision, "")}
    journal.record(ForumVerb.DECIDED, post.topic, by=by, program_id=post.program_id, changes=undone)
