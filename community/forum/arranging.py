"""Topics are merged and split. Old addresses of posts lead to where they stand now; each step can be taken back."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.forum import news, pictures
from community.forum.models import Board, Post, Reading, Topic
from community.forum.models_arranged import FormerPlace, Kind, Rearrangement
from community.forum.services import post_draft
from community.forum.sums import index, sum_up
from community.forum.verbs import ForumVerb
from core.journal import services as journal
from core.writing.models import Draft

if TYPE_CHECKING:
    from core.people.models import User

BATCH = 500


class OtherReaders(Exception):
    """What was said to some would be read by others."""


class MovedOn(Exception):
    """The topic or its posts are no longer where this step expects them."""


class Removed(Exception):
    """One of the topics was removed or deleted: undoing this step must not bring back what was said in it."""


@transaction.atomic
def merge(source: Topic, *, into: Topic, by: "User") -> Rearrangement:
    """All posts of a topic go on behind the last one of another, which keeps its numbers. Raises OtherReaders when the
    boards have other readers, MovedOn when one of the topics was merged or removed meanwhile."""
    source, target = _locked(source, into)
    if source.board.readers != target.board.readers:
        raise OtherReaders
    step = Rearrangement.objects.create(
        program_id=source.program_id,
        kind=Kind.MERGE,
        source=source,
        target=target,
        source_answer_id=source.answer_id,
        target_answer_id=target.answer_id,
        by=by,
    )
    _merge_readings(source, target)
    _merge_drafts(source, target)
    answer = target.answer_id or (source.answer_id if target.is_question else None)
    posts = list(source.posts.order_by("number"))
    _relocate(((post, target.posts_made + post.number) for post in posts), target, step)
    made = target.posts_made + source.posts_made
    Topic.objects.filter(pk=target.pk).update(posts_made=made, answer=answer)
    Topic.objects.filter(pk=source.pk).update(merged_into=target)
    sum_up([source.pk, target.pk])
    journal.record(ForumVerb.MERGED, target, by=by)
    return step


@transaction.atomic
def split(source: Topic, *, posts: Iterable[Post], title: str, board: Board, by: "User") -> Rearrangement:
    """Some posts become a topic of their own, in their order; the first post of a topic stays. Raises OtherReaders,
    and MovedOn when one of the posts went elsewhere meanwhile."""
    if board.readers != source.board.readers:
        raise OtherReaders
    wanted = {post.pk for post in posts}
    (source,) = _locked(source)
    moved = list(source.posts.present().filter(pk__in=wanted, number__gt=1).order_by("number"))
    if not moved or len(moved) != len(wanted):
        raise MovedOn
    target = Topic.objects.create(
        program_id=source.program_id,
        board=board,
        by_id=moved[0].by_id,
        title=" ".join(title.split()),
        is_question=board.asks,
        last_at=timezone.now(),
        posts_made=len(moved),
    )
    Topic.objects.filter(pk=target.pk).update(created_at=moved[0].at)
    step = Rearrangement.objects.create(
        program_id=source.program_id,
        kind=Kind.SPLIT,
        source=source,
        target=target,
        source_answer_id=source.answer_id,
        by=by,
    )
    answer = None if source.answer_id in wanted else source.answer_id
    numbers = [post.number for post in moved]
    _relocate(zip(moved, range(1, len(moved) + 1), strict=True), target, step)
    Topic.objects.filter(pk=source.pk).update(answer=answer)
    readers = source.readings.exclude(follows=None, read_to=0)
    authors = {post.by_id for post in moved}
    Reading.objects.bulk_create(
        Reading(
            topic=target,
            person_id=reading.person_id,
            read_to=sum(number <= reading.read_to for number in numbers),
            follows=reading.follows if reading.follows is False or reading.person_id in authors else None,
        )
        for reading in readers
    )
    sum_up([source.pk, target.pk])
    journal.record(ForumVerb.SPLIT, target, by=by)
    return step


@transaction.atomic
def take_back(step: Rearrangement, *, by: "User") -> Topic:
    """Every post is where it stood; what was said in a split-off topic since goes along. Done twice, it is done once.
    Raises MovedOn when a later step moved the posts on: that one is taken back first. Raises Removed and OtherReaders
    when the posts would be seen by people who do not see them now."""
    step = Rearrangement.objects.select_for_update(of=("self",)).get(pk=step.pk)
    source = Topic.objects.get(pk=step.source_id)
    if step.undone_at is not None:
        return source
    source, target = _locked(step.source, step.target, merged=True)
    places = list(step.places.select_related("post").order_by("number"))
    stands_in = target.pk if step.kind == Kind.MERGE else None
    if (source.merged_into_id, target.merged_into_id) != (stands_in, None):
        raise MovedOn
    if any(place.post.topic_id != target.pk for place in places):
        raise MovedOn
    if source.deleted_at is not None or target.deleted_at is not None:
        raise Removed
    if source.board.readers != target.board.readers:
        raise OtherReaders
    answers = {source.pk: step.source_answer_id, target.pk: step.target_answer_id}
    if step.kind == Kind.MERGE and target.answer_id not in (step.source_answer_id, step.target_answer_id):
        answers[target.pk] = target.answer_id  # marked since
    _relocate(((place.post, place.number) for place in places), source, None)
    Topic.objects.filter(pk=source.pk).update(merged_into=None, answer=step.source_answer_id)
    if step.kind == Kind.SPLIT:
        since = list(target.posts.order_by("number"))
        _relocate(((post, source.posts_made + at) for at, post in enumerate(since, start=1)), source, None)
        Topic.objects.filter(pk=source.pk).update(posts_made=F("posts_made") + len(since))
        Topic.objects.filter(pk=target.pk).update(merged_into=source, answer=None)
    else:
        Topic.objects.filter(pk=target.pk).update(answer=answers[target.pk])
    Rearrangement.objects.filter(pk=step.pk).update(undone_at=timezone.now())
    sum_up([source.pk, target.pk])
    journal.record(ForumVerb.ARRANGED_BACK, source, by=by)
    return source


def _locked(*topics: Topic, merged: bool = False) -> list[Topic]:
    """The topics as they are now, held; always in the same order, so that two hosts never wait for each other."""
    wanted = [topic.pk for topic in topics]
    held = Topic.objects.select_for_update(of=("self",), no_key=True)  # what people read meanwhile may still name them
    rows = held.filter(pk__in=wanted).select_related("board").order_by("pk")
    found = {topic.pk: topic for topic in (rows if merged else rows.filter(deleted_at=None, merged_into=None))}
    if len(found) != len(set(wanted)) or len(set(wanted)) != len(wanted):
        raise MovedOn
    return [found[pk] for pk in wanted]


def _relocate(moves: Iterable[tuple[Post, int]], target: Topic, step: Rearrangement | None) -> None:
    """Posts with their numbers in the target; the old addresses are kept, pictures go along, the search follows."""
    moves = list(moves)
    if not moves:
        return
    posts = [post for post, _number in moves]
    sources = {post.topic_id for post in posts}
    FormerPlace.objects.filter(topic=target, number__in=[number for _post, number in moves]).delete()
    FormerPlace.objects.bulk_create(
        (FormerPlace(topic_id=post.topic_id, number=post.number, post=post, step=step) for post in posts),
        batch_size=BATCH,
    )
    # a topic's marks hold their posts: let go first
    Topic.objects.filter(pk__in=sources | {target.pk}).update(last_post=None)
    Topic.objects.filter(answer__in=posts).update(answer=None)
    titled = [post for post, number in moves if post.number == 1 or number == 1]
    for source in sources:
        pictures.move([post for post in posts if post.topic_id == source], source, target.pk)
    for post, number in moves:
        post.topic, post.number = target, number
    Post.objects.bulk_update(posts, ["topic", "number"], batch_size=BATCH)
    news.posts_moved(posts, target)
    for post in titled:
        index(post, target)


def _merge_readings(source: Topic, target: Topic) -> None:
    """Who followed one follows both; who had read both to the end has nothing new to read."""
    there = {each.person_id: each for each in target.readings.all()}
    rows = []
    for reading in source.readings.all():
        mine = there.get(reading.person_id) or Reading(topic=target, person_id=reading.person_id)
        has_read_all = reading.read_to >= source.posts_made and mine.read_to >= target.posts_made
        mine.read_to = target.posts_made + source.posts_made if has_read_all else mine.read_to
        mine.follows = reading.follows if mine.follows is None else mine.follows
        rows.append(mine)
    Reading.objects.bulk_create(
        [Reading(topic=target, person_id=r.person_id, read_to=r.read_to, follows=r.follows) for r in rows],
        update_conflicts=True,
        unique_fields=["topic", "person"],
        update_fields=["read_to", "follows"],
    )


def _merge_drafts(source: Topic, target: Topic) -> None:
    """What somebody is writing in the one stands in the other now; two drafts become one."""
    kept = {draft.person_id: draft for draft in Draft.objects.filter(key=post_draft(target))}
    for draft in Draft.objects.filter(key=post_draft(source)):
        if other := kept.get(draft.person_id):
            other.text = f"{other.text}\n\n{draft.text}"
            other.version += 1
            other.save()
            draft.delete()
        else:
            draft.key = post_draft(target)
            draft.save(update_fields=["key"])
