"""What the pages of a program's series show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from community.forum import queries
from community.forum.models import Topic
from community.forum.models_rituals import Ritual
from community.forum.ritual_days import ComingDay, coming
from community.forum.ritual_templates import RitualTemplate, ritual_templates
from core.kit.markdown import render
from programs.membership.models import Program

if TYPE_CHECKING:
    from core.people.models import User

EARLIER = 5


@dataclass(frozen=True)
class Series:
    """One series, as a host sees it."""

    ritual: Ritual
    host: str
    coming: list[ComingDay]

    @property
    def next(self) -> ComingDay | None:
        return next((day for day in self.coming if day.opening), None)

    @property
    def state(self) -> str:
        if self.ritual.approved_at is None:
            return "waits"
        return "paused" if self.ritual.paused_at else "runs"


@dataclass(frozen=True)
class SeriesPage:
    series: Series
    coming: list[tuple[ComingDay, SafeString]]
    earlier: list[Topic]
    is_mine: bool


def series_of(program: Program, count: int = 1) -> list[Series]:
    """All series of a program, each with the name of its host as long as they host."""
    rows = Ritual.objects.present().filter(program=program).select_related("host", "board", "program")
    rituals = list(rows.prefetch_related("texts", "days"))
    members = queries.members_among(program, {ritual.host_id for ritual in rituals if ritual.host_id})
    return [_series(ritual, members, count) for ritual in rituals]


def series_page(user: "User", ritual: Ritual) -> SeriesPage:
    members = queries.members_among(ritual.program, {ritual.host_id} if ritual.host_id else set())
    series = _series(ritual, members, count=4)
    shown = [(day, render(day.opening.text if day.opening else "")) for day in series.coming]
    topics = Topic.objects.present().filter(pk__in=ritual.days.exclude(topic=None).values("topic"))
    return SeriesPage(series, shown, list(topics.order_by("-created_at")[:EARLIER]), ritual.host_id == user.pk)


def words_of(ritual: Ritual) -> list[dict[str, str]]:
    """Its texts, as the form begins with them."""
    return [{"title": each.title, "text": each.text} for each in ritual.texts.all()]


def not_begun(program: Program, language: str) -> list[RitualTemplate]:
    begun = set(Ritual.objects.present().filter(program=program).values_list("key", flat=True))
    return [template for key, template in ritual_templates(language).items() if key not in begun]


def _series(ritual: Ritual, members: dict[int, queries.Member], count: int) -> Series:
    member = members.get(ritual.host_id or 0)
    return Series(ritual, member.called if member else "", coming(ritual, count))
