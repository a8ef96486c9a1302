"""A person's way through the onboarding, and how far a group has come without telling who."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from programs.consents import access as consents
from programs.consents.models import Purpose
from programs.generations.models import Generation, Participant, Step, StepDone


@dataclass(frozen=True)
class PathStep:
    """One step as the person sees it. `state`: done, now (the next one) or next (later)."""

    step: Step
    state: str
    due_on: date
    done_at: datetime | None
    url: str

    @property
    def is_past(self) -> bool:
        """A suggested day that has passed is not said again: nobody is reminded of being late."""
        return self.due_on < timezone.localdate()


@dataclass(frozen=True)
class Path:
    steps: list[PathStep]

    @property
    def done(self) -> int:
        return sum(row.state == "done" for row in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.steps else 0

    @property
    def next(self) -> PathStep | None:
        return next((row for row in self.steps if row.state == "now"), None)


def path_of(participant: Participant) -> Path:
    """The onboarding of one person: two queries. `participant.program` should be loaded."""
    steps = list(Step.objects.filter(generation_id=participant.generation_id))
    done = dict(StepDone.objects.filter(participant=participant).values_list("step_id", "at"))
    now = next((step.pk for step in steps if step.pk not in done), None)
    return Path(
        [
            PathStep(
                step=step,
                state="done" if step.pk in done else "now" if step.pk == now else "next",
                due_on=participant.joined_on + timedelta(days=step.due_days),
                done_at=done.get(step.pk),
                url=url_of(step, participant.program.slug),
            )
            for step in steps
        ]
    )


def url_of(step: Step, slug: str) -> str:
    """The page a step leads to; a step of an older file may name a page that is gone: then it has no link."""
    if not step.link:
        return ""
    for args in ([slug], []):
        try:
            return reverse(step.link, args=args)
        except NoReverseMatch:
            continue
    return ""


@dataclass(frozen=True)
class GroupProgress:
    """How far those have come who show their onboarding to the program team. `shared` holds each one's steps; the sum
    is made of them alone, so that it tells nothing about anybody who shows nothing."""

    total: int
    shared: dict[int, int]

    @property
    def people(self) -> int:
        return len(self.shared)

    @property
    def done(self) -> int:
        return sum(self.shared.values())

    @property
    def whole(self) -> int:
        return self.total * self.people

    @property
    def percent(self) -> int | None:
        return round(100 * self.done / self.whole) if self.whole else None


def progress_of(generations: Iterable[Generation], program_id: int) -> dict[int, GroupProgress]:
    """The progress of several generations at once: four queries however many there are."""
    keys = [generation.pk for generation in generations]
    totals = Counter(Step.objects.filter(generation__in=keys).values_list("generation_id", flat=True))
    showing = consents.people_granting(program_id, Purpose.TEAM_SEES_ONBOARDING)
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    present = Participant.objects.present().filter(generation__in=keys, user__in=showing)
    rows = present.annotate(done=Count("steps_done")).values_list("generation_id", "pk", "done")
    for generation_id, participant_id, done in rows:
        shared[generation_id][participant_id] = done
    return {key: GroupProgress(totals[key], shared[key]) for key in keys}
