"""What each person adds to each KPI, per week. Read in a handful of queries, whatever the number of people.

Nothing of this is kept: `publish.py` turns it into cells, and only cells are stored.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncWeek

from analytics.activities.models import Activity
from analytics.channels.models import Account
from analytics.kpis.cohorts import Stay
from analytics.kpis.formulas import Part, interactions
from analytics.kpis.weeks import WEEK, monday_of
from analytics.metrics.models import Grain, Metric, Post, Reading, Segment, WeekTotal
from programs.generations.models import Span
from programs.membership.models import Program

#: KPI -> (person, week) -> what the person adds. People without a figure are not in it: unknown is not zero.
Contributions = dict[str, dict[tuple[int, date], Part]]
WEEKLY = (Metric.IMPRESSIONS, Metric.ENGAGEMENTS, Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS)
PARTS = (Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS)
Figures = dict[int, int]  # metric -> value


@dataclass
class Gathered:
    people: Contributions
    company: dict[date, Figures]


def stays_of(program: Program) -> list[Stay]:
    """Who took part in which generation, when."""
    rows = Span.objects.filter(participant__program=program).values_list(
        "participant__user_id", "participant__generation_id", "start_on", "end_on"
    )
    return [Stay(person, str(generation), start, end) for person, generation, start, end in rows]


def gather(program: Program, weeks: list[date], consenting: set[int], *, resting: Collection[int] = ()) -> Gathered:
    """Everything the KPIs of persons are made from, for those who agreed to be counted. The figures of the `resting`,
    who withdrew the consent to bring their own, are still stored and count nowhere; what they log still does."""
    first, last = weeks[0], weeks[-1] + WEEK
    people, company = _week_totals(program, first, last)
    bringing = consenting.difference(resting)
    people = {key: figures for key, figures in people.items() if key[0] in bringing}
    logged = {row: counts for row, counts in _activities(program, first, last).items() if row[0] in consenting}
    posts = {row: count for row, count in _posts(program, first, last).items() if row[0] in bringing}
    parts = {row: sums for row, sums in _lifetime_parts(program, first, last).items() if row[0] in bringing}
    found = _from_networks(people)
    found |= _dialogue(people, parts)
    found |= _from_log(logged, posts)
    found["network_growth"] = _growth(program, people, bringing, weeks)
    return Gathered(found, company)


def _week_totals(program: Program, first: date, last: date) -> tuple[dict[tuple[int, date], Figures], dict]:
    """The sums of the daily readings; accounts of one person on several networks are added up."""
    rows = (
        WeekTotal.objects.filter(program=program, segment=Segment.ALL, week__gte=first, week__lt=last)
        .filter(metric__in=[*WEEKLY, Metric.FOLLOWERS_NEW])
        .values_list("account__kind", "account__user_id", "week", "metric")
        .annotate(total=Sum("value"))
    )
    people: dict[tuple[int, date], Figures] = defaultdict(dict)
    company: dict[date, Figures] = defaultdict(dict)
    for kind, user, week, metric, total in rows:
        if kind == Account.Kind.COMPANY:
            company[week][metric] = total
        else:
            people[user, week][metric] = total
    return people, company


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def common_formula(figures: Figures) -> int | None:
    reactions, comments, reposts = (figures.get(metric) for metric in PARTS)
    return interactions(reactions, comments, reposts, figures.get(Metric.ENGAGEMENTS))


def _from_networks(people: dict[tuple[int, date], Figures]) -> Contributions:
    found: Contributions = {"impressions": {}, "interactions": {}, "engagement_rate": {}}
    for key, figures in people.items():
        seen, answered = figures.get(Metric.IMPRESSIONS), common_formula(figures)
        if seen is not None:
            found["impressions"][key] = Part(Decimal(seen))
        if answered is not None:
            found["interactions"][key] = Part(Decimal(answered))
        if seen and answered is not None:
            found["engagement_rate"][key] = Part(Decimal(answered), Decimal(seen))
    return found


def _dialogue(people: dict[tuple[int, date], Figures], posts: dict[tuple[int, date], Figures]) -> Contributions:
    """Comments among the interactions: from days where the parts are known, else from posts of that week."""
    found: dict[tuple[int, date], Part] = {}
    for key in people.keys() | posts.keys():
        days = people.get(key, {})
        figures = days if any(metric in days for metric in PARTS) else posts.get(key, {})
        known = [figures[metric] for metric in PARTS if metric in figures]
        if known and sum(known) > 0:
            found[key] = Part(Decimal(figures.get(Metric.COMMENTS, 0)), Decimal(sum(known)))
    return {"dialog_rate": found}


def _activities(program: Program, first: date, last: date) -> dict[tuple[int, date], dict[str, Any]]:
    post = Q(kind=Activity.Kind.POST)
    rows = (
        Activity.objects.kept()
        .filter(program=program, on__gte=first, on__lt=last)
        .annotate(week=TruncWeek("on"))
        .values("user_id", "week")
        .annotate(
            minutes_sum=Sum("minutes"),
            posts=Count("pk", filter=post),
            comments=Count("pk", filter=Q(kind=Activity.Kind.COMMENT)),
            value=Count("pk", filter=post & Q(purpose=Activity.Purpose.VALUE)),
            labelled=Count("pk", filter=post & Q(label=Activity.Label.LABELLED)),
            needing=Count("pk", filter=post & ~Q(label=Activity.Label.NOT_NEEDED)),
        )
    )
    return {(row["user_id"], row["week"]): dict(row) for row in rows}


def _posts(program: Program, first: date, last: date) -> dict[tuple[int, date], int]:
    """Posts of persons that an import brought, by the week they were published."""
    rows = (
        Post.objects.filter(program=program, account__kind=Account.Kind.PERSON, published_at__gte=_moment(first))
        .annotate(week=TruncWeek("published_at"))
        .values_list("account__user_id", "week")
        .annotate(count=Count("pk"))
    )
    return {(user, week.date()): count for user, week, count in rows if week.date() < last}


def _lifetime_parts(program: Program, first: date, last: date) -> dict[tuple[int, date], Figures]:
    """Reactions, comments and reposts since publication, of posts published in a week."""
    rows = (
        Reading.objects.filter(
            program=program,
            grain=Grain.LIFETIME,
            segment=Segment.ALL,
            metric__in=PARTS,
            account__kind=Account.Kind.PERSON,
            post__published_at__gte=_moment(first),
        )
        .annotate(week=TruncWeek("post__published_at"))
        .values_list("account__user_id", "week", "metric")
        .annotate(total=Sum("value"))
    )
    found: dict[tuple[int, date], Figures] = defaultdict(dict)
    for user, week, metric, total in rows:
        if week.date() < last:
            found[user, week.date()][metric] = total
    return found


def _from_log(logged: dict[tuple[int, date], dict[str, Any]], posts: dict[tuple[int, date], int]) -> Contributions:
    names = ("activity_rate", "posts_per_active", "value_mix", "label_rate", "time_budget")
    found: Contributions = {name: {} for name in names}
    one = Decimal(1)
    for key in logged.keys() | posts.keys():
        row = logged.get(key)
        # A post may be logged and imported: the larger number counts, not both.
        written = max(row["posts"] if row else 0, posts.get(key, 0)) + (row["comments"] if row else 0)
        found["activity_rate"][key] = Part(one, one)
        found["posts_per_active"][key] = Part(Decimal(written), one)
        if row is None:
            continue
        found["time_budget"][key] = Part(Decimal(row["minutes_sum"]), one)
        if row["posts"]:
            found["value_mix"][key] = Part(Decimal(row["value"]), Decimal(row["posts"]))
        if row["needing"]:
            found["label_rate"][key] = Part(Decimal(row["labelled"]), Decimal(row["needing"]))
    return found


def _growth(
    program: Program, people: dict[tuple[int, date], Figures], consenting: set[int], weeks: Iterable[date]
) -> dict[tuple[int, date], Part]:
    """New followers of a week over the followers at its start, worked back from the newest known total."""
    totals = (
        Reading.objects.filter(
            program=program,
            metric=Metric.FOLLOWERS_TOTAL,
            segment=Segment.ALL,
            post=None,
            account__kind=Account.Kind.PERSON,
            account__user__in=consenting,
        )
        .order_by("account__user_id", "-period_start")
        .distinct("account__user_id")
        .values_list("account__user_id", "period_start", "value")
    )
    found: dict[tuple[int, date], Part] = {}
    backwards = sorted(weeks, reverse=True)
    for user, day, value in totals:
        followers = value
        for week in backwards:
            if week > monday_of(day):
                continue
            new = people.get((user, week), {}).get(Metric.FOLLOWERS_NEW)
            if new is None:
                break  # before a gap the total is not known
            if week == monday_of(day) and day < week + timedelta(days=6):
                # The total was read within the week: what came until then lies below it.
                new_until = new * (day - week).days // 7
                followers -= new_until
                found[user, week] = Part(Decimal(new), Decimal(max(followers, 0)))
                continue
            followers -= new
            found[user, week] = Part(Decimal(new), Decimal(max(followers, 0)))
    return {key: part for key, part in found.items() if part.below > 0}
