"""A poll as one person sees it: what they chose, and how all chose once it may be said."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from community.forum import polls as voting
from community.forum import queries
from community.forum.models import Post, Topic
from community.forum.models_polls import Poll, PollChoice, Vote
from core.disclosure import gate
from core.disclosure.gate import People
from programs.membership.standing import Counts, standing

if TYPE_CHECKING:
    from core.people.models import User


@dataclass(frozen=True)
class Line:
    """A choice: its words, whether it is mine, and how many chose it as far as that is said."""

    pk: int
    words: str
    is_mine: bool
    count: People | None
    percent: int  # of all who voted, in the steps that are said: for the picture


@dataclass(frozen=True)
class Shown:
    poll: Poll
    lines: list[Line]
    voters: People | None
    has_voted: bool
    may_vote: bool
    may_close: bool
    least: int  # votes from which on the result is shown

    @property
    def shows_result(self) -> bool:
        return self.voters is not None


def polls_of(user: "User", topic: Topic, posts: list[Post], *, may_write: bool, may_host: bool) -> dict[int, Shown]:
    """By post. A result needs the end of the poll and enough voters, of whom accounts made a moment ago are none. It is
    counted once, in steps, and the same for everybody: a number that moved could be watched while one person votes."""
    polls = {post.pk: post.poll for post in posts if hasattr(post, "poll")}
    if not polls:
        return {}
    asked = [poll.pk for poll in polls.values()]
    choices = PollChoice.objects.filter(poll__in=asked).order_by("position")
    mine = set(Vote.objects.filter(poll__in=asked, person=user).values_list("choice", flat=True))
    least = voting.least_votes(topic.program)
    shown = {}
    for post in posts:
        if (poll := polls.get(post.pk)) is None:
            continue
        own = [choice for choice in choices if choice.poll_id == poll.pk]
        has_voted = any(choice.pk in mine for choice in own)
        said = _said(topic, poll) if poll.is_closed else {}
        whole = said.get("")
        lines = [_line(choice, choice.pk in mine, said.get(str(choice.pk)), whole) for choice in own]
        may_close = (post.by_id == user.pk or may_host) and may_write and not poll.is_closed
        shown[post.pk] = Shown(poll, lines, whole, has_voted, may_write and not poll.is_closed, may_close, least)
    return shown


def _said(topic: Topic, poll: Poll) -> Counts:
    """Of all votes ("") and by choice, as counted at the first look after the end; nothing where too few voted."""
    today = timezone.localdate()
    return standing(topic.program, voting.counted_as(poll), today, lambda: _counted(topic, poll), once=True)


def _counted(topic: Topic, poll: Poll) -> Counts:
    program, votes = topic.program, list(voting.votes_that_count(poll).values_list("person", "choice"))
    voters = {person for person, _choice in votes}
    if len(voters) < voting.least_votes(program):
        return {}
    chosen = Counter(choice for _person, choice in votes)
    counts = {"": len(voters)} | {str(pk): chosen[pk] for pk in poll.choices.values_list("pk", flat=True)}
    among = max(len(queries.readers_of(topic.board, program)), len(voters))
    return {key: gate.people(count, k=program.group_minimum, among=among) for key, count in counts.items()}


def _line(choice: PollChoice, is_mine: bool, count: People | None, whole: People | None) -> Line:
    return Line(choice.pk, choice.words, is_mine, count, _percent(count, whole))


def _percent(part: People | None, whole: People | None) -> int:
    if part is None or whole is None:
        return 0
    return min(100, round(100 * _middle(part) / max(_middle(whole), 1)))


def _middle(people: People) -> float:
    return (people.low + (people.high or people.low)) / 2
