"""How a forum does: worked out once a week from whole weeks, let out through the gate, and kept as it was said.

Only what was written on boards that everybody reads is looked at, never who reads, reacts or votes. Whoever belongs to
the team counts as no peer. A participant counts after two weeks, as with every figure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Min, Q

from community.forum.models import Board, Post, Topic
from community.forum.models_health import Pulse
from community.forum.ritual_days import WEEK
from community.forum.rota import this_week
from core.disclosure import gate
from core.disclosure.publication import Cell
from core.disclosure.rules import primary_reason
from core.disclosure.shares import STEP
from programs.membership.models import Program
from programs.membership.queries import long_in

WEEKS = 12
WAITS = (timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7))  # the last step: longer

Range = tuple[int, int]


@dataclass(frozen=True)
class Ranges:
    """Ranges, and nothing where too few people are behind them. Shares are in percent, in steps of five."""

    circle: Range | None = None  # participants who could
    brings: Range | None = None  # share of them who began a topic
    writes: Range | None = None  # share of them who began a topic or answered
    topics: Range | None = None  # begun in that time
    among_peers: Range | None = None  # of these, where two participants or more speak
    first_answer: int | None = None  # half of the questions had an answer after this step of WAITS


def due() -> list[int]:
    """Programs with a forum whose last whole week is not in what their hosts read."""
    programs = Program.objects.filter(archived_at=None, pk__in=Board.objects.values("program"))
    known = dict(Pulse.objects.values_list("program", "until"))
    return [program.pk for program in programs if known.get(program.pk) != this_week(program)]


def take(program_id: int) -> None:
    """Once for each week, however often it runs; of earlier weeks nothing is kept."""
    program = Program.objects.get(pk=program_id)
    until = this_week(program)
    if not Pulse.objects.filter(program=program, until=until).exists():
        values = {"until": until, "said": asdict(said_of(program, until))}
        Pulse.objects.update_or_create(program=program, defaults=values)


def said_of(program: Program, until: date) -> Ranges:
    start, end = (_midnight(program, day) for day in (until - WEEKS * WEEK, until))
    k, circle = program.group_minimum, long_in(program, end)
    began, wrote = set(), set()
    peers: dict[int, set[int]] = {}
    topics = Topic.objects.present().filter(program=program, board__in=Board.objects.for_everybody())
    posts = Post.objects.present().filter(topic__in=topics, is_unnamed=False, at__gte=start, at__lt=end)
    for topic, by, number in posts.exclude(by=None).values_list("topic", "by", "number"):
        if by in circle:
            wrote.add(by)
            peers.setdefault(topic, set()).add(by)
            if number == 1:
                began.add(by)
    begun = set(topics.filter(created_at__gte=start, created_at__lt=end).values_list("pk", flat=True))
    lively = {topic: people for topic, people in peers.items() if topic in begun and len(people) > 1}
    talking = set().union(*lively.values())
    # topics are told only where enough people are behind them: of two the number would be theirs
    told = _counts(len(lively), len(begun), k) if len(talking) >= k else None
    return Ranges(
        circle=_range(gate.people(len(circle), k=k), len(circle)) if len(circle) >= k else None,
        brings=_share(len(began), len(circle), k),
        writes=_share(len(wrote), len(circle), k),
        topics=told and (len(begun) - len(begun) % STEP, len(begun) - len(begun) % STEP + STEP - 1),
        among_peers=told,
        first_answer=_first_answer(topics.filter(pk__in=begun, is_question=True), end, k),
    )


def _midnight(program: Program, day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(program.time_zone))


def _range(people: gate.People, among: int) -> Range:
    return people.low, among if people.high is None else people.high


def _counts(count: int, among: int, k: int) -> Range | None:
    """As people are counted, in steps; nothing for so few that only their number could be said."""
    found = _range(gate.people(count, among=among, k=k), among)
    return None if found == (0, among) else found


def _share(count: int, among: int, k: int) -> Range | None:
    """The range of the gate in percent, widened to steps of five: so that the number of people is not in it either."""
    found = _counts(count, among, k)
    if found is None:
        return None
    low, high = found[0] * 100, min(found[1], among) * 100
    return low // among // STEP * STEP, min(100, -(-high // (among * STEP)) * STEP)


def _first_answer(questions: Any, end: datetime, k: int) -> int | None:
    """The step within which half of the questions had their first answer by somebody else; of few people, or where one
    of them asks or answers most, nothing is said."""
    answered = Q(posts__deleted_at=None, posts__number__gt=1, posts__at__lt=end) & ~Q(posts__by=F("by"))
    rows = list(
        questions.annotate(first=Min("posts__at", filter=answered)).values_list("pk", "by", "created_at", "first")
    )
    first = {(topic, at) for topic, _by, _since, at in rows if at}
    posts = Post.objects.present().filter(topic__in=[pk for pk, _at in first], number__gt=1)
    helpers = [by for topic, at, by in posts.values_list("topic", "at", "by") if (topic, at) in first and by]
    askers = [by for _topic, by, _since, _at in rows if by]
    if not (_by_many(askers, k) and _by_many(helpers, k)):
        return None
    never = len(WAITS)
    steps = sorted(_step(at - since) if at else never for _topic, _by, since, at in rows)
    return steps[(len(steps) - 1) // 2]


def _step(wait: timedelta) -> int:
    return next((number for number, step in enumerate(WAITS) if wait <= step), len(WAITS))


def _by_many(people: Iterable[int], k: int) -> bool:
    each = {person: Decimal(count) for person, count in Counter(people).items()}
    return primary_reason(Cell.of("", "", each), k=k) is None
