"""Polls: asked with a topic, answered in secret, changed until they close."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from community.forum.models import Post
from community.forum.models_polls import Poll, PollChoice, Vote

if TYPE_CHECKING:
    from core.people.models import User


class PollIsClosed(Exception):
    """Nobody votes any more."""


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
    poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
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
    Poll.objects.filter(pk=poll.pk).update(closes_at=until)
