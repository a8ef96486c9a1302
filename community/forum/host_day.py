"""A host's day: what was reported, and which questions wait."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from community.forum import access, queries
from community.forum.models import Board, Post, Report, Topic
from community.forum.models_box import BoxQuestion
from community.forum.places import place_url
from community.forum.ritual_pages import Series, series_of
from community.forum.rota import ON_THE_DAY, Week, weeks
from community.forum.rows import Row, person_of, rows_of
from core.kit.markdown import render
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

MOST = 20


@dataclass(frozen=True)
class Reported:
    post: Post
    person: dict[str, Any] | None
    html: SafeString
    reasons: list[str]
    url: str
    is_own: bool


@dataclass(frozen=True)
class HostDay:
    reported: list[Reported]
    waiting: list[Row]
    box: list[BoxQuestion]
    boards: list[Board]  # where a question from the box can go
    first_time: frozenset[int]  # topics of people who ask for the first time: somebody should welcome them
    series: list[Series]
    rota: list[Week]


def host_day(user: "User", program: Program) -> HostDay:
    boards = access.boards_for(user, program)
    topics = list(
        queries.topics_of(user, [each for each in boards if not each.is_over])
        .filter(queries.WAITING)
        .order_by("last_at", "pk")[:MOST]
    )
    rows = rows_of(user, program, topics, boards, queries.news_since(user, program))
    open_boards = [board for board in boards if board.is_for_everybody]
    return HostDay(
        _reported(user, program),
        rows,
        _box(program),
        open_boards,
        _first_time(program, topics),
        series_of(program),
        weeks(program, user, queries.marked_apart(program, queries.people_of(program, hosts=True)), ON_THE_DAY),
    )


def _box(program: Program) -> list[BoxQuestion]:
    """What was asked without a name and waits for a host, by its random number."""
    return list(BoxQuestion.objects.filter(program=program, is_shuffled=True).order_by("day", "pk")[:MOST])


def open_reports(program: Program) -> int:
    """How many posts wait for a host's decision."""
    waiting = Report.objects.filter(program=program, decided_at=None, post__topic__deleted_at=None)
    return waiting.values("post").distinct().count()


def _reported(user: "User", program: Program) -> list[Reported]:
    reports = Report.objects.filter(program=program, decided_at=None, post__topic__deleted_at=None)
    found = list(reports.select_related("post__topic").order_by("post", "at"))
    members = queries.members_among(program, {each.post.by_id for each in found if each.post.by_id})
    names, pages = queries.named_in(program, [each.post.text for each in found])
    return [
        Reported(
            post,
            person_of(post.by_id, members),
            render(post.text, names=names, pages=pages),
            [each.reason for each in each_of_post],
            place_url(program, post.topic_id, post.number),
            post.by_id == user.pk,
        )
        for post, each_of_post in groupby(found, key=lambda each: each.post)
    ]


def _first_time(program: Program, topics: list[Topic]) -> frozenset[int]:
    people = {topic.by_id for topic in topics if topic.by_id}
    asked = Topic.objects.filter(program=program, by__in=people).order_by("by", "pk").distinct("by")
    first = set(asked.values_list("pk", flat=True)) if people else set()
    return frozenset(topic.pk for topic in topics if topic.pk in first)
