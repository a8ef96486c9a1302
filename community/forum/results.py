"""A poll as one person sees it: what they chose, and how the others chose once it may be said."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone

from community.forum import polls as voting
from community.forum import queries
from community.forum.models import Post, Topic
from community.forum.models_polls import Poll, PollChoice, Vote
from core.disclosure import gate
from core.disclosure.gate import People
from programs.membership.models import HISTORY, Membership

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Line:
    """A choice: its words, whether it is mine, and how many chose it as far as that is said."""

    pk: int
    words: str
    is_mine: bool
    count: People | None  # without me
    percent: int  # of the others who voted, in the steps that are said: for the picture


@dataclass(frozen=True)
class Shown:
    poll: Poll
    lines: list[Line]
    voters: People | None  # without me
    has_voted: bool
    may_vote: bool
    may_close: bool
    least: int  # votes from which on the result is shown

    @property
    def shows_result(self) -> bool:
        return self.voters is not None


def polls_of(user: "User", topic: Topic, posts: list[Post], *, may_write: bool, may_host: bool) -> dict[int, Shown]:
    """By post. A result needs the own vote or the end, and k voters besides the one who looks; it tells how the others
    voted, in steps, so that nobody's vote shows in it, and voting anew changes nothing in what one sees. Accounts
    made a moment ago do not fill the k."""
    polls = {post.pk: post.poll for post in posts if hasattr(post, "poll")}
    if not polls:
        return {}
    asked = [poll.pk for poll in polls.values()]
    choices = PollChoice.objects.filter(poll__in=asked).annotate(chosen=Count("votes")).order_by("position")
    mine = set(Vote.objects.filter(poll__in=asked, person=user).values_list("choice", flat=True))
    long_here = Membership.objects.active().filter(program=topic.program, since__lte=timezone.now() - HISTORY)
    voters, counted = _voters(asked, Q(votes__person__in=long_here.values("user")))
    people = queries.readers_of(topic.board, topic.program)
    others = sum(person.pk != user.pk for person in people)
    k, least = topic.program.group_minimum, voting.least_votes(topic.program)
    shown = {}
    for post in posts:
        if (poll := polls.get(post.pk)) is None:
            continue
        own = [choice for choice in choices if choice.poll_id == poll.pk]
        has_voted = any(choice.pk in mine for choice in own)
        is_said = (has_voted or poll.is_closed) and counted[poll.pk] >= least

        def said(count: int, *, is_said: bool = is_said) -> People | None:
            return gate.people(count, k=k, among=others) if is_said else None

        whole = said(voters[poll.pk] - has_voted)
        lines = [_line(choice, choice.pk in mine, said(choice.chosen - (choice.pk in mine)), whole) for choice in own]
        may_close = (post.by_id == user.pk or may_host) and may_write and not poll.is_closed
        shown[post.pk] = Shown(poll, lines, whole, has_voted, may_write and not poll.is_closed, may_close, least)
    return shown


def _voters(polls: list[int], long_here: Q) -> tuple[dict[int, int], dict[int, int]]:
    """By poll: how many voted, and how many of them make a group."""
    rows = Poll.objects.filter(pk__in=polls).annotate(
        voters=Count("votes__person", distinct=True),
        counted=Count("votes__person", distinct=True, filter=long_here),
    )
    found = list(rows.values_list("pk", "voters", "counted"))
    return {pk: voters for pk, voters, _counted in found}, {pk: counted for pk, _voters, counted in found}


def _line(choice: PollChoice, is_mine: bool, count: People | None, whole: People | None) -> Line:
    return Line(choice.pk, choice.words, is_mine, count, _percent(count, whole))


def _percent(part: People | None, whole: People | None) -> int:
    if part is None or whole is None:
        return 0
    return min(100, round(100 * _middle(part) / max(_middle(whole), 1)))


def _middle(people: People) -> float:
    return (people.low + (people.high or people.low)) / 2
