"""A person's way through the onboarding, and how far a group has come without telling who."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.kit import rooms
from core.kit.compiled import Blank, Compiled, OneOf
from core.kit.date_pages import pages_of_dates
from core.kit.templatetags.ui import clock as as_clock
from core.kit.templatetags.ui import day as as_day
from programs.consents import queries as consents
from programs.consents.models import Purpose, today_in
from programs.generations import deeds, possible
from programs.generations.models import Participant, Step, StepDone
from programs.membership.models import Program
from programs.phases.models import Milestone


@dataclass(frozen=True)
class PathStep:
    """One step as the person sees it. `state`: done, now (the next one), next (later) or off (nothing can be done about
    it at the moment: its date is over, or none is set). `by_deed`: the product sees for itself that it is done, so that
    it cannot be opened again."""

    step: Step
    state: str
    due_on: date
    done_at: datetime | None
    url: str
    by_deed: bool = False
    when: str = ""  # day, time and place of the date it takes place on
    who: str = ""  # whom one meets, e.g. the mentor by name
    waits: bool = False  # for a date that somebody has yet to set

    @property
    def asks_for_a_text(self) -> bool:
        return self.step.asks_for_a_text

    @property
    def ends_by_deed(self) -> bool:
        return self.step.deed in deeds.known()

    @property
    def is_past(self) -> bool:
        """A suggested day that has passed is not said again: nobody is reminded of being late."""
        return self.due_on < timezone.localdate()


@dataclass(frozen=True)
class Path:
    steps: list[PathStep]

    @property
    def ahead(self) -> list[PathStep]:
        """Done, or still to be done; these are counted."""
        return [row for row in self.steps if row.state != "off"]

    @property
    def off(self) -> list[PathStep]:
        """Not possible at the moment. Nobody is to blame for it, so it counts nowhere."""
        return [row for row in self.steps if row.state == "off"]

    @property
    def done(self) -> int:
        return sum(row.state == "done" for row in self.steps)

    @property
    def total(self) -> int:
        return len(self.ahead)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0

    @property
    def next(self) -> PathStep | None:
        return next((row for row in self.steps if row.state == "now"), None)


def path_of(participant: Participant) -> Path:
    """The onboarding of one person: four queries. `participant.program` should be loaded."""
    steps = list(Step.objects.on_the_way().filter(generation_id=participant.generation_id).select_related("milestone"))
    ticked = dict(StepDone.objects.filter(participant=participant).values_list("step_id", "at"))
    by_deed = deeds.done_by(participant, steps)
    pages = pages_of_steps(participant.program, steps)
    done, today = by_deed | set(ticked), today_in(participant.program)
    off = {step.pk for step in steps if step.pk not in done and not _is_possible(step, today)}
    now = next((step.pk for step in steps if step.pk not in done | off), None)
    return Path(
        [
            PathStep(
                step=step,
                state="done" if step.pk in done else "off" if step.pk in off else "now" if step.pk == now else "next",
                due_on=_day_of(step, participant),
                done_at=ticked.get(step.pk),
                url=url_of(step, participant.program.slug, {} if _is_before(step, participant) else pages),
                by_deed=step.pk in by_deed,
                when="" if _is_before(step, participant) else when_of(step),
                who=who_of(step, participant) if step.pk not in done else "",
                waits=step.pk in off and (meeting_of(step) is None or _is_before(step, participant)),
            )
            for step in steps
        ]
    )


def _is_possible(step: Step, today: date) -> bool:
    meeting = meeting_of(step)
    on = meeting.on if meeting else None
    return not (possible.is_over(on, today) or possible.waits_for_a_date(on, step.deed, step.address))


def _is_before(step: Step, participant: Participant) -> bool:
    """Its date was before this person joined: for them it is still to come, and nobody knows yet when."""
    meeting = meeting_of(step)
    return meeting is not None and meeting.on < participant.joined_on


def _day_of(step: Step, participant: Participant) -> date:
    if _is_before(step, participant):
        return participant.joined_on + timedelta(days=step.due_days)
    return due_on(step, participant.joined_on)


def meeting_of(step: Step) -> Milestone | None:
    """The date a step takes place on, unless it was called off."""
    return step.milestone if step.milestone and step.milestone.deleted_at is None else None


def who_of(step: Step, participant: Participant) -> str:
    """Whom the person meets, where some room knows a name for the page that the step leads to."""
    if step.kind != Step.Kind.MEET:
        return ""
    asked = (room.meeting_names[step.link] for room in rooms.every() if step.link in room.meeting_names)
    return next((name for who in asked if (name := who(participant.user_id, participant.program_id))), "")


def when_of(step: Step) -> str:
    """Day, time and place of the date a step takes place on."""
    meeting = meeting_of(step)
    if meeting is None:
        return ""
    time = as_clock(datetime.combine(meeting.on, meeting.at)) if meeting.at else ""
    words = ", ".join(filter(None, (as_day(meeting.on, "weekday"), time, meeting.place)))
    return _("was on %(day)s") % {"day": words} if meeting.on < timezone.localdate() else words


def due_on(step: Step, joined_on: date) -> date:
    """The day of its date, or so many days after joining."""
    meeting = meeting_of(step)
    return meeting.on if meeting else joined_on + timedelta(days=step.due_days)


def pages_of_steps(program: Program, steps: Iterable[Step]) -> dict[int, str]:
    """The pages of the events that steps take place on, by date."""
    return pages_of_dates(program, [meeting.pk for step in steps if (meeting := meeting_of(step))])


def url_of(step: Step, slug: str, pages: Mapping[int, str]) -> str:
    """Where a step is done: a text on a page of its own; else on the page the management named, the one of its event,
    the deed's own, or the one the product's file names. A step of an older file may name a page that is gone: then it
    has no link."""
    if step.asks_for_a_text:
        return reverse("programs:step_write", args=[slug, step.pk])
    if step.address:
        return step.address
    if (meeting := meeting_of(step)) and meeting.pk in pages:
        return pages[meeting.pk]
    deed = deeds.known().get(step.deed)
    if not (deed or step.link):
        return ""
    for args in ([slug], []):
        try:
            return reverse(deed.address if deed else step.link, args=args)
        except NoReverseMatch:
            continue
    return ""


@dataclass(frozen=True)
class GroupProgress:
    """How far those have come who show their onboarding to the program team. `shared` holds each one's steps and
    `out_of` of how many, counted as on the person's own page; the sum is made of them alone, so that it tells nothing
    about anybody who shows nothing."""

    shared: dict[int, int]
    out_of: dict[int, int]

    @property
    def people(self) -> int:
        return len(self.shared)

    @property
    def done(self) -> int:
        return sum(self.shared.values())

    @property
    def whole(self) -> int:
        return sum(self.out_of.values())

    @property
    def percent(self) -> int | None:
        return round(100 * self.done / self.whole) if self.whole else None


def _done() -> QuerySet[Participant, tuple[int, int, int, int]]:
    present = Participant.objects.present().filter(OneOf("generation_id", "generations"), OneOf("user_id", "people"))
    own = Q(steps_done__step__generation=F("generation"))  # who was moved keeps what was done in the former one
    on_the_way = own & Q(steps_done__step__is_left_out=False, steps_done__step__deleted_at=None)
    more = on_the_way & possible.not_now(Blank("today"), "steps_done__step__")  # done, though nobody can do them now
    rows = present.annotate(done=Count("steps_done", filter=on_the_way), more=Count("steps_done", filter=more))
    return rows.values_list("generation_id", "pk", "done", "more")


_DONE = Compiled(_done)


def progress_of(steps: Mapping[int, int], program_id: int, today: date) -> dict[int, GroupProgress]:
    """The progress of several generations at once, in two queries. `steps`: those of each path possible today."""
    showing = consents.people_granting(program_id, Purpose.TEAM_SEES_ONBOARDING)  # few: quicker by name than as a join
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    out_of: dict[int, dict[int, int]] = defaultdict(dict)
    rows = _DONE.rows(generations=list(steps), people=list(showing), today=today) if showing else []
    for generation_id, participant_id, done, more in rows:
        shared[generation_id][participant_id] = done
        out_of[generation_id][participant_id] = steps[generation_id] + more
    return {key: GroupProgress(shared[key], out_of[key]) for key in steps}
