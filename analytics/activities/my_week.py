"""A person's week that is over, beside their own usual: what they did, what was read most, and what they want next.

Everything is asked for the person who asks. A week without entries is a word and no gap; nothing counts weeks in a row,
and nobody else's week is beside it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.activities.models import Activity, HiddenMoment, WeekNote
from analytics.metrics.models import Post
from analytics.metrics.posts_shown import figured, told_of
from core.kit.compiled import Blank, Compiled
from core.kit.templatetags.ui import number
from programs.consents.access import is_at_work
from programs.consents.models import Purpose
from programs.membership.models import Program

if TYPE_CHECKING:
    from analytics.activities.queries import Week
    from core.people.models import User

ONE_WEEK = timedelta(weeks=1)
WEEKS = 8
ENOUGH_FOR_USUAL = 4  # weeks with something in them
KEPT_BACK = timedelta(weeks=53)  # so far a page of a week goes back
TALLEST = 105  # of a bar
READ = ("impressions",)  # of all that files say of a post


@dataclass(frozen=True)
class OwnBar:
    """A week in the picture of the last eight."""

    monday: date
    minutes: int
    left: float  # in percent of the width
    height: int
    is_chosen: bool

    @property
    def middle(self) -> float:
        return self.left + 4.65

    @property
    def top(self) -> int:
        return 128 - self.height


@dataclass(frozen=True)
class UsualMinutes:
    """What is usual for this person: the middle of their own weeks."""

    low: int
    high: int
    top: int
    height: int


@dataclass(frozen=True)
class Moment:
    """A week in a sentence, for the start page."""

    monday: date
    did: str
    best: Any | None  # the post that was read most, with its figures

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True)
class OwnWeek(Moment):
    """The page of a week."""

    entries: Sequence[Activity]
    minutes: int
    bars: Sequence[OwnBar]
    usual: UsualMinutes | None
    note: str
    wanted: str  # what the person noted a week earlier
    is_hidden: bool
    before: date | None
    after: date | None


def week_asked(said: str, today: date) -> date:
    """The Monday of a week that is over; the last one unless another is asked for."""
    last = today - timedelta(days=today.weekday()) - ONE_WEEK
    try:
        asked = date.fromisoformat(said)
    except ValueError:
        return last
    monday = asked - timedelta(days=asked.weekday())
    return monday if last - KEPT_BACK <= monday <= last else last


def moment_of(user: "User", program: Program, week: "Week") -> Moment | None:
    """Of the week before, for the start page. No query where nothing was logged then, or where it is hidden."""
    if not week.earlier or week.hides_moment:
        return None
    posts = posts_of_week(user, program, week.monday - ONE_WEEK)
    return Moment(week.monday - ONE_WEEK, what_was_done(week.earlier, len(posts)), best_of(posts))


def own_week(user: "User", program: Program, monday: date) -> OwnWeek:
    """Four queries."""
    first = monday - (WEEKS - 1) * ONE_WEEK
    rows = list(Activity.objects.present().filter(user=user, program=program, on__gte=first, on__lt=monday + ONE_WEEK))
    posts = posts_of_week(user, program, monday)
    entries = [row for row in rows if row.on >= monday]
    spent = Counter[date]()
    for row in rows:
        spent[row.on - timedelta(days=row.on.weekday())] += row.minutes
    weeks = [first + place * ONE_WEEK for place in range(WEEKS)]
    most = max(1, *(spent[week] for week in weeks))
    bars = [
        OwnBar(week, spent[week], 1.6 + 12.5 * place, round(TALLEST * spent[week] / most), week == monday)
        for place, week in enumerate(weeks)
    ]
    notes = dict(
        WeekNote.objects.filter(user=user, program=program, week__in=(monday, monday - ONE_WEEK)).values_list(
            "week", "text"
        )
    )
    last = week_asked("", timezone.localdate())
    return OwnWeek(
        monday=monday,
        did=what_was_done(entries, len(posts)),
        best=best_of(posts),
        entries=entries,
        minutes=spent[monday],
        bars=bars,
        usual=_usual([spent[week] for week in weeks if spent[week]], most),
        note=notes.get(monday, ""),
        wanted=notes.get(monday - ONE_WEEK, ""),
        is_hidden=HiddenMoment.objects.filter(user=user, program=program).exists(),
        before=monday - ONE_WEEK if monday - ONE_WEEK >= last - KEPT_BACK else None,
        after=monday + ONE_WEEK if monday < last else None,
    )


def _usual(minutes: list[int], most: int) -> UsualMinutes | None:
    """From the second smallest to the second largest of eight: one exceptional week makes nothing usual."""
    if len(minutes) < ENOUGH_FOR_USUAL:
        return None
    known = sorted(minutes)
    aside = len(known) // 4
    low, high = known[aside], known[-1 - aside]
    top = 128 - round(TALLEST * high / most)
    return UsualMinutes(low, high, top, max(2, 128 - round(TALLEST * low / most) - top))


def posts_of_week(user: "User", program: Program, monday: date) -> list[Any]:
    """What files and connections say of the own posts that were published then. One query."""
    start = timezone.make_aware(datetime.combine(monday, time()))
    found: list[Any] = OF_WEEK.rows(
        program=program.pk,
        person=user.pk,
        monday=monday,
        next_monday=monday + ONE_WEEK,
        start=start,
        end=start + ONE_WEEK,
    )
    for post in found:
        post.on = post.created_on or timezone.localdate(post.published_at)
    return figured(found, READ)


def _of_week() -> QuerySet[Post]:
    program, person = Blank("program"), Blank("person")
    within = Q(created_on__gte=Blank("monday"), created_on__lt=Blank("next_monday")) | Q(
        created_on=None, published_at__gte=Blank("start"), published_at__lt=Blank("end")
    )
    at_work = is_at_work(person, program, Purpose.OWN_FIGURES)
    own = Post.objects.filter(within, at_work, program=program, account__user=person)
    return told_of(own, program, READ).order_by(F("published_at").desc(nulls_last=True), "-pk")


OF_WEEK = Compiled(_of_week)  # it is asked on each start page of who takes part


def best_of(posts: Iterable[Any]) -> Any | None:
    read = [post for post in posts if post.impressions]
    return max(read, key=lambda post: post.impressions, default=None)


def what_was_done(entries: Iterable[Activity], published: int) -> str:
    """ "2 conversations, 1 post". A post may be logged and imported: the larger number counts, not both."""
    counts = Counter(row.kind for row in entries)
    counts["post"] = max(counts["post"], published)
    said = [_so_many(kind, counts[kind]) for kind in Activity.Kind.values if counts[kind]]
    return capfirst(", ".join(said))


def _so_many(kind: str, n: int) -> str:
    words = {
        "post": ngettext("%(n)s post", "%(n)s posts", n),
        "comment": ngettext("%(n)s comment", "%(n)s comments", n),
        "talk": ngettext("%(n)s conversation or talk", "%(n)s conversations or talks", n),
        "article": ngettext("%(n)s article", "%(n)s articles", n),
        "podcast": ngettext("%(n)s podcast", "%(n)s podcasts", n),
        "event": ngettext("%(n)s event", "%(n)s events", n),
        "recruiting": ngettext("%(n)s recruiting talk", "%(n)s recruiting talks", n),
        "mentoring": ngettext("%(n)s mentoring session", "%(n)s mentoring sessions", n),
        "request": ngettext("%(n)s request for a talk or an interview", "%(n)s requests for a talk or an interview", n),
        "other": ngettext("%(n)s other thing", "%(n)s other things", n),
    }
    return words[kind] % {"n": number(n)}


def beside_usual(week: OwnWeek) -> str:
    """How much time it was, beside the person's own weeks and without a judgement."""
    if not week.usual or not week.minutes:
        return ""
    if week.minutes > week.usual.high:
        return _("More than is usual for you.")
    if week.minutes < week.usual.low:
        return _("Less than is usual for you, which is not worse.")
    return _("As in most of your weeks.")
