"""What stands on the page of a review, and so in its minutes."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from core.kit.cldr import clock as as_clock
from core.kit.templatetags.ui import day as as_day
from programs.consents.models import today_in
from programs.handbook import chapters
from programs.phases.models import Milestone
from programs.reviews import access, queries, services
from programs.reviews.agenda import Agenda, agenda_of
from programs.reviews.forms import ActionForm, PointForm
from programs.reviews.kinds import POINTS, WITH_LIGHTS, AgendaPoint, ReviewKind
from programs.reviews.models import Finding, Light, Review, ReviewAction, ReviewPoint

if TYPE_CHECKING:
    from core.people.models import User

# Figures that stand beside a review, by the names of the parts that write themselves.
BESIDE = {ReviewKind.PROGRAM: ("figures",), ReviewKind.WEEKLY: ("last_week", "figures")}


@dataclass(frozen=True)
class PointRow:
    """A point of the agenda, with what the last review of this kind said of it."""

    point: ReviewPoint
    about: AgendaPoint
    last: str  # label of its light then

    typed: PointForm | None = None  # what came back with a mistake, or too late

    @property
    def light(self) -> str:
        return str(self.typed["light"].value() or "") if self.typed else self.point.light

    @property
    def text(self) -> str:
        return str(self.typed["text"].value() or "") if self.typed else self.point.text

    @property
    def is_waiting(self) -> bool:
        return not self.point.light and not self.point.text


@dataclass(frozen=True)
class Carried:
    action: ReviewAction
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class Record:
    review: Review
    has_lights: bool
    points: list[PointRow]
    carried: list[Carried]
    agenda: Agenda
    findings: list[Finding]
    decisions: list[Finding]
    actions: list[Carried]

    @property
    def done(self) -> int:
        return sum(each.is_done for each in self.carried)

    @property
    def spoken_of(self) -> int:
        return sum(not each.is_waiting for each in self.points)


def when(review: Review) -> str:
    """Day, time and place in one line."""
    return ", ".join(part for part in (moment_of(review.milestone), review.milestone.place) if part)


def moment_of(date: Milestone) -> str:
    """Monday, 30 November 2026, 10:00–11:00; in German with the word that belongs to it."""
    first, last = date.at, date.until_at
    hours = f"{first.hour}:{first:%M}–{as_clock(last)}" if first and last else as_clock(first) if first else ""
    return ", ".join(part for part in (as_day(date.on, "full"), hours) if part)


def record_of(review: Review, user: "User", typed: tuple[str, PointForm] | None = None) -> Record:
    kind, last = ReviewKind(review.kind), queries.before(review)
    lights = {each.key: Light(each.light).label for each in last.points.all() if each.light} if last else {}
    by_key = {each.key: each for each in review.points.all()}
    said = list(review.findings.present().select_related("decision", "lesson"))
    today = today_in(review.program)
    own = list(review.actions.present().select_related("owner__user"))
    return Record(
        review=review,
        has_lights=kind in WITH_LIGHTS,
        points=[
            PointRow(by_key[key], about, str(lights.get(key, "")), typed[1] if typed and typed[0] == key else None)
            for key, about in POINTS[kind].items()
            if key in by_key
        ],
        carried=[_carried(each, today) for each in queries.carried(review, last, user)],
        agenda=agenda_of(review),
        findings=[each for each in said if not each.is_decision],
        decisions=[each for each in said if each.is_decision],
        actions=[_carried(each, today) for each in own],
    )


def _carried(action: ReviewAction, today: date) -> Carried:
    is_late = action.done_at is None and action.due_on is not None and action.due_on < today
    return Carried(action, action.done_at is not None, is_late)


def of(user: "User", review: Review, typed: tuple[str, PointForm] | None = None) -> dict[str, Any]:
    program = review.program
    is_open = review.closed_at is None
    leads = access.can_lead(user, program)
    return {
        "program": program,
        "review": review,
        "milestone": review.milestone,
        "when": when(review),
        "record": record_of(review, user, typed),
        "people": queries.present_at(review),
        "figures": [found for key in BESIDE[ReviewKind(review.kind)] if (found := chapters.table_of(program, key))],
        "is_open": is_open,
        "writes": access.can_write(user, program) and is_open,
        "follows": access.can_write(user, program),
        "leads": leads,
        "may_reopen": leads and services.can_be_reopened(review),
        "keeps": access.can_keep_lessons(user, program),
        "lights": Light.choices,
        "new_action": ActionForm(program=program),
    }
