"""What an import tells, once it is applied: the weeks as a curve with the posts on it, the best one, who follows now.

It is told from what is stored now, so it says what the page of the figures says. One story asks five questions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.channels.models import Account
from analytics.imports import sums
from analytics.imports.models import ImportRun
from analytics.metrics.models import DAYS_OF_WEEK, Grain, Metric, Post, PostListing, Reading, Segment, WeekTotal
from analytics.metrics.posts_shown import figured, with_figures
from analytics.metrics.words import week_label
from core.kit import rooms
from core.kit.charts import Chart, ChartCell, ChartKind, ChartMark, series_of
from core.kit.templatetags.ui import day, number

LOOKED_AT = 200  # posts that are looked at for the best one
SHOWN = 12
WEEKS = 60
SUMMED = (Metric.IMPRESSIONS, Metric.FOLLOWERS_NEW, Metric.SAVES)
SHORT = 80  # characters of a title on the page


@dataclass(frozen=True)
class StoryPost:
    """A post with its place in the order of publication, which is its number on the curve."""

    number: int
    post: Any
    title: str
    share: int  # percent of the most seen one
    is_best: bool

    @property
    def may_be_named(self) -> bool:
        """Neither the file nor the log calls it anything."""
        return not self.title


@dataclass(frozen=True)
class Small:
    """A figure in a sentence above its weeks."""

    title: str
    says: SafeString
    note: str
    line: str = ""
    area: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)  # the curve in numbers: week and figure


@dataclass(frozen=True)
class Story:
    """What the page says of an import that was applied."""

    chart: Chart | None
    posts: list[StoryPost]
    all_posts: int
    best: StoryPost | None
    best_says: SafeString | str
    small: list[Small]

    @property
    def is_empty(self) -> bool:
        return self.chart is None and not self.posts and not self.small

    @property
    def more(self) -> int:
        return self.all_posts - len(self.posts)


def story_of(run: ImportRun) -> Story:
    posts, every = _posts(run)
    weeks = _weeks(run)
    days = _sums(run)
    best = next((each for each in posts if each.is_best), None)
    return Story(
        _chart(run, weeks, days, posts, every),
        posts[:SHOWN],
        every,
        best,
        _said_of(best.post) if best else "",
        _small(run, weeks, days),
    )


def title_of(run: ImportRun) -> str:
    """What stands over the story."""
    if run.window_start is None or run.window_end is None:
        return _("What this file tells")
    days = (run.window_end - run.window_start).days + 1
    if run.account.kind == Account.Kind.PERSON:
        return ngettext("What your one day tells", "What your %(count)s days tell", days) % {"count": number(days)}
    return ngettext("What one day tells", "What %(count)s days tell", days) % {"count": number(days)}


def _posts(run: ImportRun) -> tuple[list[StoryPost], int]:
    """The posts that the file names, the newest first; and how many there are."""
    named = PostListing.objects.filter(account=run.account_id, run_id=run.pk).values("number__post")
    posts = Post.objects.filter(account=run.account_id, pk__in=named)
    number_there = PostListing.objects.filter(run_id=run.pk, number__post=OuterRef("pk")).values("number__value")
    posts = posts.annotate(number_there=Subquery(number_there.order_by("number__scheme")[:1]))
    found = figured(with_figures(posts, run.program_id)[: LOOKED_AT + 1])
    every = len(found) if len(found) <= LOOKED_AT else posts.count()
    titles = _logged(run, [post.url for post in found if not post.title and post.url])
    most = max((post.impressions or 0 for post in found), default=0)
    rows = [
        StoryPost(
            every - place,
            post,
            (post.title or titles.get(post.url, ""))[:SHORT],
            round(100 * (post.impressions or 0) / most) if most else 0,
            bool(most) and post.impressions == most,
        )
        for place, post in enumerate(found[:LOOKED_AT])
    ]
    best = next((row for row in rows if row.is_best), None)
    if best and rows.index(best) >= SHOWN:  # the list is cut: the best one stays on it
        rows = [*rows[: SHOWN - 1], best]
    return rows, every


def _logged(run: ImportRun, links: list[str]) -> Mapping[str, str]:
    """What the account's owner noted in the log when it was written; on the owner's own page only."""
    person = run.account.user_id
    if person is None or not links:
        return {}
    found: dict[str, str] = {}
    for room in rooms.every():
        if room.titles_of_links:
            found |= room.titles_of_links(person, run.program_id, frozenset(links))
    return found


def _weeks(run: ImportRun) -> dict[int, dict[date, int]]:
    """Sums of the whole weeks of the file, by figure."""
    if run.window_start is None or run.window_end is None:
        return {}
    rows = WeekTotal.objects.filter(
        program=run.program_id,
        account=run.account_id,
        segment=Segment.ALL,
        metric__in=SUMMED,
        days__gte=DAYS_OF_WEEK,
        week__gte=run.window_start,
        week__lte=run.window_end - timedelta(days=DAYS_OF_WEEK - 1),
    )
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for metric, week, value in rows.order_by("week").values_list("metric", "week", "value"):
        found[metric][week] = value
    return {metric: dict(list(sums.items())[-WEEKS:]) for metric, sums in found.items()}


def _sums(run: ImportRun) -> dict[int, int]:
    """Of all days of the file, the running week too; people are counted by the network for the whole period."""
    if run.window_start is None or run.window_end is None:
        return {}
    end = run.window_end + timedelta(days=1)
    day_by_day = Q(grain=Grain.DAY, metric__in=SUMMED, period_start__gte=run.window_start, period_end__lte=end)
    people = Q(grain=Grain.WINDOW, metric=Metric.MEMBERS_REACHED, period_start=run.window_start, period_end=end)
    rows = Reading.objects.filter(
        day_by_day | people, program=run.program_id, account=run.account_id, post=None, segment=Segment.ALL
    )
    return dict(rows.values("metric").order_by("metric").annotate(sum=Sum("value")).values_list("metric", "sum"))


def _chart(
    run: ImportRun, weeks: dict[int, dict[date, int]], days: dict[int, int], posts: list[StoryPost], every: int
) -> Chart | None:
    shown = weeks.get(Metric.IMPRESSIONS, {})
    seen = days.get(Metric.IMPRESSIONS)
    if len(shown) < 2 or seen is None or run.window_start is None or run.window_end is None:
        return None
    if run.account.kind == Account.Kind.PERSON:
        sentence = ngettext(
            "Your posts were seen <em>{count} time</em>.", "Your posts were seen <em>{count} times</em>.", seen
        )
    else:
        sentence = ngettext(
            "The company's posts were seen <em>{count} time</em>.",
            "The company's posts were seen <em>{count} times</em>.",
            seen,
        )
    period = _("%(first)s to %(last)s") % {"first": day(run.window_start), "last": day(run.window_end)}
    return Chart(
        id="story",
        kind=ChartKind.LINES,
        size="m",
        sentence=format_html(sentence, count=number(seen)),
        what=_what(every),
        over=_("Week"),
        labels=tuple(week_label(week) for week in shown),
        series=series_of([_("Impressions")], [[ChartCell(value, number(value))] for value in shown.values()]),
        marks=tuple(_marks(shown, posts)),
        source=f"{run.account.get_network_display()}, {period}",
        quality="imported",
    )


def _what(every: int) -> str:
    if not every:
        return _("Impressions per whole week. There is no post in this file. That happens.")
    return _("Impressions per whole week, with the numbers of the posts below.")


def _marks(weeks: Iterable[date], posts: list[StoryPost]) -> Iterable[ChartMark]:
    """The numbers of the posts, each in its week."""
    by_week: dict[date, list[int]] = defaultdict(list)
    for row in posts[:SHOWN]:
        if row.post.on:
            by_week[row.post.on - timedelta(days=row.post.on.weekday())].append(row.number)
    for week in weeks:
        if numbers := sorted(by_week[week]):
            yield ChartMark(week_label(week), ", ".join(str(each) for each in numbers))


def _said_of(post: Any) -> SafeString:
    """What the file says of a post, as far as it says it."""
    seen = ngettext("Seen <b>{count} time</b>", "Seen <b>{count} times</b>", post.impressions)
    comments = ngettext("<b>{count} comment</b>", "<b>{count} comments</b>", post.comments or 0)
    saved = ngettext("saved <b>{count} time</b>", "saved <b>{count} times</b>", post.saves or 0)
    parts = [(seen, post.impressions), (comments, post.comments), (saved, post.saves)]
    said = [format_html(text, count=number(count)) for text, count in parts if count]
    return format_html("{}.", format_html_join(", ", "{}", ((part,) for part in said)))


def _small(run: ImportRun, weeks: dict[int, dict[date, int]], days: dict[int, int]) -> list[Small]:
    found = []
    if (new := days.get(Metric.FOLLOWERS_NEW)) is not None:
        text = ngettext("<em>{count}</em> new follower", "<em>{count}</em> new followers", new)
        note = _stand(run)
        found.append(
            _drawn(_("Followers"), format_html(text, count=number(new)), note, weeks.get(Metric.FOLLOWERS_NEW))
        )
    if (people := days.get(Metric.MEMBERS_REACHED)) is not None:
        text = ngettext("<em>{count}</em> person", "<em>{count}</em> people", people)
        says = format_html(text, count=number(people))
        found.append(_drawn(_("Reached"), says, _("as the network counts them, in the whole period"), None))
    if saves := days.get(Metric.SAVES):
        text = ngettext("<em>{count}</em> time", "<em>{count}</em> times", saves)
        note = _("Somebody wants to find it again.")
        found.append(_drawn(_("Saved"), format_html(text, count=number(saves)), note, weeks.get(Metric.SAVES)))
    return found


def _stand(run: ImportRun) -> str:
    """How many there are now, where a file says so."""
    rows = Reading.objects.filter(
        program=run.program_id, account=run.account_id, post=None, metric=Metric.FOLLOWERS_TOTAL, segment=Segment.ALL
    )
    newest = rows.order_by("-period_end").first()
    if newest is None:
        return _("new per week")
    said = {"count": number(newest.value), "day": day(newest.period_end - timedelta(days=1))}
    return _("%(count)s in all on %(day)s") % said


def _drawn(title: str, says: SafeString, note: str, weeks: Mapping[date, int] | None) -> Small:
    line = sums.points(list(weeks.values())) if weeks and len(weeks) >= sums.SHORTEST else ""
    rows = [(week_label(week), number(value)) for week, value in weeks.items()] if weeks and line else []
    return Small(title, says, note, line, f"0,{sums.HEIGHT} {line} 100,{sums.HEIGHT}" if line else "", rows)
