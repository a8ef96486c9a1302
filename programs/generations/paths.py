"""A person's way through the onboarding, and how far a group has come without telling who."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
    """How far a generation has come. `shared` holds the steps done by people who show theirs; the sum stays hidden
    where it would tell something about fewer than k people who do not."""

    total: int
    people: int
    shared: dict[int, int]
    done: int | None

    @property
    def whole(self) -> int:
        return self.total * self.people

    @property
    def percent(self) -> int | None:
        return None if self.done is None or not self.whole else round(100 * self.done / self.whole)


def progress_of(generations: Iterable[Generation], program_id: int, k: int) -> dict[int, GroupProgress]:
    """The progress of several generations at once: four queries however many there are."""
    keys = [generation.pk for generation in generations]
    totals = Counter(Step.objects.filter(generation__in=keys).values_list("generation_id", flat=True))
    people: dict[int, list[Participant]] = defaultdict(list)
    for participant in Participant.objects.present().filter(generation__in=keys):  # type: ignore[attr-defined]
        people[participant.generation_id].append(participant)
    done = Counter(StepDone.objects.filter(step__generation__in=keys).values_list("participant_id", flat=True))
    showing = consents.people_granting(program_id, Purpose.TEAM_SEES_ONBOARDING)
    return {key: _progress(people[key], done, showing, totals[key], k) for key in keys}


def _progress(people: list[Participant], done: Counter, showing: set[int], total: int, k: int) -> GroupProgress:
    shared = {each.pk: done[each.pk] for each in people if each.user_id in showing}
    others = len(people) - len(shared)
    may_sum = bool(people) and (others == 0 or others >= k)
    return GroupProgress(
        total=total,
        people=len(people),
        shared=shared,
        done=sum(done[each.pk] for each in people) if may_sum else None,
    )
