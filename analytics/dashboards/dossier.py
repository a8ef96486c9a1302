"""What somebody built up in a program, to take along: years, best posts, activities, notes, successes and roles.

It is the person's own, made for them alone, and says itself that nobody has checked it. Nobody else is in it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from analytics.activities.models import Activity
from analytics.benefits.queries import own_benefits
from analytics.metrics.models import Metric, Post, Segment, WeekTotal
from analytics.metrics.posts_shown import figured, watched_minutes, with_figures
from core.kit.exports import Table
from core.kit.papers import Paper, PaperSection
from core.kit.templatetags.ui import day, minutes, number
from programs.generations.models import Participant
from programs.membership.models import Membership, Program
from programs.membership.sender import logo_on_paper

if TYPE_CHECKING:
    from core.people.models import User

BEST = 10
MOST_POSTS = 2_000
YEARLY = (
    Metric.IMPRESSIONS, Metric.REACTIONS, Metric.COMMENTS, Metric.REPOSTS, Metric.SAVES, Metric.SENDS,
    Metric.VIDEO_VIEWS, Metric.WATCH_SECONDS, Metric.FOLLOWERS_NEW,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A section: its rows as values. `full` is what files hold where the paper shows less."""

    key: str
    title: str
    header: Sequence[tuple[str, str]]  # a name for programs, and the word
    rows: Sequence[Sequence[Any]]
    full: Sequence[Sequence[Any]] | None = None
    text: str = ""

    @property
    def all_rows(self) -> Sequence[Sequence[Any]]:
        return self.rows if self.full is None else self.full


@dataclass(frozen=True)
class Dossier:
    person: "User"
    program: Program
    parts: list[Part]

    @property
    def title(self) -> str:
        return _("What I built up in %(program)s") % {"program": self.program.name}


def dossier_of(user: "User", program: Program, taking_part: Sequence[Participant]) -> Dossier:
    """Everything that is stored, also what is on hold: it is the person's own until it is deleted. Six queries."""
    posts = figured(with_figures(Post.objects.filter(program=program, account__user=user), program)[:MOST_POSTS])
    entries = list(Activity.objects.present().filter(user=user, program=program))
    parts = [
        _roles(user, program, taking_part),
        _years(user, program, entries),
        _posts(posts),
        _activities(entries),
        _successes(user, program),
    ]
    return Dossier(user, program, [part for part in parts if part.all_rows])


def _roles(user: "User", program: Program, taking_part: Sequence[Participant]) -> Part:
    rows: list[list[Any]] = [[str(each.generation), each.joined_on, each.left_on] for each in taking_part]
    others = Membership.objects.filter(user=user, program=program).exclude(role="influencer").order_by("since")
    rows += [
        [str(capfirst(each.get_role_display())), timezone.localdate(each.since), _day_of(each.ended_at)]
        for each in others
    ]
    header = [("role", _("Generation or role")), ("from", _("From")), ("until", _("Until"))]
    return Part("roles", _("Taking part"), header, rows)


def _day_of(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def _years(user: "User", program: Program, entries: Iterable[Activity]) -> Part:
    sums = (
        WeekTotal.objects.filter(program=program, account__user=user, segment=Segment.ALL, metric__in=YEARLY)
        .annotate(year=ExtractYear("week"))
        .values("year", "metric")
        .order_by("year", "metric")
        .annotate(sum=Sum("value"))
    )
    by_year: dict[int, dict[int, int | None]] = defaultdict(dict)
    for row in sums:
        is_time = row["metric"] == Metric.WATCH_SECONDS
        by_year[row["year"]][row["metric"]] = watched_minutes(row["sum"]) if is_time else row["sum"]
    published = (
        Post.objects.filter(program=program, account__user=user, published_at__isnull=False)
        .annotate(year=ExtractYear("published_at"))
        .values("year")
        .order_by("year")
        .annotate(posts=Count("pk"))
    )
    posts = {row["year"]: row["posts"] for row in published}
    spent: dict[int, int] = defaultdict(int)
    for entry in entries:
        spent[entry.on.year] += entry.minutes
    known = [metric for metric in YEARLY if any(metric in told for told in by_year.values())]
    header = [
        ("year", _("Year")),
        ("posts", _("Posts")),
        *(_headed(metric) for metric in known),
        ("minutes", _("Minutes logged")),
    ]
    years = sorted({*by_year, *posts, *spent})
    rows = [[y, posts.get(y), *(by_year[y].get(m) for m in known), spent.get(y)] for y in years]
    note = _("Sums of the weeks that files or connections brought. A week counts to the year of its Monday.")
    return Part("years", _("Figures by year"), header, rows, text=note)


def _headed(metric: Metric) -> tuple[str, str]:
    if metric == Metric.WATCH_SECONDS:
        return "watch_minutes", _("Watch time (minutes)")
    return metric.name.lower(), str(capfirst(metric.label))


def _posts(posts: Sequence[Any]) -> Part:
    header = [
        ("day", _("Day")), ("title", _("Post")), ("link", _("Link")), ("impressions", _("Impressions")),
        ("reactions", _("Reactions")), ("comments", _("Comments")), ("reposts", _("Reposts")), ("saves", _("Saves")),
        ("sends", _("Sends")), ("video_views", _("Video views")), ("video_viewers", _("Video viewers")),
        ("watch_minutes", _("Watch time (minutes)")), ("what_worked", _("What worked")),
    ]  # fmt: skip
    rows = [
        [p.on, p.title, p.url, p.impressions, p.reactions, p.comments, p.reposts, p.saves, *_more(p)] for p in posts
    ]
    seen = sorted((row for row in rows if row[3] is not None), key=lambda row: -row[3])[:BEST]
    noted = [row for row in rows if row[-1] and row not in seen]
    note = _("The ten that were seen most, and those you noted something about. The files hold all of them.")
    return Part("posts", _("Posts"), header, [*seen, *noted], rows, text=note)


def _more(post: Any) -> tuple[Any, ...]:
    """Behind the figures that most files hold."""
    return post.sends, post.video, post.watchers, post.minutes, post.worked


def _activities(entries: Sequence[Activity]) -> Part:
    header = [
        ("day", _("Day")), ("kind", _("Kind")), ("channel", _("Channel")), ("note", _("Note")), ("link", _("Link")),
        ("minutes", _("Minutes")),
    ]  # fmt: skip
    rows = [
        [
            each.on,
            str(capfirst(each.get_kind_display())),
            str(each.get_channel_display()),
            each.note,
            each.url,
            each.minutes,
        ]
        for each in entries
    ]
    return Part("activities", _("What I did"), header, rows)


def _successes(user: "User", program: Program) -> Part:
    rows = [[each.told_on, each.text] for each in own_benefits(user, program)]
    return Part("successes", _("What the program made possible"), [("day", _("Day")), ("text", _("In my words"))], rows)


# --- as a paper and as files ----------------------------------------------------------------------------------------

ON_PAPER = {  # of wide parts, the columns that a page has room for
    "posts": ("day", "title", "impressions", "comments", "saves", "what_worked"),
    "activities": ("day", "kind", "note", "minutes"),
}


def paper_of(dossier: Dossier) -> Paper:
    names = {"name": str(dossier.person), "program": dossier.program.name, "company": dossier.program.company_name}
    about = _(
        "%(name)s created it from their own figures and records in “%(program)s”, the corporate influencer program of "
        "%(company)s. It contains nobody else, and nobody has checked it."
    )
    return Paper(
        title=dossier.title,
        author=str(dossier.person),
        made=_("Created on %(day)s") % {"day": day(timezone.localdate(), "long")},
        sections=[
            *(_section(part) for part in dossier.parts),
            PaperSection(_("About this dossier"), about % names),
        ],
        logo=logo_on_paper(dossier.program),
    )


def _section(part: Part) -> PaperSection:
    keys = [key for key, _word in part.header]
    places = [keys.index(key) for key in ON_PAPER.get(part.key, keys)]
    return PaperSection(
        part.title,
        part.text,
        header=[part.header[place][1] for place in places],
        rows=[[_on_paper(keys[place], row[place]) for place in places] for row in part.rows],
    )


def _on_paper(key: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, date):
        return day(value)
    if key == "minutes":
        return minutes(value)
    if key == "title":
        return str(value)[:120]
    return number(value) if isinstance(value, int) and key != "year" else str(value)


def tables_of(dossier: Dossier) -> list[Table]:
    return [Table(part.title, [word for _key, word in part.header], part.all_rows) for part in dossier.parts]


def data_of(dossier: Dossier) -> dict[str, Any]:
    """For other software: names in English, days as ISO 8601, unknown figures as null."""
    data: dict[str, Any] = {
        "person": str(dossier.person),
        "program": dossier.program.name,
        "company": dossier.program.company_name,
        "created_on": timezone.localdate().isoformat(),
    }
    for part in dossier.parts:
        keys = [key for key, _word in part.header]
        data[part.key] = [dict(zip(keys, map(_plain_value, row), strict=True)) for row in part.all_rows]
    return data


def _plain_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
