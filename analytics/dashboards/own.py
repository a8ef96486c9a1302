"""A person's own figures. Everything here is asked for the person who asks, and for nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from analytics.activities.models import Activity
from analytics.dashboards import sentences
from analytics.dashboards.following import following_charts
from analytics.dashboards.standing import Standing, standing_of
from analytics.dashboards.usual import Running, Usual, before_last, running_week, said_band, said_week
from analytics.dashboards.words import month_label, said
from analytics.kpis.contributions import common_formula
from analytics.kpis.definitions import definitions
from analytics.kpis.formulas import ratio
from analytics.kpis.queries import Board, board
from analytics.kpis.weeks import days_of_week, monday_of, next_month
from analytics.metrics.models import DAYS_OF_WEEK, Metric, Post, Segment, WeekTotal
from analytics.metrics.posts_shown import figured, with_figures
from analytics.metrics.words import week_label
from core.kit.charts import Chart, ChartCell, ChartKind, ChartTarget, series_of
from core.kit.compiled import Blank, Compiled
from core.kit.templatetags.ui import day, number, percent
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

WEEKS = 26
POSTS = 25
COMPARED = ("engagement_rate", "posts_per_active", "value_mix", "dialog_rate")
FURTHER = ("saves", "sends", "viewers", "video", "watchers", "minutes")


@dataclass(frozen=True)
class LoggedMonth:
    """What the person logged in a month: posts, those of value among them, and all that was written."""

    month: date
    posts: int
    value: int
    written: int


@dataclass(frozen=True)
class Compared:
    """A row of the comparison with the group."""

    label: str
    mine: str
    group: str
    is_hidden: bool
    text: str


@dataclass
class Own:
    """What the page of the own figures shows."""

    weeks: dict[date, dict[int, int]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    months: list[LoggedMonth] = field(default_factory=list)
    group: Board = field(default_factory=Board)
    standing: list[Standing] = field(default_factory=list)
    running: Running | None = None
    following: list[Chart] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.weeks or self.posts or self.months or self.standing or self.running)

    @property
    def further(self) -> dict[str, bool]:
        """Which of the figures that few files hold is known of any post: the others get no column."""
        return {name: any(getattr(post, name) is not None for post in self.posts) for name in FURTHER}


def weeks_of(
    user: "User", program: Program, count: int = WEEKS, metric: int | None = None
) -> dict[date, dict[int, int]]:
    """The last whole weeks with figures, each with its sums by metric, or with one of them. One query.

    The running week, and a week that a file covers only in part, would look like a fall: they are left out.
    """
    today = timezone.localdate()
    told: dict[str, Any] = {"person": user.pk, "program": program.pk, "until": monday_of(today)}
    if metric is None:
        return _summed(_ALL_WEEKS.rows(**told, since=today - timedelta(weeks=60)), count)
    return _summed(_WEEKS_OF_ONE.rows(**told, metric=metric), count)


def _weeks(**only: Blank) -> QuerySet[Any, Any]:
    person, program = Blank("person"), Blank("program")
    rows = WeekTotal.objects.filter(
        is_at_work(person, program, Purpose.OWN_FIGURES),
        program=program,
        account__user=person,
        segment=Segment.ALL,
        days__gte=DAYS_OF_WEEK,
        week__lt=Blank("until"),
        **only,
    )
    return rows.order_by("week").values_list("week", "metric", "value")


_ALL_WEEKS = Compiled(lambda: _weeks(week__gte=Blank("since")))
_WEEKS_OF_ONE = Compiled(lambda: _weeks(metric=Blank("metric")))


def _summed(told: Iterable[tuple[date, int, int]], count: int) -> dict[date, dict[int, int]]:
    """Of all accounts together, the last so many weeks."""
    found: dict[date, dict[int, int]] = {}
    for week, metric, value in told:
        sums = found.setdefault(week, {})
        sums[metric] = sums.get(metric, 0) + value
    return dict(list(found.items())[-count:])


def posts_of(user: "User", program: Program) -> list[Any]:
    """The newest posts with their figures; what no file said stays unknown. One query."""
    own = Post.objects.filter(is_at_work(user, program, Purpose.OWN_FIGURES), program=program, account__user=user)
    posts = figured(with_figures(own, program)[:POSTS])
    for post in posts:
        post.rate = said("engagement_rate", rate_of(post))
    return posts


def rate_of(post: Any) -> Decimal | None:
    """What a post drew for each time it was shown; the network's own sum where the file does not tell the parts."""
    parts = (post.reactions, post.comments, post.reposts)
    told = [part for part in parts if part is not None]
    answers = sum(told) if len(told) == len(parts) else post.reported
    return None if answers is None or not post.impressions else ratio(Decimal(answers), Decimal(post.impressions))


def months_of(user: "User", program: Program) -> list[LoggedMonth]:
    """What the person logged, by month: posts, value posts. One query."""
    post = Q(kind=Activity.Kind.POST)
    since = timezone.localdate().replace(day=1) - timedelta(days=180)
    rows = (
        Activity.objects.present()
        .filter(user=user, program=program, on__gte=since)
        .annotate(month=TruncMonth("on"))
        .values("month")
        .annotate(
            posts=Count("pk", filter=post),
            value=Count("pk", filter=post & Q(purpose=Activity.Purpose.VALUE)),
            written=Count("pk", filter=post | Q(kind=Activity.Kind.COMMENT)),
        )
        .order_by("month")
    )
    return [LoggedMonth(row["month"], row["posts"], row["value"], row["written"]) for row in rows]


def own_figures(user: "User", program: Program) -> Own:
    """Seven queries: weeks, posts, log, the group's published cells to compare with, followers and people reached, the
    running week, followers by week."""
    since = timezone.localdate() - timedelta(days=200)
    return Own(
        weeks_of(user, program),
        posts_of(user, program),
        months_of(user, program),
        board(program, since=since, kpis=COMPARED),
        standing_of(user, program),
        running_week(user, program),
        following_charts(user, program),
    )


def charts_of(own: Own, program: Program) -> tuple[Chart | None, Chart | None, Chart | None]:
    return impressions_chart(own), answers_chart(own), mix_chart(own, program)


def all_charts(own: Own, program: Program) -> list[Chart | None]:
    """What the page draws."""
    return [*charts_of(own, program), *own.following]


def impressions_chart(own: Own) -> Chart | None:
    return _weekly(own, "own-impressions", Metric.IMPRESSIONS, size="m")


def answers_chart(own: Own) -> Chart | None:
    return _weekly(own, "own-interactions", None, size="s")


def _weekly(own: Own, name: str, metric: int | None, *, size: str) -> Chart | None:
    values = {
        week: figures.get(metric) if metric is not None else common_formula(figures)
        for week, figures in own.weeks.items()
    }
    known = {week: value for week, value in values.items() if value is not None}
    if not known:
        return None
    last = max(known)
    is_reach = metric is not None
    usual = before_last(list(known.values())) if is_reach else None
    seen = said_week(known[last], usual) if usual else sentences.own_week(known[last])
    return Chart(
        id=name,
        kind=ChartKind.LINES if len(known) > 1 else ChartKind.BARS,
        size=size,
        sentence=seen if is_reach else sentences.own_answers(known[last]),
        what=_what(usual) if is_reach else _("Interactions per week, as the network reports them"),
        over=_("Week"),
        labels=tuple(week_label(week) for week in values),
        days=tuple(days_of_week(week) for week in values),
        series=series_of(
            [_("Impressions") if is_reach else _("Interactions")],
            [[ChartCell(value, number(value))] for value in values.values()],
        ),
        target=ChartTarget(Decimal(usual.middle), _("Usual for you")) if usual else None,
        source=_("Your own imports, up to %(day)s") % {"day": day(last + timedelta(days=6))},
        quality="imported",
    )


def _what(usual: Usual | None) -> str:
    return said_band(usual) if usual else _("Impressions per week")


def mix_chart(own: Own, program: Program) -> Chart | None:
    months = [month for month in own.months if month.posts]
    if not months:
        return None
    return Chart(
        id="own-mix",
        kind=ChartKind.STACK,
        size="s",
        sentence=sentences.own_mix(sum(month.value for month in months), sum(month.posts for month in months)),
        over=_("Month"),
        labels=tuple(month_label(month.month) for month in months),
        days=tuple((each.month, next_month(each.month) - timedelta(days=1)) for each in months),
        series=series_of([_("Value"), _("Promotional")], [_shares(month) for month in months]),
        unit="%",
        target=ChartTarget(
            round(program.value_target * 100, 0), _("Aim %(value)s") % {"value": percent(program.value_target)}
        ),
        source=_("Your own log, last six months"),
        quality="self",
    )


def _shares(month: LoggedMonth) -> list[ChartCell]:
    """Posts of value, and the others."""
    return [
        ChartCell(round(Decimal(100 * part) / month.posts, 1), f"{percent(part / month.posts)} ({number(part)})")
        for part in (month.value, month.posts - month.value)
    ]


def comparison(own: Own) -> list[Compared]:
    """The own value beside the group's published one; no place in it, no arrow."""
    mine = _own_values(own)
    rows = []
    for kpi in COMPARED:
        point = own.group.last(kpi)
        if mine.get(kpi) is None and point is None:
            continue
        about, group = definitions()[kpi], said(kpi, point.value if point else None)
        rows.append(Compared(about.name, said(kpi, mine.get(kpi)), group, point is None, about.definition))
    return rows


def _own_values(own: Own) -> dict[str, Decimal | None]:
    """The own figures of the last weeks and months, by the group's formulas."""
    recent = list(own.weeks.values())[-5:]
    both = [(answers, week[Metric.IMPRESSIONS]) for week in recent if Metric.IMPRESSIONS in week
            and (answers := common_formula(week)) is not None]  # fmt: skip
    posts: list[Any] = [post for post in own.posts[:10] if post.reactions is not None]  # type: ignore[attr-defined]
    comments = sum(post.comments or 0 for post in posts)
    answers = sum((p.reactions or 0) + (p.comments or 0) + (p.reposts or 0) for p in posts)
    ended = [month for month in own.months if month.month < timezone.localdate().replace(day=1)]
    month = ended[-1] if ended else None
    return {
        "engagement_rate": ratio(Decimal(sum(a for a, _ in both)), Decimal(sum(b for _, b in both))),
        "dialog_rate": ratio(Decimal(comments), Decimal(answers)),
        "posts_per_active": Decimal(month.written) if month else None,
        "value_mix": ratio(Decimal(sum(m.value for m in own.months)), Decimal(sum(m.posts for m in own.months))),
    }
