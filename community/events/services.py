"""What changes about events: planned, changed, announced, cancelled. The date of an event is changed with it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.events import alumni, guest_letters, moments, news, seats, to_do
from community.events.answering import locked, move_up
from community.events.models import DEED_KICK_OFF, KICK_OFFS, Event, EventState
from community.events.verbs import EventsVerb
from core.journal import services as journal
from core.journal.changes import changes_of, key_of, pair
from core.kit import page_cache
from programs.generations import services as generation_services
from programs.generations.models import Generation
from programs.membership.models import Program
from programs.phases import services as phases
from programs.phases.models import Milestone

if TYPE_CHECKING:
    from core.people.models import User

OF_DATE = ("title", "on", "at", "until_on", "until_at", "place")


class TooFewPlacesError(Exception):
    """More people have said yes than there would be places."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


@transaction.atomic
def plan_event(
    program: Program,
    *,
    by: "User",
    milestone: Milestone | None = None,
    generations: Iterable[Generation] = (),
    **fields: Any,
) -> Event:
    """A draft, with its date on the timeline: a new one, or one that stands there already."""
    of_date = {name: fields.pop(name) for name in OF_DATE if name in fields}
    if milestone is None:
        milestone = phases.add_milestone(program, kind=Milestone.Kind.EVENT, by=by, **of_date)
    elif any(getattr(milestone, name) != value for name, value in of_date.items()):
        phases.edit_milestone(milestone, by=by, **of_date)
    event = Event.objects.create(milestone=milestone, **fields)
    event.generations.set(generations)
    journal.record(EventsVerb.PLANNED, milestone, by=by)
    return event


@transaction.atomic
def edit_event(
    event: Event, *, by: "User", generations: Iterable[Generation] = (), is_alone: bool = True, **fields: Any
) -> Event:
    """More places let people move up at once; fewer than have said yes are refused. Who is invited now and was not
    before is told; of a series, whoever edits several dates sees to that."""
    event, generations = locked(event), list(generations)
    were = seats.people_of([event]) if is_alone else {}
    of_date = {name: fields.pop(name) for name in OF_DATE if name in fields}
    capacity = fields.get("capacity", event.capacity)
    if capacity is not None and capacity < event.taken:
        raise TooFewPlacesError(event.taken)
    if any(getattr(event.milestone, name) != value for name, value in of_date.items()):
        phases.edit_milestone(event.milestone, by=by, **of_date)
    elif fields.get("video", event.video) != event.video:
        phases.raise_revision(event.milestone)  # it stands in calendars, and is where people go
    for name, value in fields.items():
        setattr(event, name, value)
    changed = changes_of(event, fields)
    event.save(update_fields=list(fields))
    before = sorted(event.generations.values_list("pk", flat=True))
    event.generations.set(generations)
    if (invited := sorted(generation.pk for generation in generations)) != before:
        changed[key_of(Event, "generations")] = pair(before, invited)
    journal.record(EventsVerb.EDITED, event.milestone, by=by, changes=changed)
    page_cache.changed(event.milestone.program_id)
    move_up(event)
    seats.invite_others([event], were, by=by)
    alumni.tell([event])
    return event


def announce_event(event: Event, *, by: "User") -> Event:
    """Everybody who is invited is told, once."""
    announce_events([event], by=by)
    return event


@transaction.atomic
def announce_events(events: Iterable[Event], *, by: "User") -> list[Event]:
    """Those that were drafts; of several dates of a series people are told together."""
    announced = []
    for event in _all_locked(events):
        if event.state != EventState.DRAFT:
            continue
        event.state, event.told_revision = EventState.ANNOUNCED, event.milestone.revision
        event.save(update_fields=["state", "told_revision"])
        journal.record(EventsVerb.ANNOUNCED, event.milestone, by=by)
        if event.kind in KICK_OFFS:
            _place_onboarding(event)
        page_cache.changed(event.milestone.program_id)
        announced.append(event)
    news.tell_invited(announced, but=Q(pk=by.pk))
    alumni.tell(announced)
    return announced


def _all_locked(events: Iterable[Event]) -> list[Event]:
    """In the order of their numbers, so that two who do this at once wait for each other and not for ever."""
    return [locked(event) for event in sorted(events, key=lambda each: each.pk)]


def _place_onboarding(event: Event) -> None:
    """The step "join the kick-off" of those who are invited says when and where it is; also where it was one that is
    cancelled, or whose date is gone."""
    off = Event.objects.filter(milestone__program=event.milestone.program_id, kind__in=KICK_OFFS).filter(
        Q(state=EventState.CANCELLED) | Q(milestone__deleted_at__isnull=False)
    )
    of_program = Generation.objects.filter(program=event.milestone.program_id)
    chosen = event.generations.all() if event.generations.exists() else of_program
    gone = off.values("milestone")
    generation_services.place_steps(event.milestone, deed=DEED_KICK_OFF, generations=chosen, instead_of=gone)


def cancel_event(event: Event, *, by: "User | None" = None) -> Event:
    """Whoever did not say no is told, and calendars take it out."""
    cancel_events([event], by=by)
    return event


@transaction.atomic
def cancel_events(events: Iterable[Event], *, by: "User | None" = None) -> list[Event]:
    """Those that were announced. People are told when the time to undo it is over (`tell_cancelled`), but before they
    set out; at once where nobody pressed a button: the date was taken off the timeline, and that had its time."""
    cancelled, now = [], timezone.now()
    soon = now + 3 * moments.TIME_TO_UNDO
    for event in _all_locked(events):
        if event.state != EventState.ANNOUNCED:
            continue
        phases.raise_revision(event.milestone)
        is_near = event.milestone.at is not None and moments.begins(event.milestone) <= soon
        at = now if by is None or is_near else now + moments.TIME_TO_UNDO
        event.state, event.tells_cancelled_at = EventState.CANCELLED, at
        event.save(update_fields=["state", "tells_cancelled_at"])
        journal.record(EventsVerb.CANCELLED, event.milestone, by=by)
        page_cache.changed(event.milestone.program_id)
        cancelled.append(event)
    if by is None:
        tell_cancelled(cancelled)
    return cancelled


@transaction.atomic
def tell_cancelled(events: Iterable[Event]) -> None:
    """Once: whoever claims the row tells. Of several dates of a series people are told together."""
    told = []
    for event in sorted(events, key=lambda each: each.pk):
        rows = Event.objects.filter(pk=event.pk, state=EventState.CANCELLED, tells_cancelled_at__isnull=False)
        if rows.update(tells_cancelled_at=None, told_revision=event.milestone.revision):
            told.append(event)
    news.tell_cancelled(told)
    for event in told:
        guest_letters.tell_cancelled(event)


@transaction.atomic
def reopen_event(event: Event, *, by: "User") -> Event:
    """It takes place after all: answers stand as they did. Who was told that it is off is told of it as of a change; in
    the time to undo nobody was, and nobody is."""
    event = locked(event)
    if event.state == EventState.CANCELLED and event.milestone.deleted_at is None:
        was_current = event.told_revision == event.milestone.revision - 1
        phases.raise_revision(event.milestone)
        if event.tells_cancelled_at is not None and was_current:
            event.told_revision = event.milestone.revision
        event.state, event.tells_cancelled_at = EventState.ANNOUNCED, None
        event.save(update_fields=["state", "tells_cancelled_at", "told_revision"])
        move_up(event)
        journal.record(EventsVerb.REOPENED, event.milestone, by=by)
        page_cache.changed(event.milestone.program_id)
    return event


@transaction.atomic
def count_heads(event: Event, *, heads: int | None, by: "User") -> None:
    """A number that somebody counted in the room; it names nobody."""
    event.heads = heads
    changed = changes_of(event, ("heads",))
    event.save(update_fields=["heads"])
    journal.record(EventsVerb.COUNTED, event.milestone, by=by, changes=changed)


@transaction.atomic
def write_follow_up(event: Event, *, recording: str, follow_up: dict[str, str], by: "User") -> None:
    """It stands on the event's page at once."""
    event.recording, event.follow_up = recording, follow_up
    changed = changes_of(event, ("recording", "follow_up"))
    event.save(update_fields=["recording", "follow_up"])
    journal.record(EventsVerb.EDITED, event.milestone, by=by, changes=changed)


@transaction.atomic
def send_follow_up(event: Event, *, by: "User") -> bool:
    """Who was there or said yes is told of it, once. Whether it was sent now."""
    rows = Event.objects.filter(pk=event.pk, state=EventState.ANNOUNCED, followed_up_at=None)
    if not rows.update(followed_up_at=timezone.now()):
        return False
    journal.record(EventsVerb.FOLLOWED_UP, event.milestone, by=by)
    news.tell_follow_up(event)
    return True


@transaction.atomic
def tick(event: Event, *, mark: str, is_done: bool) -> bool:
    """A task is done, or is not; whether there is such a task. Of marks whose lines were changed none is kept."""
    event = locked(event)
    known = to_do.marks(event)
    if mark not in known:
        return False
    done = set(event.ticked) & known
    event.ticked = sorted(done | {mark} if is_done else done - {mark})
    event.save(update_fields=["ticked"])
    page_cache.changed(event.milestone.program_id)
    return True
