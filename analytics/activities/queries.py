"""What is selected of activities."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, QuerySet, Sum, Window
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import ngettext

from analytics.activities.links import same_page
from analytics.activities.models import Activity, ActivityTopic, HiddenMoment, SocialScore, WeekNote
from core.kit import page_cache
from core.kit.compiled import Blank, Compiled
from core.kit.kept import Kept
from programs.membership.access import Ability, can
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User


LAST = 10  # the mix of value and promotional is told of the last ten
FULL_WEEK = 20  # entries: who logs more than this within a week costs a second question
RECENT = 4
NEWEST = Compiled(
    lambda: (
        Activity.objects.present()
        .filter(user=Blank("person"), program=Blank("program"))
        .annotate(hides_moment=Exists(HiddenMoment.objects.filter(user=Blank("person"), program=Blank("program"))))[
            :FULL_WEEK
        ]
    )
)


@dataclass(frozen=True)
class Week:
    """A person's own week: minutes of the allowance and the mix. There is no target to miss."""

    monday: date
    minutes: int
    allowance: int
    count: int
    last_ten: Sequence[Activity]
    earlier: Sequence[Activity] = ()  # of the week before
    hides_moment: bool = False  # the start page tells nothing of it

    @property
    def recent(self) -> Sequence[Activity]:
        return self.last_ten[:RECENT]

    @property
    def full(self) -> int:
        """The length of the bar: more time than the allowance fills it and is no alarm."""
        return max(self.allowance, self.minutes, 1)

    @property
    def value(self) -> int:
        return sum(activity.is_value for activity in self.last_ten)

    @property
    def promotional(self) -> int:
        return len(self.last_ten) - self.value

    @property
    def dots(self) -> list[tuple[float, bool]]:
        """Where each dot stands in the picture, value first."""
        return [(7 + 24.5 * place, place < self.value) for place in range(len(self.last_ten))]


def kept(user: "User", program: Program) -> Iterator[Kept]:
    """What a person has logged."""
    logged = Activity.objects.present().filter(user=user, program=program)
    yield Kept(logged, lambda n: ngettext("entry of your log", "entries of your log", n))
    notes = WeekNote.objects.filter(user=user, program=program)
    yield Kept(notes, lambda n: ngettext("sentence about your week", "sentences about your week", n))
    scores = SocialScore.objects.filter(user=user, program=program)
    yield Kept(scores, lambda n: ngettext("Social Selling Index you entered", "Social Selling Indexes you entered", n))


def logged_by(program: Any, person: Any) -> QuerySet[Activity]:
    return Activity.objects.present().filter(program=program, user=person)


def noted(person: int, program: int, links: Set[str]) -> dict[str, str]:
    """What a person noted when logging what these links lead to, however each was written."""
    logged = Activity.objects.present().filter(user=person, program=program).exclude(url="").exclude(note="")
    notes = {same_page(url): note for url, note in logged.order_by("created_at").values_list("url", "note")}
    return {link: notes[page] for link in links if (page := same_page(link)) in notes}


def my_part(user: "User", program: Program, on: date) -> Week | None:
    """The week of somebody whose start page is about something else."""
    return week_of(user, program, on) if can(user, Ability.TAKE_PART, program) else None


def week_of(user: "User", program: Program, on: date | None = None) -> Week:
    """The week around a day, and the mix of the last ten. One query, two where somebody logged very much since."""
    on = on or timezone.localdate()
    monday = on - timedelta(days=on.weekday())
    since = monday - timedelta(days=7)
    newest: Sequence[Any] = NEWEST.rows(person=user.pk, program=program.pk)
    rows = newest
    if len(newest) == FULL_WEEK and newest[-1].on >= since:
        rows = list(Activity.objects.present().filter(user=user, program=program, on__gte=since))
    minutes = [row.minutes for row in rows if monday <= row.on < monday + timedelta(days=7)]
    return Week(
        monday,
        sum(minutes),
        program.weekly_minutes,
        len(minutes),
        newest[:LAST],
        [row for row in rows if since <= row.on < monday],
        bool(newest) and newest[0].hides_moment,
    )


def topics_by_page(user: "User", program: Program) -> dict[str, list[str]]:
    """What a person said an entry is about, by the page that it leads to. One query."""
    found: dict[str, list[str]] = {}
    rows = Activity.objects.present().filter(user=user, program=program).exclude(url="").exclude(topics=[])
    for url, topics in rows.values_list("url", "topics"):
        found.setdefault(same_page(url), []).extend(topics)
    return found


def logged_before(user: "User", program: Program, data: dict[str, Any], *, once: UUID | None = None) -> Activity | None:
    """The newest entry of the same kind about the same page, of this person alone; what is sent twice is none."""
    own = Activity.objects.present().filter(user=user, program=program, kind=data["kind"]).exclude(url="")
    if not data["url"] or (once is not None and own.filter(once=once).exists()):
        return None
    page = same_page(data["url"])
    return next((row for row in own.only("on", "url").iterator() if same_page(row.url) == page), None)


def activities_for(user: "User", program: Program) -> QuerySet[Activity]:
    """The person's own, newest first, each knowing the minutes of its week."""
    return (
        Activity.objects.present()
        .filter(user=user, program=program)
        .annotate(week=TruncWeek("on"))
        .annotate(week_minutes=Window(Sum("minutes"), partition_by=TruncWeek("on")))
    )


def topic_rows(program: Program) -> list[ActivityTopic]:
    """What the program offers as topics, the oldest first."""
    return list(ActivityTopic.objects.present().filter(program=program))


def topics_of(program: Program) -> list[str]:
    """Their words, each once; asked for on every page with the log bar."""
    return page_cache.taken(
        f"program:{program.pk}",
        "activity-topics",
        lambda: list(dict.fromkeys(topic.word for topic in topic_rows(program))),
    )
