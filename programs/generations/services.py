"""What changes about generations: starting one, joining, pausing, leaving, coming back."""

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache, rooms
from core.kit.switching import switch_on
from programs.chats.models import Occasion
from programs.chats.services import tell_channels
from programs.consents import access as consents_access
from programs.consents import erasures
from programs.consents import services as consents
from programs.consents.locks import hold
from programs.consents.models import Purpose, today_in
from programs.generations.models import (
    OWN_STEP,
    Generation,
    Invitation,
    InvitationState,
    Participant,
    ParticipantState,
    Span,
    Step,
    StepDone,
)
from programs.generations.onboarding import steps_as, steps_for
from programs.generations.verbs import GenerationsVerb
from programs.membership.access import forget_roles
from programs.membership.models import Membership, Program, Role
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User


MOST_STEPS = 40


class PathIsFull(Exception):
    """More steps than a path can have."""


# --- generations ----------------------------------------------------------------------------------------------------


@transaction.atomic
def start_generation(generation: Generation, *, by: "User", path_of: Generation | None = None) -> Generation:
    """Add a generation with the next number and its own copy of the onboarding path: the supplied one, or what an
    earlier generation made of it."""
    Program.objects.select_for_update().get(pk=generation.program_id)  # two managers get two numbers
    last = Generation.objects.filter(program=generation.program_id).aggregate(last=Max("number"))["last"] or 0
    generation.number = last + 1
    generation.save()
    Step.objects.bulk_create(steps_as(path_of, generation) if path_of else steps_for(generation))
    journal.record(GenerationsVerb.STARTED, generation, by=by, number=generation.number)
    url = reverse("programs:timeline", args=[generation.program.slug])
    tell_channels(generation.program_id, Occasion.GENERATION, generation.pk, lambda: generation, url)
    page_cache.changed(generation.program_id)
    return generation


@transaction.atomic
def change_generation(generation: Generation, *, by: "User") -> Generation:
    """Keep a generation's name, dates, places and contact person."""
    names = ("name", "start_on", "end_on", "places", "contact")
    changed = changes_of(generation, names)
    generation.save(update_fields=names)
    if changed:
        journal.record(GenerationsVerb.CHANGED, generation, by=by, changes=changed)
    page_cache.changed(generation.program_id)
    return generation


@transaction.atomic
def close_generation(generation: Generation, *, by: "User") -> Generation:
    """Nobody can join any more; who takes part goes on. Open invitations rest until it is opened again."""
    if generation.closed_at is None:
        generation.closed_at = timezone.now()
        generation.save(update_fields=["closed_at"])
        journal.record(GenerationsVerb.CLOSED, generation, by=by)
        page_cache.changed(generation.program_id)
    return generation


@transaction.atomic
def reopen_generation(generation: Generation, *, by: "User") -> Generation:
    """Take the closing back. What was merged into another one stays closed."""
    if generation.closed_at is not None and generation.merged_at is None:
        generation.closed_at = None
        generation.save(update_fields=["closed_at"])
        journal.record(GenerationsVerb.REOPENED, generation, by=by)
        page_cache.changed(generation.program_id)
    return generation


# --- taking part ----------------------------------------------------------------------------------------------------


@transaction.atomic
def take_in(
    user: "User", generation: Generation, purposes: Iterable[str] = (), *, channel: str = "invitation"
) -> Participant:
    """A person joins by own choice: role, place in the generation, first day, and the consents that were given."""
    today = timezone.localdate()
    Membership.objects.get_or_create(program=generation.program, user=user, role=Role.INFLUENCER, ended_at=None)
    participant, is_new = Participant.objects.exclude(state=ParticipantState.LEFT).get_or_create(
        program=generation.program, user=user, defaults={"generation": generation, "joined_on": today}
    )
    if is_new:
        Span.objects.create(participant=participant, start_on=today)
    consents.grant(generation.program, {Purpose.PARTICIPATION, *purposes}, by=user, channel=channel)
    forget_roles(user)
    return participant


@transaction.atomic
def pause(participant: Participant, *, by: "User") -> Participant:
    """Rest for a while: the place is kept, the days do not count."""
    participant = _locked(participant)
    if participant.state == ParticipantState.ACTIVE:
        participant.state = ParticipantState.PAUSED
        participant.save(update_fields=["state"])
        _close_span(participant)
        for hook in (hook for room in rooms.every() for hook in room.on_pause):
            hook(participant.user, participant.program)
    return participant


@transaction.atomic
def resume(participant: Participant, *, by: "User") -> Participant:
    """Go on after a pause, or come back after leaving: within the time to think again with everything as it was, also
    the consents that stood."""
    hold(by, participant.program)
    participant = _locked(participant)
    if participant.state == ParticipantState.ACTIVE:
        return participant
    if participant.state == ParticipantState.LEFT:
        Membership.objects.get_or_create(
            program=participant.program, user=participant.user, role=Role.INFLUENCER, ended_at=None
        )
        rests = consents_access.resting(by, participant.program, Purpose.PARTICIPATION)
        stood = rests.consents if rests and rests.may_be_taken_back else []
        consents.let_stand_again(participant.program, [Purpose.PARTICIPATION, *stood], by=by)
        forget_roles(by)
    participant.state = ParticipantState.ACTIVE
    participant.left_on = None
    participant.save(update_fields=["state", "left_on"])
    _open_span(participant)
    for hook in (hook for room in rooms.every() for hook in room.on_return):
        hook(participant.user, participant.program)
    return participant


@transaction.atomic
def leave(participant: Participant, *, by: "User", stays_in_touch: bool = False) -> Participant:
    """Leave without a reason. Taking part is a consent: withdrawing it is the leaving. Staying in touch is another one,
    given only where the person ticked it."""
    hold(by, participant.program)
    consents.withdraw(participant.program, [Purpose.PARTICIPATION], by=by, channel="leave")
    end_participation(by, participant.program)
    if stays_in_touch:
        consents.grant(participant.program, [Purpose.ALUMNI], by=by, channel="leave")
    participant.refresh_from_db()
    return participant


@transaction.atomic
def end_participation(user: "User", program: Program) -> None:
    """What follows when somebody takes no part any more: place and role end, every other consent ends with them, and
    what hangs on them rests. Called for the withdrawn consent too (`room.py`), so a second time does nothing."""
    hold(user, program)
    participant = Participant.objects.select_for_update().filter(program=program, user=user)
    found = participant.exclude(state=ParticipantState.LEFT).first()
    if found is None:
        return
    found.state = ParticipantState.LEFT
    found.left_on = timezone.localdate()
    found.save(update_fields=["state", "left_on"])
    _close_span(found)
    Membership.objects.filter(program=program, user=user, role=Role.INFLUENCER, ended_at=None).update(
        ended_at=timezone.now()
    )
    forget_roles(user)
    Invitation.objects.filter(program=program, email__iexact=user.email, state=InvitationState.ACCEPTED).delete()
    stood = consents_access.granted(user, program)
    consents.withdraw(program, stood, by=user, channel="leave")
    erasures.begin(user, program, Purpose.PARTICIPATION, consents=stood)


def _locked(participant: Participant) -> Participant:
    rows = Participant.objects.select_for_update(of=("self",)).select_related("program", "generation", "user")
    return rows.get(pk=participant.pk)


def _close_span(participant: Participant) -> None:
    Span.objects.filter(participant=participant, end_on=None).update(end_on=timezone.localdate())


def _open_span(participant: Participant) -> None:
    """Go on today. A pause that was taken back on the same day leaves no gap; after another one the days count with the
    generation they counted with before."""
    today = timezone.localdate()
    last = Span.objects.filter(participant=participant).order_by("start_on", "pk").last()
    if last is not None and last.end_on == today:
        Span.objects.filter(pk=last.pk).update(end_on=None)
    else:
        Span.objects.create(participant=participant, start_on=today, counts_with=last.counts_with if last else None)


# --- onboarding -----------------------------------------------------------------------------------------------------


@transaction.atomic
def change_step(step: Step, *, by: "User") -> Step:
    """Keep what a step says, what finishes it, and when it takes place. What people have done stays done."""
    changed = changes_of(step, Step.EDITED)
    step.save()
    generation = step.generation
    if changed:
        journal.record(GenerationsVerb.STEP_CHANGED, step, by=by, program_id=generation.program_id, changes=changed)
    page_cache.changed(generation.program_id)
    return step


@transaction.atomic
def add_step(step: Step, *, by: "User") -> Step:
    """A step of the program's own, at the end of the path. Raises PathIsFull."""
    generation = Generation.objects.select_for_update(no_key=True).get(pk=step.generation_id)
    rows = list(Step.objects.filter(generation=generation).values_list("key", "position"))
    if Step.objects.present().filter(generation=generation).count() >= MOST_STEPS:
        raise PathIsFull
    taken = {key for key, _position in rows}
    step.key = next(key for number in count(1) if (key := f"{OWN_STEP}{number}") not in taken)
    step.position = max((position for _key, position in rows), default=0) + 1
    step.save()
    journal.record(GenerationsVerb.STEP_ADDED, step, by=by, program_id=generation.program_id)
    page_cache.changed(generation.program_id)
    return step


@transaction.atomic
def move_step(step: Step, *, up: bool, by: "User") -> None:
    """One place up or down; the first and the last stay where they are."""
    Generation.objects.select_for_update(no_key=True).get(pk=step.generation_id)
    rows = list(Step.objects.present().filter(generation=step.generation_id).order_by("position", "pk"))
    place = next(index for index, row in enumerate(rows) if row.pk == step.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Step.objects.bulk_update(rows, ["position"])
    journal.record(GenerationsVerb.STEPS_ORDERED, step, by=by, program_id=step.generation.program_id)
    page_cache.changed(step.generation.program_id)


def place_steps(
    milestone: Milestone, *, deed: str, generations: Iterable[Generation], instead_of: QuerySet[Any] | None = None
) -> int:
    """Steps that are finished by coming to such a date, and have no date yet, one that is over or one that does not
    take place (`instead_of`), take place on this one. How many."""
    steps = Step.objects.filter(generation__in=list(generations), deed=deed, address="")
    off = Q() if instead_of is None else Q(milestone__in=instead_of)
    over = Q(milestone__on__lt=min(milestone.on, today_in(milestone.program)))
    steps = steps.filter(Q(milestone=None) | over | off)
    return steps.update(milestone=milestone)


@transaction.atomic
def finish_step(step: Step, participant: Participant) -> Step:
    """A person marks an own step as done. The journal says nothing: the onboarding is the person's own."""
    switch_on(StepDone, step=step, participant=participant)
    return step


@transaction.atomic
def reopen_step(step: Step, participant: Participant) -> Step:
    """Take it back."""
    StepDone.objects.filter(step=step, participant=participant).delete()
    return step
