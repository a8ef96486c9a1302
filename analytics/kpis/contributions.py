"""What each person adds to each KPI, per week. Read in a handful of queries, whatever the number of people.

Nothing of this is kept: `publish.py` turns it into cells, and only cells are stored. What belongs together is read
together and forgotten again, so that eight thousand people fit into little memory.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncWeek

from analytics.activities.models import Activity, SocialScore
from analytics.channels.models import Account
from analytics.kpis.cohorts import Stay
from analytics.kpis.columns import Column, Columns, Numbers, Roll
from analytics.kpis.formulas import interactions
from analytics.kpis.weeks import WEEK, monday_of, month_of, weeks_of
from analytics.metrics.models import DAYS_OF_WEEK, Grain, Metric, Post, Reading, Segment, WeekTotal
from programs.generations.models import Span
from programs.membership.models import Program

WEEKLY = (Metric.IMPRESSIONS, Metric.ENGAGEMENTS, Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS)
PARTS = (Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS)
ByMetric = dict[int, int]  # metric -> value
CompanyRows = dict[tuple[int, date], dict[int, dict[int, int]]]  # account and week -> metric -> segment -> value
ZONES = timedelta(days=1)  # clocks are no farther apart
AT_ONCE = 2  # columns that wait in memory
Gather = Callable[[Program, list[date], Roll], Columns]


def stays_of(program: Program) -> list[Stay]:
    """Who took part, when, and with which generation that counts: after a move with the one the span names, whatever
    generation the person is in now. So a move changes no week that is over."""
    found: list[Stay] = []
    last: int | None = None
    rows = Span.objects.filter(participant__program=program).order_by("participant", "start_on", "pk")
    counted = Coalesce("counts_with", "participant__generation")
    for participant, person, group, start, end in rows.values_list(
        "participant", "participant__user", counted, "start_on", "end_on"
    ):
        goes_on = participant == last and found[-1].end_on == start
        found.append(Stay(person, str(group), start, end, found[-1].since if goes_on else start))
        last = participant
    return found


def common_formula(figures: ByMetric) -> int | None:
    reactions, comments, reposts = (figures.get(metric) for metric in PARTS)
    return interactions(reactions, comments, reposts, figures.get(Metric.ENGAGEMENTS))


def company_rows(program: Program, weeks: list[date]) -> CompanyRows:
    """The weekly sums of the company's own accounts, as far as networks tell: whole, not paid for, paid for."""
    rows = week_totals(program, weeks, WEEKLY, (Segment.ALL, Segment.ORGANIC, Segment.SPONSORED))
    rows = rows.filter(account__kind=Account.Kind.COMPANY)
    found: CompanyRows = defaultdict(lambda: defaultdict(dict))
    for account, week, metric, segment, value in rows.values_list("account", "week", "metric", "segment", "value"):
        found[account, week][metric][segment] = value
    return found


def company_figures(rows: CompanyRows) -> dict[date, ByMetric]:
    """Everything of the company's accounts. Where a network tells only what was not paid for, that counts."""
    found: dict[date, ByMetric] = defaultdict(dict)
    for (_account, week), metrics in rows.items():
        is_whole = any(Segment.ALL in told for told in metrics.values())
        for metric, told in metrics.items():
            if (value := told.get(Segment.ALL if is_whole else Segment.ORGANIC)) is not None:
                found[week][metric] = found[week].get(metric, 0) + value
    return found


def company_apart(rows: CompanyRows) -> tuple[dict[date, ByMetric], dict[date, ByMetric]]:
    """What was not paid for, and what was. An account whose network does not tell them apart counts as not paid for;
    where none does, there is nothing to say."""
    organic: dict[date, ByMetric] = defaultdict(dict)
    paid: dict[date, ByMetric] = defaultdict(dict)
    is_told = False
    for (_account, week), metrics in rows.items():
        is_apart = any(told.keys() & {Segment.ORGANIC, Segment.SPONSORED} for told in metrics.values())
        is_told = is_told or is_apart
        for metric, told in metrics.items():
            whole, own, bought = (told.get(each) for each in (Segment.ALL, Segment.ORGANIC, Segment.SPONSORED))
            if own is None and whole is not None and (bought is not None or not is_apart):
                own = whole - (bought or 0)
            if bought is None and whole is not None and own is not None and is_apart:
                bought = whole - own
            for into, value in ((organic, own), (paid, bought)):
                if value is not None:
                    into[week][metric] = into[week].get(metric, 0) + value
    return (organic, paid) if is_told else ({}, {})


def networks(program: Program, weeks: list[date], roll: Roll) -> Columns:
    """What the networks count: how far posts reached, what was answered, and how much of it in words."""
    found: Columns = {name: {} for name in ("impressions", "interactions", "engagement_rate", "dialog_rate")}
    nothing = roll.empty()
    days = _figures(week_totals(program, weeks, WEEKLY), "week", roll)
    posts = _figures(lifetime_parts(program, weeks), "published", roll)
    for week, daily, since in _side_by_side(days, posts):
        seen = daily.get(Metric.IMPRESSIONS, nothing)
        parts = [daily.get(metric, nothing) for metric in PARTS]
        answers = list(map(interactions, *parts, daily.get(Metric.ENGAGEMENTS, nothing)))
        found["impressions"][week] = Column(seen)
        found["interactions"][week] = Column(answers)
        found["engagement_rate"][week] = _rate(answers, seen)
        found["dialog_rate"][week] = _dialogue(parts, [since.get(metric, nothing) for metric in PARTS])
    return found


def _rate(answers: Numbers, seen: Numbers) -> Column:
    known = [bool(below) and above is not None for above, below in zip(answers, seen, strict=True)]
    return Column(
        *([n if is_known else None for n, is_known in zip(side, known, strict=True)] for side in (answers, seen))
    )


def _dialogue(days: list[Numbers], posts: list[Numbers]) -> Column:
    """Comments among the interactions: from days where the parts are known, else from posts of that week."""
    above: Numbers = []
    below: Numbers = []
    for daily, since in zip(zip(*days, strict=True), zip(*posts, strict=True), strict=True):
        figures = daily if any(number is not None for number in daily) else since
        total = sum(number or 0 for number in figures)
        above.append((figures[1] or 0) if total > 0 else None)
        below.append(total if total > 0 else None)
    return Column(above, below)


def from_log(program: Program, weeks: list[date], roll: Roll) -> Columns:
    """What people log of themselves, with the posts that an import brought."""
    names = ("activity_rate", "posts_per_active", "value_mix", "topic_coverage", "label_rate", "time_budget")
    found: Columns = {name: {week: Column(roll.empty(), roll.empty()) for week in weeks} for name in names}
    found["speaker_requests"] = {week: Column(roll.empty()) for week in weeks}
    for week in weeks:  # everybody who takes part stands below, active or not
        found["activity_rate"][week] = Column([0] * roll.size, [1] * roll.size)
    imported = _posts(program, weeks, roll)
    for person, week, minutes, logged, comments, value, on_topic, labelled, needing, asked in _activities(
        program, weeks
    ):
        if (place := roll.places.get(person)) is None:
            continue
        # A post may be logged and imported: the larger number counts, not both.
        written = max(logged, imported[week][place] or 0) + comments
        _set(found["activity_rate"][week], place, 1, 1)
        _set(found["posts_per_active"][week], place, written, 1)
        _set(found["time_budget"][week], place, minutes, 1)
        if logged:
            _set(found["value_mix"][week], place, value, logged)
            _set(found["topic_coverage"][week], place, on_topic, logged)
        if needing:
            _set(found["label_rate"][week], place, labelled, needing)
        if asked:  # who was not asked has no figure: that everybody else has none would tell who was
            found["speaker_requests"][week].above[place] = asked
    for week, counts in imported.items():
        for place, (count, minutes) in enumerate(zip(counts, found["time_budget"][week].above, strict=True)):
            if count and minutes is None:  # nothing was logged
                _set(found["activity_rate"][week], place, 1, 1)
                _set(found["posts_per_active"][week], place, count, 1)
    return found


def followers(program: Program, weeks: list[date], roll: Roll) -> Columns:
    """How followers grew, and how many there were at the end of each month."""
    grown = _growth(program, weeks, roll)
    lasts = [week for week in weeks if week == weeks_of(month_of(week))[-1]]
    stood = {week: Column(roll.empty()) for week in lasts}
    for week in lasts:
        if (known := grown.get(week)) and known.below is not None:
            sides = zip(known.above, known.below, strict=True)
            stood[week] = Column([None if new is None or start is None else start + new for new, start in sides])
    for week, person, total in _totals_alone(program, lasts):
        if (place := roll.bringing.get(person)) is not None:
            stood[week].above[place] = (stood[week].above[place] or 0) + total
    return {"network_growth": grown, "potential_reach": stood}


def scores(program: Program, weeks: list[date], roll: Roll) -> Columns:
    """LinkedIn's score of each who entered it for a month, in the last week of that month."""
    found: dict[date, Column] = {}
    rows = SocialScore.objects.filter(program=program, month__gte=month_of(weeks[0]), month__lte=month_of(weeks[-1]))
    for row in rows.iterator():
        if (place := roll.places.get(row.user_id)) is not None:
            column = found.setdefault(weeks_of(row.month)[-1], Column(roll.empty(), roll.empty()))
            _set(column, place, row.total, 1)
    return {"social_selling": found}


def _growth(program: Program, weeks: list[date], roll: Roll) -> dict[date, Column]:
    """New followers of a week over the followers at its start, worked back from the newest known total."""
    rows = week_totals(program, weeks, [Metric.FOLLOWERS_NEW])
    gained = {week: figures[Metric.FOLLOWERS_NEW] for week, figures in _figures(rows, "week", roll)}
    found = {week: Column(roll.empty(), roll.empty()) for week in gained}
    backwards = sorted(weeks, reverse=True)
    for person, day, total in _follower_totals(program):
        if (place := roll.bringing.get(person)) is None:
            continue
        for week in backwards:
            if week > monday_of(day):
                continue
            new = gained[week][place] if week in gained else None
            if new is None:
                break  # before a gap the total is not known
            # The total may have been read within the week: what came until then lies below it.
            is_within = week == monday_of(day) and day < week + timedelta(days=6)
            total -= new * (day - week).days // 7 if is_within else new
            if total > 0:
                _set(found[week], place, new, total)
    return found


def _set(column: Column, place: int, above: int, below: int) -> None:
    column.above[place] = above
    if column.below is not None:
        column.below[place] = below


def week_totals(
    program: Program, weeks: list[date], metrics: Iterable[int], segments: Iterable[int] = (Segment.ALL,)
) -> QuerySet[WeekTotal]:
    """Of whole weeks only: where files cover some days of a week, be it at the edge of an account's history or within
    it, the account is left out of that week."""
    return WeekTotal.objects.filter(
        program=program,
        segment__in=segments,
        week__gte=weeks[0],
        week__lte=weeks[-1],
        metric__in=metrics,
        days__gte=DAYS_OF_WEEK,
    )


def of_people(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(account__kind=Account.Kind.PERSON)


def _figures(rows: QuerySet[Any], week: str, roll: Roll) -> Iterator[tuple[date, dict[int, Numbers]]]:
    """Week by week the figures of everybody on the roll; accounts of one person on several networks are added up."""
    columns = (
        of_people(rows)
        .values_list(week, "metric")
        .annotate(people=ArrayAgg("account__user_id"), values=ArrayAgg("value"))
        .order_by(week, "metric")
    )
    for start, group in groupby(columns.iterator(chunk_size=AT_ONCE), key=itemgetter(0)):
        figures: dict[int, Numbers] = {}
        for _, metric, people, values in group:
            numbers = figures[metric] = roll.empty()
            for person, value in zip(people, values, strict=True):
                if (place := roll.bringing.get(person)) is not None:
                    numbers[place] = (numbers[place] or 0) + value
        yield _day(start), figures


def _side_by_side(
    one: Iterator[tuple[date, dict[int, Numbers]]], other: Iterator[tuple[date, dict[int, Numbers]]]
) -> Iterator[tuple[date, dict[int, Numbers], dict[int, Numbers]]]:
    """Two runs of weeks as one; where a week is in one of them alone, the other has nothing."""
    first, second = next(one, None), next(other, None)
    while first or second:
        week = min(found[0] for found in (first, second) if found)
        daily = since = None
        if first and first[0] == week:
            daily, first = first[1], next(one, None)
        if second and second[0] == week:
            since, second = second[1], next(other, None)
        yield week, daily or {}, since or {}


def _day(start: date | datetime) -> date:
    return start.date() if isinstance(start, datetime) else start


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def lifetime_parts(program: Program, weeks: list[date]) -> QuerySet[Any]:
    """Reactions, comments and reposts since publication, of posts published in a week."""
    return Reading.objects.filter(
        program=program,
        grain=Grain.LIFETIME,
        segment=Segment.ALL,
        metric__in=PARTS,
        post__published_at__gte=_moment(weeks[0]) - ZONES,
        post__published_at__lt=_moment(weeks[-1]) + WEEK + ZONES,
    ).annotate(published=TruncWeek("post__published_at"))


def brought_posts(program: Program, weeks: list[date]) -> QuerySet[Any]:
    """Posts of people that an import brought, published in these weeks (and about a day around them: whose week it is,
    the clocks of the site say)."""
    first, last = _moment(weeks[0]) - ZONES, _moment(weeks[-1]) + WEEK + ZONES
    rows = Post.objects.filter(program=program, published_at__gte=first, published_at__lt=last)
    return of_people(rows.annotate(week=TruncWeek("published_at")))


def _posts(program: Program, weeks: list[date], roll: Roll) -> dict[date, Numbers]:
    """How many posts of each person an import brought, by the week they were published."""
    rows = brought_posts(program, weeks).values_list("week").annotate(people=ArrayAgg("account__user_id"))
    found = {week: roll.empty() for week in weeks}
    for start, people in rows.iterator(chunk_size=AT_ONCE):
        counts = found.get(_day(start), roll.empty())
        for person in people:
            if (place := roll.bringing.get(person)) is not None:
                counts[place] = (counts[place] or 0) + 1
    return found


def logged(program: Program, weeks: list[date]) -> QuerySet[Any]:
    rows = Activity.objects.present().filter(program=program, on__gte=weeks[0], on__lt=weeks[-1] + WEEK)
    return rows.annotate(week=TruncWeek("on"))


def _activities(program: Program, weeks: list[date]) -> Iterator[tuple[Any, ...]]:
    """Person, week, minutes, posts, comments, posts of value, with a topic, labelled, that need a label; requests."""
    post = Q(kind=Activity.Kind.POST)
    rows: Iterator[tuple[Any, ...]] = (
        logged(program, weeks)
        .values_list("user_id", "week")
        .annotate(
            spent=Sum("minutes"),
            posts=Count("pk", filter=post),
            comments=Count("pk", filter=Q(kind=Activity.Kind.COMMENT)),
            value=Count("pk", filter=post & Q(purpose=Activity.Purpose.VALUE)),
            on_topic=Count("pk", filter=post & ~Q(topics=[])),
            labelled=Count("pk", filter=post & Q(label=Activity.Label.LABELLED)),
            needing=Count("pk", filter=post & ~Q(label=Activity.Label.NOT_NEEDED)),
            asked=Count("pk", filter=Q(kind=Activity.Kind.REQUEST)),
        )
        .order_by()
        .iterator(chunk_size=5_000)
    )
    return rows


def _totals_alone(program: Program, weeks: list[date]) -> Iterator[tuple[date, int, int]]:
    """The newest number of followers in a week, on accounts whose new followers nobody tells by the week."""
    weekly = WeekTotal.objects.filter(program=program, account=OuterRef("account"), metric=Metric.FOLLOWERS_NEW)
    rows = (
        of_people(Reading.objects.annotate(week=TruncWeek("period_start")))
        .filter(
            ~Exists(weekly),
            program=program,
            metric=Metric.FOLLOWERS_TOTAL,
            segment=Segment.ALL,
            post=None,
            week__in=weeks,
        )
        .order_by("week", "account_id", "-period_start")
        .distinct("week", "account_id")
        .values_list("week", "account__user_id", "value")
    )
    for week, person, total in rows.iterator():
        yield _day(week), person, total


def _follower_totals(program: Program) -> Iterator[tuple[int, date, int]]:
    """The newest known number of followers of each person, on the accounts whose new followers are known by the week:
    what a network tells of a total alone is no part of a growth."""
    weekly = WeekTotal.objects.filter(program=program, account=OuterRef("account"), metric=Metric.FOLLOWERS_NEW)
    rows = (
        Reading.objects.filter(
            Exists(weekly),
            program=program,
            metric=Metric.FOLLOWERS_TOTAL,
            segment=Segment.ALL,
            post=None,
            account__kind=Account.Kind.PERSON,
        )
        .order_by("account__user_id", "account_id", "-period_start")
        .distinct("account__user_id", "account_id")
        .values_list("account__user_id", "period_start", "value")
    )
    for person, accounts in groupby(rows.iterator(), key=itemgetter(0)):
        _people, days, totals = zip(*accounts, strict=True)
        yield person, min(days), sum(totals)
