"""Polls: asked with a topic, answered in secret, changed until they close."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.forum.models import Post
from community.forum.models_polls import Poll, PollChoice, Vote
from core.disclosure import gate
from programs.membership.models import HISTORY, Membership, Program
from programs.membership.standing import count_anew, was_told

if TYPE_CHECKING:
    from core.people.models import User


class PollIsClosed(Exception):
    """Nobody votes any more."""


class TopicOfPollIsClosed(PollIsClosed):
    """The whole topic is closed, and its poll with it."""


class ResultIsOut(Exception):
    """Everybody could see how the others voted: a vote from now on would be another one."""


def least_votes(program: Program) -> int:
    """From so many votes on there is a result: beside somebody with four accounts it is still made of k others."""
    return gate.enough(program.group_minimum)


@transaction.atomic
def ask(post: Post, *, question: str, choices: Sequence[str], takes_several: bool, closes_at: datetime | None) -> Poll:
    """Once per post: the same form sent twice asks once."""
    poll, is_new = Poll.objects.get_or_create(
        post=post, defaults={"question": question, "takes_several": takes_several, "closes_at": closes_at}
    )
    if is_new:
        PollChoice.objects.bulk_create(
            PollChoice(poll=poll, position=place, words=words) for place, words in enumerate(choices)
        )
    return poll


@transaction.atomic
def vote(poll: Poll, *, choices: Iterable[PollChoice], by: "User") -> None:
    """Instead of what this person chose before; nothing chosen takes the vote back. Raises PollIsClosed."""
    poll = Poll.objects.select_for_update(of=("self", "post__topic")).select_related("post__topic").get(pk=poll.pk)
    if poll.post.topic.is_closed:
        raise TopicOfPollIsClosed
    if poll.is_closed:
        raise PollIsClosed
    Vote.objects.filter(poll=poll, person=by).delete()
    Vote.objects.bulk_create(
        Vote(poll=poll, choice=choice, person=by, is_only=not poll.takes_several) for choice in choices
    )


@transaction.atomic
def close(poll: Poll) -> datetime | None:
    """From now on the result stands. Answers when it would have closed, for undo."""
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    before = poll.closes_at
    if not poll.is_closed:
        Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now())
    return before


@transaction.atomic
def reopen(poll: Poll, *, until: datetime | None) -> None:
    """Takes a closing back as long as it told nobody anything. An open poll stays as it is. Raises ResultIsOut."""
    poll = Poll.objects.select_for_update(of=("self",)).select_related("post__program").get(pk=poll.pk)
    if not poll.is_closed:
        return
    if has_result(poll):
        raise ResultIsOut
    Poll.objects.filter(pk=poll.pk).update(closes_at=until)
    count_anew(poll.post.program, counted_as(poll))


def counted_as(poll: Poll) -> str:
    """The name of its result among the standing numbers."""
    return f"poll:{poll.pk}"


def has_result(poll: Poll) -> bool:
    """It was shown, or enough voted for the smallest of all groups. Not asked of the program's own, nor of those who
    are here still: who raises the number for a moment, or takes an own account off, would open the poll again, and read
    in the next result what one other person voted since."""
    if was_told(poll.post.program, counted_as(poll)):
        return True
    return votes_that_count(poll).values("person").distinct().count() >= gate.enough()


def votes_that_count(poll: Poll) -> QuerySet[Vote]:
    """Of people who had taken part for a while at the end of it: accounts made for it would tell how others voted."""
    here = Membership.objects.active().filter(program=poll.post.program_id)
    here = here.filter(since__lte=(poll.closes_at or timezone.now()) - HISTORY)
    return Vote.objects.filter(poll=poll, person__in=here.values("user"))
