"""What changes about phases and dates. Phases may overlap, be repeated or skipped: a help, not a corset."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from core.journal import services as journal
from core.journal.changes import changes_of
from core.kit import page_cache
from programs.chats.models import Occasion
from programs.chats.services import tell_channels
from programs.consents.models import today_in
from programs.membership.models import Program
from programs.phases.models import Milestone, Phase, PhaseChange, PhaseState
from programs.phases.template import Template
from programs.phases.verbs import PhasesVerb

if TYPE_CHECKING:
    from core.people.models import User

Kind = PhaseChange.Kind
MAY_BECOME = {
    Kind.STARTED: (PhaseState.PLANNED,),
    Kind.FINISHED: (PhaseState.ACTIVE,),
    Kind.REOPENED: (PhaseState.FINISHED, PhaseState.SKIPPED),
    Kind.SKIPPED: (PhaseState.PLANNED, PhaseState.ACTIVE),
}


class PhaseWasRemoved(Http404):
    """It was removed in the meantime. A page that has nothing better to say answers as it does for whatever is gone,
    and gives back what was typed."""


def require_phase(pk: int) -> None:
    """Nobody removes it until the end of the transaction. Raises PhaseWasRemoved."""
    if not Phase.objects.select_for_update(no_key=True).filter(pk=pk).exists():
        raise PhaseWasRemoved


@transaction.atomic
def copy_phases(program: Program, template: Template, *, by: "User") -> list[Phase]:
    """The program's own copy of the phases and their marks, in all languages, dated from the program's start."""
    phases = Phase.objects.bulk_create(
        Phase(
            program=program,
            position=row.number,
            key=row.key,
            title=row.title,
            aim=row.aim,
            start_on=row.start_on(program.start_on),
            end_on=row.end_on(program.start_on),
        )
        for row in template.phases
    )
    Milestone.objects.bulk_create(
        Milestone(
            program=program,
            phase=phase,
            kind=mark.kind,
            title=mark.title,
            on=mark.on(program.start_on),
        )
        for phase, row in zip(phases, template.phases, strict=True)
        for mark in row.marks
    )
    journal.record(PhasesVerb.TEMPLATE_COPIED, program, by=by, template=template.key, version=template.version)
    page_cache.changed(program.pk)
    return phases


@transaction.atomic
def add_phase(
    program: Program,
    *,
    title: Mapping[str, str],
    aim: Mapping[str, str],
    start_on: date,
    end_on: date,
    after: Phase | None = None,
    by: "User",
) -> Phase:
    """A new one behind `after`, or as the first; what follows moves up a place."""
    Program.objects.select_for_update().get(pk=program.pk)
    place = after.position + 1 if after else 1
    make_room(program.pk, place)
    made = Phase.objects.create(program=program, position=place, title=title, aim=aim, start_on=start_on, end_on=end_on)
    journal.record(PhasesVerb.ADDED, made, by=by)
    page_cache.changed(program.pk)
    return made


def make_room(program_id: int, place: int) -> None:
    Phase.objects.filter(program=program_id, position__gte=place).update(position=F("position") + 1)


@transaction.atomic
def start_phase(phase: Phase, *, by: "User") -> Phase:
    """Several phases may be active at the same time."""
    phase = _turn(phase, Kind.STARTED, by=by)
    url = reverse("programs:phase_detail", args=[phase.program.slug, phase.pk])
    tell_channels(phase.program_id, Occasion.PHASE, phase.pk, lambda: phase, url)
    return phase


@transaction.atomic
def unstart_phase(phase: Phase, *, by: "User") -> Phase:
    """It began by mistake: planned again, as if it had not. Only what is active can be."""
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    if phase.state != PhaseState.ACTIVE:
        return phase
    phase.state, phase.started_on = PhaseState.PLANNED, None
    phase.save(update_fields=["state", "started_on"])
    phase.changes.filter(kind=Kind.STARTED).delete()
    journal.record(PhasesVerb.UNSTARTED, phase, by=by)
    page_cache.changed(phase.program_id)
    return phase


def finish_phase(phase: Phase, *, by: "User", decision: str = "", reason: str = "") -> Phase:
    return _turn(phase, Kind.FINISHED, by=by, decision=decision, reason=reason)


@transaction.atomic
def repeat_phase(phase: Phase, *, by: "User") -> Phase:
    """A second round right behind it: the same words, as many days, from tomorrow on; what follows moves up a place."""
    program = Program.objects.select_for_update().get(pk=phase.program_id)
    make_room(program.pk, phase.position + 1)
    start = today_in(program) + timedelta(days=1)
    again = Phase.objects.create(
        program=program,
        position=phase.position + 1,
        title=phase.title,
        aim=phase.aim,
        start_on=start,
        end_on=start + (phase.end_on - phase.start_on),
    )
    journal.record(PhasesVerb.REPEATED, again, by=by)
    page_cache.changed(program.pk)
    return again


@transaction.atomic
def unskip_phase(phase: Phase, *, by: "User") -> Phase:
    """It was skipped by a decision that was taken back: planned again, as if it had not been."""
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    if phase.state == PhaseState.SKIPPED:
        phase.state, phase.finished_on = PhaseState.PLANNED, None
        phase.save(update_fields=["state", "finished_on"])
        phase.changes.filter(kind=Kind.SKIPPED).delete()
        journal.record(PhasesVerb.UNSTARTED, phase, by=by)
        page_cache.changed(phase.program_id)
    return phase


def reopen_phase(phase: Phase, *, reason: str, by: "User") -> Phase:
    """A finished or skipped phase becomes active again, with a reason."""
    return _turn(phase, Kind.REOPENED, reason=reason, by=by)


def skip_phase(phase: Phase, *, reason: str, by: "User") -> Phase:
    """Leave a phase out, with a reason; its open items are no longer due."""
    return _turn(phase, Kind.SKIPPED, reason=reason, by=by)


@transaction.atomic
def _turn(phase: Phase, kind: str, *, by: "User", reason: str = "", decision: str = "") -> Phase:
    """One step in a phase's life. A second click on the same button changes nothing."""
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    if phase.state not in MAY_BECOME[Kind(kind)]:
        return phase
    today = today_in(phase.program)
    if kind in (Kind.STARTED, Kind.REOPENED):
        phase.state, phase.finished_on = PhaseState.ACTIVE, None
        phase.started_on = phase.started_on or today
    else:
        phase.state = PhaseState.FINISHED if kind == Kind.FINISHED else PhaseState.SKIPPED
        phase.finished_on = today
    phase.save(update_fields=["state", "started_on", "finished_on"])
    PhaseChange.objects.create(phase=phase, kind=kind, reason=reason, decision=decision, by=by)
    journal.record(PhasesVerb(f"phases.{kind}"), phase, by=by)
    page_cache.changed(phase.program_id)
    return phase


@transaction.atomic
def edit_phase(
    phase: Phase, *, start_on: date, end_on: date, why: str = "", by: "User", **texts: Mapping[str, str]
) -> Phase:
    """New words or new dates; moved dates stand in the history with the reason, when one is given."""
    phase = Phase.objects.select_for_update().get(pk=phase.pk)
    before = [phase.start_on, phase.end_on]
    for name, text in texts.items():
        setattr(phase, name, text)
    if before != [start_on, end_on] and phase.first_start_on is None:
        phase.first_start_on, phase.first_end_on = before
    phase.start_on, phase.end_on = start_on, end_on
    changed = changes_of(phase, ("start_on", "end_on", *texts))
    phase.save(update_fields=["start_on", "end_on", "first_start_on", "first_end_on", *texts])
    if before != [start_on, end_on]:
        PhaseChange.objects.create(phase=phase, kind=Kind.MOVED, reason=why, by=by)
        journal.record(PhasesVerb.MOVED, phase, by=by, changes=changed)
    elif changed:
        journal.record(PhasesVerb.EDITED, phase, by=by, changes=changed)
    page_cache.changed(phase.program_id)
    return phase


@transaction.atomic
def move_coming_milestones(phase: Phase, days: int, *, by: "User") -> int:
    """The phase's dates that are still ahead, moved by whole days. How many there were."""
    return _move(phase, Milestone.objects.present().filter(on__gte=today_in(phase.program)), days, by)


def move_milestones_back(phase: Phase, days: int, *, dates: Mapping[str, Sequence[int]], by: "User") -> int:
    """Undo of the former: `dates` are by the day that it gave them; what somebody has moved since stays there."""
    still = Q(pk__in=())
    for day, pks in dates.items():
        still |= Q(pk__in=pks, on=day)
    return _move(phase, Milestone.objects.present().filter(still), -days, by)


def _move(phase: Phase, dates: QuerySet[Milestone], days: int, by: "User") -> int:
    further = timedelta(days=days)
    moved = dates.filter(phase=phase).update(
        on=F("on") + further,
        until_on=F("until_on") + further,
        revision=F("revision") + 1,
        changed_at=timezone.now(),
    )
    if moved:
        journal.record(PhasesVerb.DATES_MOVED, phase, by=by, days=days, count=moved)
        page_cache.changed(phase.program_id)
    return moved


@transaction.atomic
def add_milestone(
    program: Program,
    *,
    title: Mapping[str, str],
    kind: str,
    on: date,
    by: "User",
    at: time | None = None,
    until_on: date | None = None,
    until_at: time | None = None,
    place: str = "",
    phase: Phase | None = None,
) -> Milestone:
    """Raises PhaseWasRemoved."""
    if phase is not None:
        require_phase(phase.pk)
    milestone = Milestone.objects.create(
        program=program,
        title=title,
        kind=kind,
        on=on,
        at=at,
        until_on=until_on,
        until_at=until_at,
        place=place,
        phase=phase,
    )
    journal.record(PhasesVerb.DATE_ADDED, milestone, by=by)
    page_cache.changed(milestone.program_id)
    return milestone


@transaction.atomic
def edit_milestone(milestone: Milestone, *, by: "User", **changes: object) -> Milestone:
    """Raises PhaseWasRemoved."""
    if isinstance(phase := changes.get("phase"), Phase):
        require_phase(phase.pk)
    for name, value in changes.items():
        setattr(milestone, name, value)
    changed = changes_of(milestone, changes)
    milestone = _change_milestone(milestone, changes)
    if changed:
        journal.record(PhasesVerb.DATE_CHANGED, milestone, by=by, changes=changed)
    page_cache.changed(milestone.program_id)
    return milestone


@transaction.atomic
def delete_milestone(milestone: Milestone, *, by: "User") -> Milestone:
    """Gone at once, back with `restore_milestone` within 30 days."""
    milestone = _change_milestone(milestone, {"deleted_at": timezone.now()})
    journal.record(PhasesVerb.DATE_DELETED, milestone, by=by)
    page_cache.changed(milestone.program_id)
    return milestone


@transaction.atomic
def restore_milestone(milestone: Milestone, *, by: "User") -> Milestone:
    milestone = _change_milestone(milestone, {"deleted_at": None})
    journal.record(PhasesVerb.DATE_RESTORED, milestone, by=by)
    page_cache.changed(milestone.program_id)
    return milestone


def raise_revision(milestone: Milestone) -> Milestone:
    """Something about it changed that stands elsewhere, e.g. that it is cancelled: calendars have to read it anew."""
    return _change_milestone(milestone, {})


def _change_milestone(milestone: Milestone, changes: Mapping[str, object]) -> Milestone:
    """Every change is a new revision: two at once are two."""
    for name, value in changes.items():
        setattr(milestone, name, value)
    milestone.changed_at, milestone.revision = timezone.now(), F("revision") + 1
    milestone.save(update_fields=[*changes, "changed_at", "revision"])
    milestone.refresh_from_db(fields=["revision"])
    return milestone
